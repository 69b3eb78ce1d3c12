using System.Text.Json;
using ESign.Pdf;
using ESign.Pdf.Signing;
using ESign.Pki.Issuance;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Cli.Tests.Commands;

/// <summary><c>esign verify</c>: the JSON programs read, and every exit code scripts branch on.</summary>
public sealed class VerifyCommandTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] s_keys =
    [
        "field", "kind", "subFilter", "signer", "indication", "subIndication", "level", "digestIntact", "signatureIntact", "trusted", "coverage", "modifications",
        "docMdp", "signingTime", "bestSignatureTime", "timestamps", "page", "rectangle", "certificate", "checks",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly byte[] _unsigned = TestPdf.WithPages(XrefStyle.Table, pages: 2).ToBytes();
    private byte[] _bytes = [];
    private string _signed = "";
    private string _root = "";
    private string[] _crls = [];

    public async ValueTask InitializeAsync()
    {
        TestPki pki = await TestPki.SharedAsync();
        var output = new MemoryStream();
        await new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(_unsigned), output, new SignatureOptions { Level = PadesLevel.T(pki.Timestamps) }, TestContext.Current.CancellationToken);
        _bytes = output.ToArray();
        _signed = _folder.Write("signed.pdf", _bytes);
        _root = _folder.Write("root.pem", System.Text.Encoding.ASCII.GetBytes(pki.Root.Certificate.ToPem()));
        PublishedCrl root = await new CrlPublisher(pki.Root).PublishAsync(TestContext.Current.CancellationToken);
        PublishedCrl issuing = await new CrlPublisher(pki.Issuing).PublishAsync(TestContext.Current.CancellationToken);
        _crls = ["--crl", _folder.Write("root.crl", root.RawData.ToArray()), "--crl", _folder.Write("issuing.crl", issuing.RawData.ToArray())];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_valid_file_exits_0_and_every_promised_entry_is_there()
    {
        Assert.True(await Run(["verify", _signed, "--trust", _root, .. _crls, "--json"]) == 0, _output.ToString());
        JsonElement report = Json();
        Assert.Equal(1, report.GetProperty("documentCode").GetInt32());
        Assert.Equal("valid", report.GetProperty("verdict").GetString());
        Assert.Equal(_signed, report.GetProperty("file").GetString());
        JsonElement signature = Assert.Single(report.GetProperty("signatures").EnumerateArray());
        Assert.All(s_keys, key => Assert.True(signature.TryGetProperty(key, out _), key));
        Assert.Equal("TOTAL-PASSED", signature.GetProperty("indication").GetString());
        Assert.Equal(JsonValueKind.Null, signature.GetProperty("subIndication").ValueKind);
        Assert.Equal("B-T", signature.GetProperty("level").GetString());
        Assert.Equal("whole-file", signature.GetProperty("coverage").GetString());
        Assert.Equal("none", signature.GetProperty("modifications").GetProperty("level").GetString());
        Assert.Equal("PASSED", signature.GetProperty("timestamps")[0].GetProperty("indication").GetString());
        Assert.Equal("深圳示例科技有限公司", signature.GetProperty("signer").GetString());
    }

    [Fact]
    public async Task A_changed_byte_exits_1()
    {
        byte[] changed = (byte[])_bytes.Clone();
        changed[100] ^= 1;
        Assert.Equal(1, await Run(["verify", _folder.Write("changed.pdf", changed), "--trust", _root, .. _crls, "--json"]));
        Assert.Equal(3, Json().GetProperty("documentCode").GetInt32());
        Assert.Equal("TOTAL-FAILED", Json().GetProperty("signatures")[0].GetProperty("indication").GetString());
        Assert.Equal("HASH_FAILURE", Json().GetProperty("signatures")[0].GetProperty("subIndication").GetString());
    }

    [Fact]
    public async Task Trust_none_judges_integrity_alone_and_exits_2()
    {
        Assert.Equal(2, await Run(["verify", _signed, "--trust", "none", "--json"]));
        JsonElement signature = Json().GetProperty("signatures")[0];
        Assert.Equal("INDETERMINATE", signature.GetProperty("indication").GetString());
        Assert.True(signature.GetProperty("digestIntact").GetBoolean() && signature.GetProperty("signatureIntact").GetBoolean());
        Assert.False(signature.GetProperty("trusted").GetBoolean());
    }

    [Fact]
    public async Task Unknown_revocation_is_undecided_unless_it_is_accepted()
    {
        Assert.Equal(2, await Run(["verify", _signed, "--trust", _root]));
        Assert.Equal(0, await Run(["verify", _signed, "--trust", _root, "--revocation", "soft"]));
        Assert.Equal(0, await Run(["verify", _signed, "--trust", _root, "--revocation", "off", "--offline"]));
    }

    [Fact]
    public async Task A_time_before_the_certificate_is_undecided()
    {
        Assert.Equal(2, await Run(["verify", _signed, "--trust", _root, "--revocation", "off", "--at", "2001-01-01T00:00:00Z", "--json"]));
        Assert.Equal("2001-01-01T00:00:00Z", Json().GetProperty("validationTime").GetString());
    }

    [Fact]
    public async Task An_unsigned_file_exits_3()
    {
        Assert.Equal(3, await Run(["verify", _folder.Write("unsigned.pdf", _unsigned), "--trust", "none", "--json"]));
        Assert.Equal("unsigned", Json().GetProperty("verdict").GetString());
        Assert.Equal(4, Json().GetProperty("documentCode").GetInt32());
    }

    [Fact]
    public async Task What_is_no_pdf_exits_65_and_what_is_missing_66()
    {
        Assert.Equal(65, await Run(["verify", _folder.Write("text.pdf", "hello"u8.ToArray()), "--trust", "none", "--json"]));
        Assert.Equal("unreadable", Json().GetProperty("verdict").GetString());
        Assert.Equal("NotAPdf", Json().GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(66, await Run(["verify", Path.Combine(_folder.Path, "absent.pdf"), "--trust", "none"]));
        Assert.Equal(66, await Run(["verify", _signed, "--trust", Path.Combine(_folder.Path, "absent.pem")]));
        Assert.Equal(65, await Run(["verify", _signed, "--trust", _signed]));
    }

    [Theory]
    [InlineData("--lang", "fr")]
    [InlineData("--at", "yesterday")]
    [InlineData("--online", "--offline")]
    [InlineData("--revocation", "perhaps")]
    public async Task A_wrong_command_line_exits_64(params string[] options)
    {
        Assert.Equal(64, await Run(["verify", _signed, "--trust", "none", .. options]));
        Assert.Contains("hint:", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh", "摘要一致", "the digest matches")]
    [InlineData("en", "the digest matches", "摘要一致")]
    public async Task Messages_come_in_the_language_asked_for(string language, string present, string absent)
    {
        Assert.Equal(2, await Run(["verify", _signed, "--trust", "none", "--lang", language]));
        Assert.Contains(present, _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(absent, _output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The words in which a result is summed up, too; names of rules and sub-indications stay, to be searched for.</summary>
    [Fact]
    public async Task Verdict_result_and_coverage_are_Chinese_where_Chinese_is_asked_for()
    {
        Assert.Equal(0, await Run(["verify", _signed, "--trust", _root, .. _crls, "--lang", "zh"]));
        string[] lines = _output.ToString().Split('\n');
        Assert.Equal($"{_signed}: 有效 (1)", lines[0]);
        Assert.Equal("Signature1: 验证通过 (ETSI.CAdES.detached, B-T, 覆盖整个文件)", lines[2]);
        Assert.Contains(lines, line => line.StartsWith("  + digest: ", StringComparison.Ordinal));

        byte[] changed = (byte[])_bytes.Clone();
        changed[100] ^= 1;
        string path = _folder.Write("changed.pdf", changed);
        Assert.Equal(1, await Run(["verify", path, "--trust", _root, .. _crls, "--lang", "zh"]));
        Assert.StartsWith($"{path}: 无效 (3)", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Signature1: 验证未通过：被签名内容的摘要不一致：内容在签名后被改动 HASH_FAILURE (", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await Run(["verify", path, "--trust", _root, .. _crls, "--lang", "en"]));
        Assert.StartsWith($"{path}: invalid (3)", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Signature1: TOTAL-FAILED HASH_FAILURE (", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await Run(["verify", path, "--trust", _root, .. _crls, "--lang", "zh", "--json"]));
        Assert.Equal("invalid", Json().GetProperty("verdict").GetString());
    }

    private Task<int> Run(string[] arguments)
    {
        _output.GetStringBuilder().Clear();
        return CliApplication.RunAsync(arguments, new CliContext(_output, _error, TimeProvider.System), TestContext.Current.CancellationToken);
    }

    private JsonElement Json() => JsonDocument.Parse(_output.ToString()).RootElement;
}
