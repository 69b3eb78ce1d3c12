using System.Diagnostics;
using ESign.Pki.Issuance;

namespace ESign.Storage.Tests;

/// <summary>A thousand issuances in a process of its own, which is killed in their middle; then the store is held to its promises.</summary>
internal static class CrashTest
{
    /// <param name="kind">What the program opens: <c>sqlite</c> or <c>postgres</c>.</param>
    /// <param name="store">The file or the connection string.</param>
    /// <param name="open">Opens the same store again.</param>
    public static async Task RunAsync(string kind, string store, Func<ValueTask<ICertificateRepository>> open)
    {
        Dictionary<string, string> acknowledged = await KillInTheMiddleAsync(kind, store);
        Assert.True(acknowledged.Count >= 200, $"only {acknowledged.Count} issued");
        var records = new Dictionary<string, CertificateRecord>(StringComparer.Ordinal);
        await foreach (CertificateRecord record in (await open()).ListAsync(new CertificateQuery()))
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

    private static async Task<Dictionary<string, string>> KillInTheMiddleAsync(string kind, string store)
    {
        var acknowledged = new Dictionary<string, string>(StringComparer.Ordinal);
        string program = Path.Combine(AppContext.BaseDirectory, "ESign.Storage.Issuer.dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program, kind, store, "1000"]) { RedirectStandardOutput = true })!;
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

        return acknowledged;
    }
}
