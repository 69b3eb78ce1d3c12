using ESign.Pki.Asn1;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Testing;

namespace ESign.Pki.Tests.Issuance;

/// <summary>PKCS#10 requests made by openssl: the key is taken, the claimed name is not.</summary>
public sealed class IssuanceRequestTests
{
    [Theory]
    [InlineData("EC", "ec_paramgen_curve:P-256")]
    [InlineData("RSA", "rsa_keygen_bits:2048")]
    [InlineData("SM2", null)]
    public async Task A_request_of_openssl_becomes_a_certificate_of_the_verified_subject(string type, string? option)
    {
        using var folder = new TemporaryFolder();
        string csr = MakeRequest(folder, type, option);
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        IssuanceRequest request = IssuanceRequest.FromCsr(csr, TestHierarchy.Company);
        IssuedCertificate issued = await pki.Issuing.IssueAsync(CertificateProfile.EnterpriseSeal, request);
        Assert.Equal("深圳示例科技有限公司", issued.Certificate.Subject.CommonName);
        Assert.Equal(-1, issued.Certificate.RawData.Span.IndexOf("Somebody Else"u8));
    }

    [Fact]
    public void A_request_without_possession_is_refused()
    {
        using var folder = new TemporaryFolder();
        string pem = MakeRequest(folder, "EC", "ec_paramgen_curve:P-256");
        byte[] der = Convert.FromBase64String(string.Concat(pem.Split('\n').Where(line => !line.StartsWith('-'))));
        der[^1] ^= 1;
        IssuanceRefusedException refusal = Assert.Throws<IssuanceRefusedException>(() => IssuanceRequest.FromCsr(der, TestHierarchy.Company));
        Assert.Equal("proof-of-possession", refusal.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n")]
    public void Garbage_is_refused(string pem) =>
        Assert.Throws<Asn1FormatException>(() => IssuanceRequest.FromCsr(pem, TestHierarchy.Company));

    [Theory]
    [InlineData("a@b.cn", true)]
    [InlineData("a@b@c", false)]
    [InlineData("@b.cn", false)]
    [InlineData("a@", false)]
    [InlineData("a b@c.cn", false)]
    public void Mail_addresses(string address, bool accepted)
    {
        var request = new IssuanceRequest { Subject = TestHierarchy.Company, SubjectPublicKeyInfo = default };
        if (accepted)
        {
            Assert.Equal(address, (request with { EmailAddress = address }).EmailAddress);
        }
        else
        {
            Assert.Throws<ArgumentException>(() => request with { EmailAddress = address });
        }
    }

    private static string MakeRequest(TemporaryFolder folder, string type, string? option)
    {
        string key = folder.PathTo("key.pem");
        string csr = folder.PathTo("request.pem");
        string[] generate = ["genpkey", "-algorithm", type, "-out", key];
        Tool made = Tool.Run("openssl", option is null ? generate : [.. generate, "-pkeyopt", option]);
        Assert.True(made.ExitCode == 0, made.Error);
        string[] request = ["req", "-new", "-key", key, "-subj", "/CN=Somebody Else", "-out", csr];
        Tool requested = Tool.Run("openssl", type == "SM2" ? [.. request, "-sm3", "-sigopt", "distid:1234567812345678"] : request);
        Assert.True(requested.ExitCode == 0, requested.Error);
        return File.ReadAllText(csr);
    }
}
