using ESign.Testing;

[assembly: CollectionBehavior(DisableTestParallelization = true)] // the current folder is the process's

namespace ESign.Docs.Snippets;

/// <summary>A folder as a reader of the guides has it – contract, credential, trust – and the current one for as long as it lives.</summary>
internal sealed class Workplace : IDisposable
{
    public const string Password = "a password";

    private readonly TemporaryFolder _folder = new();
    private readonly string _before = Directory.GetCurrentDirectory();

    private Workplace(TestPki pki)
    {
        Pki = pki;
        Directory.SetCurrentDirectory(_folder.Path);
        File.WriteAllBytes("company.p12", pki.Enterprise.ExportPkcs12(Password));
        File.WriteAllText("roots.pem", pki.Root.Certificate.ToPem());
        File.Copy(Repository.PathTo("samples", "QuickStart", "contract.pdf"), "contract.pdf");
    }

    public TestPki Pki { get; }

    public static async Task<Workplace> CreateAsync() => new(await TestPki.SharedAsync());

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Dispose();
    }
}
