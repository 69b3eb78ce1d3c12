using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ESign.Pdf.Signing;
using ESign.Pki.Keys;
using ESign.Pki.Transparency;
using ESign.Storage;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Cli.Tests.Commands;

/// <summary><c>esign audit evidence</c>: from the service's audit log to a report that proves what it quotes.</summary>
public sealed class AuditEvidenceTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private string _signed = "";
    private string _root = "";
    private string _key = "";
    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        TestPki pki = await TestPki.SharedAsync();
        var output = new MemoryStream();
        await new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(TestPdf.WithPages().ToBytes()), output, cancellationToken: TestContext.Current.CancellationToken);
        _signed = _folder.Write("signed.pdf", output.ToArray());
        _root = _folder.Write("root.pem", Encoding.ASCII.GetBytes(pki.Root.Certificate.ToPem()));
        _database = _folder.PathTo("esign.db");
        ITransparencyLog log = SqlTransparencyLog.OpenSqlite(_database);
        string serial = pki.Enterprise.Certificate.SerialNumberHex;
        string digest = Convert.ToHexStringLower(SHA256.HashData(output.ToArray()));
        await log.AppendAsync([Record("certificate.issued", serial), Record("token.created", "17"), Record("seal.used", "seal-1", $",\"document\":\"{digest}\",\"address\":\"203.0.113.7\""), Record("signature.made", "key-9")]);
        using LocalSigningKey key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        MerkleTree tree = await log.OpenTreeAsync();
        var checkpoint = new Checkpoint("esign.test/audit", tree.Size, await tree.RootAsync(tree.Size));
        await log.SaveCheckpointAsync(new SavedCheckpoint(tree.Size, await checkpoint.SignAsync(key), default));
        _key = _folder.Write("audit.pem", Encoding.ASCII.GetBytes(PemEncoding.WriteString("PUBLIC KEY", key.SubjectPublicKeyInfo.Span)));
        await log.AppendAsync([Record("certificate.revoked", serial)]); // after the checkpoint
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_the_log_says_about_a_document_goes_into_its_report_with_proof()
    {
        string evidence = _folder.PathTo("evidence.json");
        Assert.True(await Run(["audit", "evidence", _database, "--key", _key, "--document", _signed, "--about", "key-9", "--platform", "示例平台", "--out", evidence, "--json"]) == 0, _error.ToString());
        using JsonDocument answer = JsonDocument.Parse(_output.ToString());
        Assert.Equal((4, 3), (answer.RootElement.GetProperty("records").GetInt32(), answer.RootElement.GetProperty("proofs").GetInt32()));

        string report = _folder.PathTo("report.html");
        Assert.True(await Run(["report", _signed, "--trust", _root, "--revocation", "off", "--evidence", evidence, "--lang", "en", "--out", report]) == 0, _error.ToString());
        string text = File.ReadAllText(report);
        Assert.Contains("certificate issued", text, StringComparison.Ordinal);
        Assert.Contains("seal used", text, StringComparison.Ordinal);
        Assert.Contains("signature made", text, StringComparison.Ordinal);
        Assert.DoesNotContain("token.created", text, StringComparison.Ordinal);
        Assert.Contains("3, of which 3 hold", text, StringComparison.Ordinal);
        Assert.Contains("203.0.*.*", text, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.7", text, StringComparison.Ordinal);
        Assert.Contains("no proof", text, StringComparison.Ordinal); // the revocation came after the checkpoint
    }

    [Fact]
    public async Task What_is_looked_for_must_be_said_and_the_log_must_be_there()
    {
        Assert.Equal(CliExit.Usage, await Run(["audit", "evidence", _database, "--key", _key, "--out", _folder.PathTo("e.json")]));
        Assert.Equal(CliExit.NoInput, await Run(["audit", "evidence", _folder.PathTo("absent.db"), "--key", _key, "--about", "x", "--out", _folder.PathTo("e.json")]));
        Assert.Equal(CliExit.DataError, await Run(["audit", "evidence", _signed, "--key", _key, "--about", "x", "--out", _folder.PathTo("e.json")]));
    }

    private static byte[] Record(string action, string subject, string more = "") =>
        Encoding.UTF8.GetBytes($"{{\"time\":\"2026-05-20T02:00:00.1234567Z\",\"action\":\"{action}\",\"actor\":\"7 officer\",\"subject\":\"{subject}\"{more}}}");

    private Task<int> Run(string[] arguments)
    {
        _output.GetStringBuilder().Clear();
        return CliApplication.RunAsync(arguments, new CliContext(_output, _error, TimeProvider.System), TestContext.Current.CancellationToken);
    }
}
