using System.Text.Json;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Cli.Tests.Commands;

/// <summary><c>esign sign</c> and <c>esign extend</c>: what they write, what they print, and every exit code.</summary>
public sealed class SignCommandTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private string[] _credential = [];

    public async ValueTask InitializeAsync()
    {
        TestPki pki = await TestPki.SharedAsync();
        _credential =
        [
            "--credential", _folder.Write("e.p12", pki.Enterprise.ExportPkcs12("secret")),
            "--password-file", _folder.Write("pw", "secret\n"u8.ToArray()),
        ];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_seal_at_a_point_is_signed_and_described()
    {
        Assert.Equal(0, await Sign("--at", "2,380,520,100,100", "--seal", "contract", "--reason", "合同签署", "--location", "深圳", "--json"));
        JsonElement receipt = Json();
        Assert.Equal("B-B", receipt.GetProperty("level").GetString());
        JsonElement widget = Assert.Single(receipt.GetProperty("widgets").EnumerateArray());
        Assert.Equal(2, widget.GetProperty("page").GetInt32());
        Assert.Equal([380, 222, 480, 322], widget.GetProperty("userSpace").EnumerateArray().Select(number => number.GetDouble()));
        Witness.PdfSigEntry entry = Assert.Single(Witness.PdfSig(Out));
        Assert.True(entry is { IsValid: true, CoversTotalDocument: true }, entry.Text);
        Assert.Empty(Witness.QpdfComplaints(Out));
    }

    [Fact]
    public async Task In_place_the_input_itself_grows()
    {
        byte[] original = TestPdf.WithPages(XrefStyle.Stream, pages: 2).ToBytes();
        string input = _folder.Write("grows.pdf", original);
        Assert.Equal(0, await Run(["sign", input, "--in-place", .. _credential, "--at", "2,380,520", "--json"]));
        Assert.Equal(input, Json().GetProperty("out").GetString());
        Assert.True(File.ReadAllBytes(input).AsSpan().StartsWith(original));
        Assert.True(Assert.Single(Witness.PdfSig(input)).IsValid);
        Assert.Empty(Witness.QpdfComplaints(input));
        Assert.Equal(64, await Run(["sign", input, Out, "--in-place", .. _credential]));
        Assert.Equal(64, await Run(["sign", input, .. _credential]));
    }

    [Theory]
    [InlineData("--keyword", "Page", "--occurrence", "last", "--relative", "below", "--offset", "5,5")]
    [InlineData("--keyword", "Page", "--occurrence", "1", "--relative", "lower-right", "--size", "80,80")]
    [InlineData("--at", "-1,10,10", "--physical-size", "--seal", "personal", "--seal-name", "张三")]
    [InlineData("--keyword", "Page", "--occurrence", "all", "--relative", "below", "--seal-opacity", "0.7")]
    [InlineData("--keyword", "Page", "--occurrence", "1,0", "--seal-ageing", "4", "--size", "60,60")]
    [InlineData("--keyword", "Page", "--keyword-page", "-1", "--offset", "0,-5")]
    [InlineData("--keyword", "absent", "--ignore-missing-keyword", "--cross-page", "top", "--cross-page-position", "30")]
    [InlineData("--cross-page", "right", "--cross-page-pages", "1-2", "--cross-page-limit", "2")]
    [InlineData("--cross-page", "right")]
    [InlineData("--invisible", "--certify", "2")]
    [InlineData("--at", "1,10,300", "--seal", "signature")]
    [InlineData("--at", "1,10,300", "--seal", "invoice")]
    [InlineData("--at", "1,10,300", "--seal", "date", "--cross-page", "left")]
    public async Task Every_kind_of_place_and_seal_signs(params string[] arguments)
    {
        int exit = await Sign(arguments);
        Assert.True(exit == 0, _error.ToString());
        Assert.True(Assert.Single(Witness.PdfSig(Out)).IsValid);
        Assert.Empty(Witness.QpdfComplaints(Out));
    }

    [Theory]
    [InlineData("RSA-PKCS1-SHA256", "RSA-PSS-SHA512")]
    [InlineData("ECDSA-P256-SHA256", "ECDSA-P256-SHA3-256")]
    [InlineData("SM2-SM3", "SM2-SM3-EMPTY-ID")]
    public async Task A_key_signs_with_the_algorithm_asked_for(string usual, string asked)
    {
        TestPki pki = await TestPki.SharedAsync();
        SigningCredential credential = await pki.EnterpriseAsync("杭州样本软件有限公司", "91330100MA0000349D", SignatureAlgorithm.FromName(usual));
        string[] key = ["--credential", _folder.Write("key.p12", credential.ExportPkcs12("secret")), "--password-file", _credential[3]];
        Assert.Equal(0, await Run(["sign", Input(), Out, .. key, "--invisible", "--algorithm", asked, "--json"]));
        Assert.Equal(asked, Json().GetProperty("algorithm").GetString());
        (byte[] covered, byte[] value) = Assert.Single(Witness.SignaturesIn(File.ReadAllBytes(Out)));
        Witness.OpenSslCms(value, covered, pki.Root.Certificate.ToPem(), _folder);

        Assert.Equal(64, await Run(["sign", Input(), Out, .. key, "--invisible", "--algorithm", "DSA"]));
        Assert.Contains("SM2-SM3-EMPTY-ID", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_of_the_document_is_filled_and_stays_the_only_one()
    {
        byte[] withField = TestPdf.WithPages(XrefStyle.Table, pages: 1, catalog: "/AcroForm<</Fields[20 0 R]>>", page: "/Annots[20 0 R]")
            .Object(20, "<</Type/Annot/Subtype/Widget/FT/Sig/T(here)/Rect[100 100 200 160]/P 10 0 R/F 4>>").EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        string input = _folder.Write("field.pdf", withField);
        Assert.Equal(0, await Run(["sign", input, Out, .. _credential, "--field", "here", "--json"]));
        Assert.Equal([100, 100, 200, 160], Json().GetProperty("widgets")[0].GetProperty("userSpace").EnumerateArray().Select(number => number.GetDouble()));
        Assert.Equal("here", Assert.Single(Witness.PdfSig(Out)).Field);
        Assert.Equal(67, await Run(["sign", input, Out, .. _credential, "--field", "absent"]));
    }

    [Fact]
    public async Task One_signature_stands_at_every_occurrence_asked_for()
    {
        Assert.Equal(0, await Sign("--keyword", "Page", "--occurrence", "all", "--relative", "below", "--size", "50,50", "--json"));
        JsonElement[] widgets = [.. Json().GetProperty("widgets").EnumerateArray()];
        Assert.Equal([1, 2], widgets.Select(widget => widget.GetProperty("page").GetInt32()));
        Assert.Single(Witness.PdfSig(Out));
        Assert.Equal(0, await Sign("--keyword", "Page", "--occurrence", "-1,0", "--size", "50,50", "--json"));
        Assert.Equal([2, 1], Json().GetProperty("widgets").EnumerateArray().Select(widget => widget.GetProperty("page").GetInt32()));
    }

    [Fact]
    public async Task A_missing_keyword_may_be_passed_over_but_not_when_nothing_is_left()
    {
        Assert.Equal(67, await Sign("--keyword", "absent", "--cross-page", "right"));
        Assert.Equal(67, await Sign("--keyword", "absent", "--ignore-missing-keyword"));
        Assert.Equal(67, await Sign("--keyword", "absent", "--occurrence", "all"));
        Assert.Equal(67, await Sign("--keyword", "Page", "--keyword-page", "9"));
        Assert.Equal(0, await Sign("--keyword", "absent", "--ignore-missing-keyword", "--cross-page", "right", "--json"));
        Assert.Equal(2, Json().GetProperty("widgets").GetArrayLength());
    }

    [Fact]
    public async Task A_preview_shows_every_control_and_signs_nothing()
    {
        string svg = _folder.PathTo("preview.svg");
        Assert.Equal(0, await Run(["sign", Input(), "--at", "1,100,200", "--cross-page", "right", "--preview", svg, "--json"]));
        Assert.Equal(3, Json().GetProperty("widgets").GetArrayLength());
        string drawn = File.ReadAllText(svg);
        Assert.Contains("<rect x=\"100\" y=\"200\" width=\"119\" height=\"119\"", drawn, StringComparison.Ordinal);
        Assert.Contains("id=\"page-2\"", drawn, StringComparison.Ordinal);
        Assert.False(File.Exists(Out));
    }

    [Fact]
    public async Task The_test_authority_leaves_what_its_timestamps_are_judged_with()
    {
        (string issuing, string root) = await ListsAsync();
        string tsa = _folder.PathTo("tsa.pem");
        Assert.Equal(0, await Sign("--invisible", "--level", "T", "--tsa", "in-process", "--tsa-root", tsa));
        string trust = _folder.Write("root.pem", System.Text.Encoding.ASCII.GetBytes((await TestPki.SharedAsync()).Root.Certificate.ToPem()));
        Assert.Equal(0, await Run(["verify", Out, "--trust", trust, "--timestamp-trust", tsa, "--crl", issuing, root, tsa, "--json"]));
        Assert.Equal("PASSED", Json().GetProperty("signatures")[0].GetProperty("timestamps")[0].GetProperty("indication").GetString());
    }

    [Fact]
    public async Task Archive_level_with_lists_and_a_test_authority_then_extended_again()
    {
        (string issuing, string root) = await ListsAsync();
        string tsaRoot = _folder.PathTo("tsa.pem");
        Assert.Equal(0, await Sign("--invisible", "--level", "LTA", "--tsa", "in-process", "--tsa-root", tsaRoot, "--crl", issuing, "--crl", root, "--json"));
        Assert.Equal("B-LTA", Json().GetProperty("level").GetString());
        Assert.True(Json().GetProperty("renewBefore").GetDateTimeOffset() < Json().GetProperty("validUntil").GetDateTimeOffset());
        string trust = _folder.Write("root.pem", System.Text.Encoding.ASCII.GetBytes((await TestPki.SharedAsync()).Root.Certificate.ToPem()));
        int verified = await Run(["verify", Out, "--trust", trust, "--timestamp-trust", tsaRoot]);
        Assert.True(verified == 0, _output.ToString());
        string again = _folder.PathTo("again.pdf");
        Assert.Equal(0, await Run(["extend", Out, again, "--level", "LTA", "--tsa", "in-process", "--crl", issuing, "--crl", root, "--json"]));
        JsonElement receipt = Json();
        Assert.Equal("B-LTA", receipt.GetProperty("level").GetString());
        Assert.True(receipt.GetProperty("renewBefore").GetDateTimeOffset() < receipt.GetProperty("validUntil").GetDateTimeOffset());
        Assert.Empty(Witness.QpdfComplaints(again));
        Assert.Equal(3, Witness.SignaturesIn(File.ReadAllBytes(again)).Count());
    }

    [Fact]
    public async Task A_signature_without_a_timestamp_is_extended_only_with_an_authority()
    {
        (string issuing, string root) = await ListsAsync();
        Assert.Equal(0, await Sign("--invisible"));
        string extended = _folder.PathTo("extended.pdf");
        Assert.Equal(64, await Run(["extend", Out, extended, "--level", "LT", "--crl", issuing, "--crl", root]));
        Assert.Equal(69, await Run(["extend", Out, extended, "--level", "LT", "--tsa", "in-process", "--crl", issuing]));
        Assert.False(File.Exists(extended));
        Assert.Equal(0, await Run(["extend", Out, extended, "--level", "LT", "--tsa", "in-process", "--crl", issuing, "--allow-lower-level", "--json"]));
        Assert.Equal("B-T", Json().GetProperty("level").GetString());
        Assert.Contains(Json().GetProperty("notes").EnumerateArray(), note => note.GetString()!.Contains("Signature1", StringComparison.Ordinal));
        Assert.Contains("Signature1", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await Run(["extend", Out, extended, "--level", "LT", "--tsa", "in-process", "--crl", issuing, "--crl", root]));
        Assert.Equal(65, await Run(["extend", Input(), extended, "--level", "LT", "--crl", issuing]));
    }

    [Theory]
    [InlineData(64, "Usage", "--at", "1,2")]
    [InlineData(64, "Usage")]
    [InlineData(64, "Usage", "--at", "1,2,3", "--invisible")]
    [InlineData(64, "Usage", "--invisible", "--level", "T")]
    [InlineData(64, "Usage", "--invisible", "--level", "X", "--tsa", "in-process")]
    [InlineData(64, "Usage", "--invisible", "--certify", "4")]
    [InlineData(64, "Usage", "--keyword", "Page", "--relative", "nowhere")]
    [InlineData(64, "FieldName", "--at", "1,2,3", "--field-name", "a.b")]
    [InlineData(66, "NoInput", "--at", "1,2,3", "--seal", "absent.png")]
    [InlineData(67, "XOutOfRange", "--at", "1,590,100")]
    [InlineData(67, "YOutOfRange", "--at", "1,10,-1")]
    [InlineData(67, "NoSuchPage", "--at", "3,10,10")]
    [InlineData(67, "KeywordNotFound", "--keyword", "甲方")]
    [InlineData(67, "FieldNotFound", "--field", "absent")]
    [InlineData(69, "TimestampUnavailable", "--invisible", "--level", "T", "--tsa", "http://127.0.0.1:9/")]
    public async Task Errors_have_a_code_a_message_and_a_hint_and_write_nothing(int exit, string code, params string[] arguments)
    {
        Assert.Equal(exit, await Sign([.. arguments, "--json"]));
        JsonElement error = Json();
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Contains("esign: " + error.GetProperty("message").GetString(), _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("hint: " + error.GetProperty("hint").GetString(), _error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Out));
        Assert.Empty(Directory.GetFiles(_folder.Path, ".*"));
    }

    [Fact]
    public async Task What_is_no_PDF_is_65_what_is_missing_66_and_a_wrong_credential_password_77()
    {
        Assert.Equal(65, await Run(["sign", _credential[3], Out, .. _credential, "--invisible"]));
        Assert.Equal(66, await Run(["sign", _folder.PathTo("absent.pdf"), Out, .. _credential, "--invisible"]));
        Assert.Equal(66, await Run(["sign", Input(), Out, "--credential", _folder.PathTo("absent.p12"), "--password-file", _credential[3], "--invisible"]));
        Assert.Equal(73, await Run(["sign", Input(), _folder.PathTo("no/such/folder.pdf"), .. _credential, "--invisible"]));
        Assert.Equal(73, await Run(["sign", Input(), "/dev/none", .. _credential, "--invisible"]));
        Assert.Equal(77, await Run(["sign", Input(), Out, "--credential", _credential[1], "--password-file", _folder.Write("wrong", "other"u8.ToArray()), "--invisible"]));
    }

    [Fact]
    public async Task An_encrypted_file_needs_its_password_and_permissions_bind_its_user()
    {
        string encrypted = _folder.PathTo("encrypted.pdf");
        Assert.Equal(0, Tool.Run("qpdf", "--encrypt", "user", "owner", "256", "--modify=none", "--", Input(), encrypted).ExitCode);
        Assert.Equal(65, await Run(["sign", encrypted, Out, .. _credential, "--invisible", "--json"]));
        Assert.Equal("PasswordRequired", Json().GetProperty("code").GetString());
        Assert.Equal(77, await Run(["sign", encrypted, Out, .. _credential, "--invisible", "--pdf-password", "user", "--json"]));
        Assert.Equal("Permissions", Json().GetProperty("code").GetString());
        Assert.Equal(0, await Run(["sign", encrypted, Out, .. _credential, "--at", "1,100,100", "--pdf-password", "owner"]));
        Assert.True(Assert.Single(Witness.PdfSig(Out, "user")).IsValid);
    }

    [Theory]
    [InlineData("Free", "Locked")]
    [InlineData("Free", "all-but:Free")]
    public async Task Locked_fields_are_not_signed_and_others_are(string free, string locks)
    {
        Assert.Equal(0, await Sign("--invisible", "--field-name", "First", "--lock", locks));
        string second = _folder.PathTo("second.pdf");
        Assert.Equal(77, await Run(["sign", Out, second, .. _credential, "--invisible", "--field-name", "Locked", "--json"]));
        Assert.Equal("FieldLocked", Json().GetProperty("code").GetString());
        Assert.False(File.Exists(second));
        Assert.Equal(0, await Run(["sign", Out, second, .. _credential, "--invisible", "--field-name", free]));
        Assert.All(Witness.PdfSig(second), entry => Assert.True(entry.IsValid));
        Assert.Equal(0, await Sign("--invisible", "--lock", "all"));
        Assert.Equal(77, await Run(["sign", Out, second, .. _credential, "--invisible", "--field-name", free]));
        Assert.Equal(64, await Sign("--invisible", "--lock", "all-but:,"));
    }

    [Theory]
    [InlineData("mdp2", "--certify")]
    [InlineData("mdp1", "--certify", "1")]
    [InlineData("mdp3", "--certify", "3")]
    public async Task A_certification_without_a_number_allows_filling_in_and_signing(string expected, params string[] certify)
    {
        Assert.Equal(0, await Sign([.. certify, "--invisible"]));
        await Run(["verify", Out, "--trust", "none", "--json"]);
        Assert.Equal(expected, "mdp" + Json().GetProperty("signatures")[0].GetProperty("docMdp").GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_certified_document_is_not_signed_again()
    {
        Assert.Equal(0, await Sign("--invisible", "--certify", "1"));
        Assert.Equal(77, await Run(["sign", Out, _folder.PathTo("second.pdf"), .. _credential, "--invisible", "--json"]));
        Assert.Equal("Certification", Json().GetProperty("code").GetString());
        Assert.Equal(77, await Run(["sign", Out, Out, .. _credential, "--invisible", "--certify", "2", "--json"]));
        Assert.Equal("CertificationNotFirst", Json().GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_later_seal_does_not_cover_an_earlier_one_unless_allowed()
    {
        Assert.Equal(0, await Sign("--at", "1,100,100"));
        Assert.Equal(67, await Run(["sign", Out, Out, .. _credential, "--at", "1,150,150"]));
        Assert.Equal(0, await Run(["sign", Out, Out, .. _credential, "--at", "1,150,150", "--allow-overlap"]));
        Assert.Equal(2, Witness.PdfSig(Out).Count(entry => entry.IsValid));
    }

    private string Out => _folder.PathTo("out.pdf");

    private string Input()
    {
        var pdf = new TestPdf();
        pdf.Object(1, "<</Type/Catalog/Pages 2 0 R>>")
            .Object(2, "<</Type/Pages/Count 2/Kids[10 0 R 11 0 R]/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>>>")
            .Object(3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
        for (int page = 0; page < 2; page++)
        {
            string content = $"BT /F1 18 Tf 72 760 Td (Page {page + 1} of the contract) Tj ET";
            pdf.Object(10 + page, $"<</Type/Page/Parent 2 0 R/Contents {20 + page} 0 R>>").Object(20 + page, $"<</Length {content.Length}>>stream\n{content}\nendstream");
        }

        return _folder.Write("in.pdf", pdf.EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes());
    }

    private async Task<(string Issuing, string Root)> ListsAsync()
    {
        TestPki pki = await TestPki.SharedAsync();
        PublishedCrl issuing = await new CrlPublisher(pki.Issuing).PublishAsync();
        PublishedCrl root = await new CrlPublisher(pki.Root).PublishAsync();
        return (_folder.Write("issuing.crl", issuing.RawData.ToArray()), _folder.Write("root.crl", root.RawData.ToArray()));
    }

    private Task<int> Sign(params string[] arguments) => Run(["sign", Input(), Out, .. _credential, .. arguments]);

    private Task<int> Run(string[] arguments)
    {
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        return CliApplication.RunAsync(arguments, new CliContext(_output, _error, TimeProvider.System));
    }

    private JsonElement Json() => JsonDocument.Parse(_output.ToString()).RootElement;
}
