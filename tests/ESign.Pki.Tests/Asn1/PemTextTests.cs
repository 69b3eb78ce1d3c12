using System.Security.Cryptography;
using System.Text;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Pki.Tests.Validation;

namespace ESign.Pki.Tests.Asn1;

/// <summary>PEM files as editors leave them: RFC 7468 §2 and §5.2, and the byte order mark of Windows editors.</summary>
public sealed class PemTextTests : IDisposable
{
    private readonly TestAuthority _root = TestAuthority.Root();

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        string pem = "\uFEFF" + _root.Certificate.ToPem();
        Assert.Equal(_root.Certificate, Certificate.FromPem(pem));
        Assert.Equal([_root.Certificate], Certificate.LoadMany(Encoding.UTF8.GetBytes(pem)));

        CertificateRevocationList crl = _root.Crl();
        string list = "\uFEFF" + PemEncoding.WriteString("X509 CRL", crl.RawData.Span);
        Assert.True(Assert.Single(CertificateRevocationList.LoadMany(Encoding.UTF8.GetBytes(list))).RawData.Span.SequenceEqual(crl.RawData.Span));

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using LocalSigningKey read = LocalSigningKey.FromPem("\uFEFF" + key.ExportPkcs8PrivateKeyPem());
        Assert.Equal(Convert.ToHexString(key.ExportSubjectPublicKeyInfo()), Convert.ToHexString(read.SubjectPublicKeyInfo.Span));
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        Assert.True(CertificationRequest.FromPem("\uFEFF" + request.CreateSigningRequestPem()).ProvesPossession());
    }

    [Fact] // RFC 7468 §2: data before the boundaries is permitted, and §5.2: explanatory text is common
    public void Explanatory_text_and_other_blocks_are_passed_over()
    {
        using TestAuthority second = TestAuthority.Root();
        string other = PemEncoding.WriteString("PUBLIC KEY", second.Certificate.SubjectPublicKeyInfo.Span);
        string text = $"Subject: CN=Root\n{_root.Certificate.ToPem()}\n{other}\nIssuer: -----\n{second.Certificate.ToPem()}\nend";
        Assert.Equal([_root.Certificate, second.Certificate], Certificate.LoadMany(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(Asn1ErrorCode.Absent, Assert.Throws<Asn1FormatException>(() => Certificate.LoadMany(Encoding.UTF8.GetBytes(other))).Code);
    }

    public void Dispose() => _root.Dispose();
}
