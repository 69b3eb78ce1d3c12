using ESign.Pki.Issuance;

namespace ESign.Storage.Tests;

public sealed class SqliteCertificateRepositoryTests : CertificateRepositoryContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esign-").FullName;

    protected override ValueTask<ICertificateRepository> OpenAsync() =>
        ValueTask.FromResult<ICertificateRepository>(SqlCertificateRepository.OpenSqlite(Path.Combine(_folder, "certificates.db")));

    [Fact]
    public async Task What_was_recorded_is_there_after_opening_again()
    {
        ICertificateRepository first = await OpenAsync();
        Assert.Equal(1, await first.TakeCrlNumberAsync("a"));
        ICertificateRepository second = await OpenAsync();
        Assert.Equal(2, await second.TakeCrlNumberAsync("a"));
    }

    [Fact]
    public Task Kill_9_in_the_middle_of_a_thousand_issuances_loses_nothing_acknowledged_and_hides_nothing()
    {
        string path = Path.Combine(_folder, "crash.db");
        return CrashTest.RunAsync("sqlite", path, () => ValueTask.FromResult<ICertificateRepository>(SqlCertificateRepository.OpenSqlite(path)));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
