using System.Diagnostics;
using ESign.Pki.Issuance;

namespace ESign.Storage.Tests;

public sealed class SqliteCertificateRepositoryTests : CertificateRepositoryContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esign-").FullName;

    protected override ValueTask<ICertificateRepository> OpenAsync() =>
        ValueTask.FromResult<ICertificateRepository>(SqliteCertificateRepository.Open(Path.Combine(_folder, "certificates.db")));

    [Fact]
    public async Task What_was_recorded_is_there_after_opening_again()
    {
        ICertificateRepository first = await OpenAsync();
        Assert.Equal(1, await first.TakeCrlNumberAsync("a"));
        ICertificateRepository second = await OpenAsync();
        Assert.Equal(2, await second.TakeCrlNumberAsync("a"));
    }

    [Fact]
    public async Task Kill_9_in_the_middle_of_a_thousand_issuances_loses_nothing_acknowledged_and_hides_nothing()
    {
        string path = Path.Combine(_folder, "crash.db");
        var acknowledged = new Dictionary<string, string>(StringComparer.Ordinal);
        string program = Path.Combine(AppContext.BaseDirectory, "ESign.Storage.Issuer.dll");
        using (Process process = Process.Start(new ProcessStartInfo("dotnet", [program, path, "1000"]) { RedirectStandardOutput = true })!)
        {
            while (acknowledged.Count < 200 && await process.StandardOutput.ReadLineAsync() is { } next)
            {
                string[] parts = next.Split(' ');
                acknowledged.Add(parts[0], parts[1]);
            }

            process.Kill(); // SIGKILL
            await process.WaitForExitAsync();

            // Lines that were in the pipe were acknowledged too; the last may be torn and is left out.
            string[] rest = (await process.StandardOutput.ReadToEndAsync()).Split('\n');
            foreach (string line in rest.SkipLast(1))
            {
                string[] parts = line.Split(' ');
                acknowledged.Add(parts[0], parts[1]);
            }
        }

        Assert.True(acknowledged.Count >= 200, $"only {acknowledged.Count} issued");
        var records = new Dictionary<string, CertificateRecord>(StringComparer.Ordinal);
        await foreach (CertificateRecord record in SqliteCertificateRepository.Open(path).ListAsync(new CertificateQuery()))
        {
            records.Add(record.SerialNumber, record);
        }

        foreach ((string serial, string certificate) in acknowledged)
        {
            Assert.Equal(CertificateState.Issued, records[serial].Status);
            Assert.Equal(certificate, Convert.ToBase64String(records[serial].Certificate.Span));
        }

        // Whatever else may have been signed is an intent with its bytes: at most one for each of the four workers.
        Assert.InRange(records.Values.Count(record => record.Status == CertificateState.Intended), 0, 4);
        Assert.All(records.Values, record => Assert.False(record.Intent.TbsCertificate.IsEmpty));
        Assert.True(records.Count < 1001, "the program was not killed in the middle");
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
