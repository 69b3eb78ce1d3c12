using System.Text;
using System.Text.Json;
using ESign.Pdf;
using ESign.Pdf.Signing;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Cli.Tests.Commands;

/// <summary><c>esign report</c>, and the reports of <c>esign verify</c>.</summary>
public sealed class ReportCommandTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private string _signed = "";
    private string[] _trust = [];

    public async ValueTask InitializeAsync()
    {
        TestPki pki = await TestPki.SharedAsync();
        var output = new MemoryStream();
        await new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(Unsigned()), output, new SignatureOptions { Level = PadesLevel.T(pki.Timestamps) }, TestContext.Current.CancellationToken);
        _signed = _folder.Write("signed.pdf", output.ToArray());
        _trust = ["--trust", _folder.Write("root.pem", Encoding.ASCII.GetBytes(pki.Root.Certificate.ToPem())), "--revocation", "off"];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("report.pdf", "%PDF-")]
    [InlineData("report.html", "<!DOCTYPE html>")]
    [InlineData("report.json", "{")]
    public async Task The_ending_of_the_output_chooses_the_form(string name, string start)
    {
        string file = _folder.PathTo(name);
        Assert.True(await Run(["report", _signed, .. _trust, "--out", file]) == 0, _error.ToString());
        Assert.StartsWith(start, Encoding.UTF8.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal);
        Assert.Matches(@"ESR-\d{8}-\d{11} \(valid\)", _output.ToString());
    }

    [Fact]
    public async Task The_evidence_and_the_edition_go_into_the_report()
    {
        string evidence = Repository.PathTo("docs", "schemas", "evidence.example.json");
        string file = _folder.PathTo("report.json");
        Assert.True(await Run(["report", _signed, .. _trust, "--evidence", evidence, "--serial", "12345678901", "--out", file]) == 0, _error.ToString());
        Assert.DoesNotContain("张三", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.True(await Run(["report", _signed, .. _trust, "--evidence", evidence, "--court", "--lang", "en", "--out", file]) == 0, _error.ToString());
        using JsonDocument court = JsonDocument.Parse(File.ReadAllText(file));
        Assert.Equal("en", court.RootElement.GetProperty("language").GetString());
        Assert.Equal("张三", court.RootElement.GetProperty("evidence").GetProperty("parties")[1].GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_report_can_be_signed_and_is_verified_by_the_same_command()
    {
        TestPki pki = await TestPki.SharedAsync();
        string credential = _folder.Write("issuer.p12", pki.Enterprise.ExportPkcs12("correct horse"));
        string password = _folder.Write("password", "correct horse\n"u8.ToArray());
        string file = _folder.PathTo("report.pdf");
        Assert.True(await Run(["report", _signed, .. _trust, "--out", file, "--credential", credential, "--password-file", password, "--tsa", "in-process"]) == 0, _error.ToString());
        Assert.True(await Run(["verify", file, .. _trust, "--json"]) is 0 or 2, _error.ToString()); // nobody trusts the throw-away timestamp
        Assert.Contains("\"whole-file\"", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"docMdp\": 1", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_writes_all_three_reports()
    {
        string[] files = [_folder.PathTo("v.html"), _folder.PathTo("v.pdf"), _folder.PathTo("v.xml")];
        Assert.Equal(0, await Run(["verify", _signed, .. _trust, "--lang", "en", "--html", files[0], "--pdf", files[1], "--xml", files[2]]));
        Assert.Contains("<html lang=\"en\">", File.ReadAllText(files[0]), StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run("qpdf", "--check", files[1]).ExitCode);
        Assert.Contains("urn:etsi:019102:mainindication:total-passed", File.ReadAllText(files[2]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_reported_as_such()
    {
        string[] files = [_folder.PathTo("u.html"), _folder.PathTo("u.pdf"), _folder.PathTo("u.xml")];
        string text = _folder.Write("text.pdf", "hello"u8.ToArray());
        Assert.Equal(65, await Run(["verify", text, .. _trust, "--lang", "en", "--json", "--html", files[0], "--pdf", files[1], "--xml", files[2]]));
        Assert.Contains("NotAPdf", File.ReadAllText(files[0]), StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run("qpdf", "--check", files[1]).ExitCode);
        Assert.Contains("urn:etsi:019102:mainindication:indeterminate", File.ReadAllText(files[2]), StringComparison.Ordinal);
        Assert.Contains("\"citation\": \"ISO 32000-2 §7.5.2\"", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(65, await Run(["verify", text, .. _trust, "--html", files[0]]));
        Assert.Contains("您上传的文件不是 PDF 格式", File.ReadAllText(files[0]), StringComparison.Ordinal);
        Assert.Equal(66, await Run(["verify", _folder.PathTo("missing.pdf"), .. _trust, "--html", _folder.PathTo("none.html")]));
        Assert.False(File.Exists(_folder.PathTo("none.html")));
    }

    [Fact]
    public async Task What_cannot_be_reported_has_its_exit_code()
    {
        string unsigned = _folder.Write("unsigned.pdf", Unsigned());
        string bad = _folder.Write("bad.json", "{}"u8.ToArray());
        string file = _folder.PathTo("report.pdf");
        Assert.Equal(3, await Run(["report", unsigned, .. _trust, "--out", file]));
        Assert.Equal(64, await Run(["report", _signed, .. _trust, "--out", _folder.PathTo("report.doc")]));
        Assert.Equal(64, await Run(["report", _signed, .. _trust, "--out", file, "--serial", "12"]));
        Assert.Equal(65, await Run(["report", _signed, .. _trust, "--out", file, "--evidence", bad]));
        Assert.Equal(65, await Run(["report", bad, .. _trust, "--out", file]));
        Assert.Equal(66, await Run(["report", _folder.PathTo("missing.pdf"), .. _trust, "--out", file]));
        Assert.Equal(73, await Run(["report", _signed, .. _trust, "--out", Path.Combine(_folder.Path, "no", "such", "report.pdf")]));
        Assert.False(File.Exists(file));
        Assert.Contains("hint: ", _error.ToString(), StringComparison.Ordinal);
    }

    private static byte[] Unsigned() => TestPdf.WithPages(XrefStyle.Table, pages: 1).ToBytes();

    private Task<int> Run(string[] arguments) => CliApplication.RunAsync(arguments, new CliContext(_output, _error, TimeProvider.System));
}
