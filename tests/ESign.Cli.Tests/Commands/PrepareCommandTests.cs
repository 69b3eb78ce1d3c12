using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Testing;

namespace ESign.Cli.Tests.Commands;

/// <summary><c>esign prepare</c> and <c>esign complete</c>: two processes, a key that neither of them has, and everything that can go wrong between.</summary>
public sealed class PrepareCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Dispose();

    private string Draft => _folder.PathTo("draft.pdf");

    private string State => _folder.PathTo("prepared.json");

    [Theory]
    [InlineData("rsa", "RSA-PKCS1-SHA256")]
    [InlineData("ec", "ECDSA-P256-SHA256")]
    public async Task A_key_that_openssl_keeps_signs_what_was_prepared(string kind, string algorithm)
    {
        Tool.Require("openssl");
        (string key, string certificate) = await IssueAsync(kind);
        Assert.Equal(0, await Prepare("--signer", certificate, "--to-sign", _folder.PathTo("attributes.der"), "--reason", "合同签署", "--json"));
        JsonElement prepared = Json();
        Assert.Equal(algorithm, prepared.GetProperty("algorithm").GetString());
        Assert.Equal(prepared.GetProperty("digestToSign").GetString(), Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(prepared.GetProperty("toSign").GetString()!))));
        Assert.Equal(0, Tool.Run("openssl", "dgst", "-sha256", "-sign", key, "-out", _folder.PathTo("value"), _folder.PathTo("attributes.der")).ExitCode);

        Assert.Equal(0, await Run("complete", Draft, "--state", State, "--value", _folder.PathTo("value"), "--json"));
        Assert.Equal(prepared.GetProperty("field").GetString(), Json().GetProperty("field").GetString());
        Witness.PdfSigEntry entry = Assert.Single(Witness.PdfSig(Draft));
        Assert.True(entry is { IsValid: true, CoversTotalDocument: true }, entry.Text);

        // A second completion finds the room taken, and changes nothing.
        byte[] completed = File.ReadAllBytes(Draft);
        Assert.NotEqual(0, await Run("complete", Draft, "--state", State, "--value", _folder.PathTo("value")));
        Assert.Equal(completed, File.ReadAllBytes(Draft));
    }

    [Fact]
    public async Task A_wrong_value_or_a_changed_draft_is_refused_and_changes_nothing()
    {
        Tool.Require("openssl");
        (string key, string certificate) = await IssueAsync("ec");
        Assert.Equal(0, await Prepare("--signer", certificate, "--to-sign", _folder.PathTo("attributes.der")));
        byte[] draft = File.ReadAllBytes(Draft);
        string wrong = _folder.Write("wrong", RandomNumberGenerator.GetBytes(71));
        Assert.Equal(77, await Run("complete", Draft, "--state", State, "--value", wrong));
        Assert.Equal(draft, File.ReadAllBytes(Draft));

        Assert.Equal(0, Tool.Run("openssl", "dgst", "-sha256", "-sign", key, "-out", _folder.PathTo("value"), _folder.PathTo("attributes.der")).ExitCode);
        draft[100] ^= 1;
        File.WriteAllBytes(Draft, draft);
        Assert.Equal(77, await Run("complete", Draft, "--state", State, "--value", _folder.PathTo("value")));
        Assert.Equal(draft, File.ReadAllBytes(Draft));
    }

    [Fact]
    public async Task Where_the_certificate_is_not_known_yet_a_whole_container_comes_back()
    {
        Assert.Equal(0, await Prepare("--container", "--json"));
        JsonElement prepared = Json();
        byte[] digest = Convert.FromBase64String(prepared.GetProperty("toSign").GetString()!);
        Assert.Equal(Convert.ToHexStringLower(digest), prepared.GetProperty("digestToSign").GetString());

        using var key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=Elsewhere", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var cms = new SignedCms(new ContentInfo(Covered(prepared)), detached: true);
        var signer = new CmsSigner(certificate);
        signer.SignedAttributes.Add(SigningCertificate(certificate));
        cms.ComputeSignature(signer);
        Assert.Equal(0, await Run("complete", Draft, "--state", State, "--value", _folder.Write("cms", cms.Encode())));
        Assert.True(Assert.Single(Witness.PdfSig(Draft)).IsValid);
    }

    [Fact]
    public async Task What_is_missing_is_said()
    {
        Assert.Equal(64, await Prepare());
        Assert.Equal(64, await Prepare("--signer", (await IssueAsync("ec")).Certificate, "--algorithm", "DSA"));
        Assert.Equal(65, await Prepare("--signer", _folder.Write("c.pem", "x"u8.ToArray())));
        Assert.Equal(65, await Run("complete", _folder.Write("x.pdf", "%PDF-1.7"u8.ToArray()), "--state", _folder.Write("s.json", "[]"u8.ToArray()), "--value", _folder.Write("v", [1])));
        Assert.Equal(66, await Run("complete", _folder.PathTo("absent.pdf"), "--state", State, "--value", State));
    }

    // RFC 5035 §3: SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2 { certHash OCTET STRING } } with SHA-256 by default
    private static AsnEncodedData SigningCertificate(X509Certificate2 certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(SHA256.HashData(certificate.RawData));
        }

        return new AsnEncodedData("1.2.840.113549.1.9.16.2.47", writer.Encode());
    }

    /// <summary>What the byte range of the draft covers.</summary>
    private byte[] Covered(JsonElement prepared)
    {
        Assert.NotNull(prepared.GetProperty("field").GetString());
        using JsonDocument state = JsonDocument.Parse(File.ReadAllText(State));
        long[] range = [.. state.RootElement.GetProperty("byteRange").EnumerateArray().Select(number => number.GetInt64())];
        byte[] file = File.ReadAllBytes(Draft);
        return [.. file.AsSpan(0, (int)range[1]), .. file.AsSpan((int)range[2], (int)range[3])];
    }

    private async Task<(string Key, string Certificate)> IssueAsync(string kind)
    {
        string key = _folder.PathTo("key.pem");
        Tool made = kind == "rsa"
            ? Tool.Run("openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key)
            : Tool.Run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key);
        Assert.True(made.ExitCode == 0, made.Error);
        Assert.Equal(0, Tool.Run("openssl", "pkey", "-in", key, "-pubout", "-outform", "DER", "-out", _folder.PathTo("public.der")).ExitCode);
        TestPki pki = await TestPki.SharedAsync();
        IssuedCertificate issued = await pki.Issuing.IssueAsync(CertificateProfile.Person, new IssuanceRequest
        {
            Subject = CertificateSubject.Person("张三", ResidentIdNumber.Parse("11010519491231002X")),
            SubjectPublicKeyInfo = File.ReadAllBytes(_folder.PathTo("public.der")),
        });
        return (key, _folder.Write("signer.pem", System.Text.Encoding.ASCII.GetBytes(issued.Certificate.ToPem() + "\n" + pki.Issuing.Certificate.ToPem() + "\n")));
    }

    private Task<int> Prepare(params string[] options) =>
        Run(["prepare", _folder.Write("in.pdf", ESign.Testing.PdfBuilder.TestPdf.WithPages(pages: 2).ToBytes()), Draft, "--state", State, "--at", "1,380,520,100,100", "--seal", "signature", "--seal-name", "张三", .. options]);

    private async Task<int> Run(params string[] arguments)
    {
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        return await CliApplication.RunAsync(arguments, new CliContext(_output, _error, TimeProvider.System));
    }

    private JsonElement Json() => JsonDocument.Parse(_output.ToString()).RootElement;
}
