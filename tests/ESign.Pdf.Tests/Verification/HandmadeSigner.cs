using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ESign.Pki.Certificates;

namespace ESign.Pdf.Tests.Verification;

/// <summary>A certificate for any public key, from a root of its own, and how that key signs.</summary>
internal sealed record HandmadeSigner(X509Certificate2 Certificate, Certificate Root, byte[] Algorithm, Func<byte[], byte[]> Sign)
{
    private static readonly Lazy<RSA> s_rootKey = new(static () => RSA.Create(2048));
    private static readonly Lazy<RSA> s_key = new(static () => RSA.Create(2048));

    /// <summary>RSA with PKCS #1 v1.5.</summary>
    public static HandmadeSigner Rsa(string oid = "1.2.840.113549.1.1.11", HashAlgorithmName? digest = null, int size = 2048)
    {
        RSA key = size == 2048 ? s_key.Value : RSA.Create(size);
        return Create(new PublicKey(key), HandmadeCms.Identifier(oid, [5, 0]), data => key.SignData(data, digest ?? HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>RSA whose signature AlgorithmIdentifier is given whole.</summary>
    public static HandmadeSigner RsaPss(byte[] algorithm) =>
        Create(new PublicKey(s_key.Value), algorithm, static data => s_key.Value.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));

    public static HandmadeSigner Ecdsa(ECCurve curve, bool isExplicit = false)
    {
        ECDsa key = ECDsa.Create(curve);
        if (isExplicit)
        {
            key.ImportParameters(key.ExportExplicitParameters(includePrivateParameters: true));
        }

        return Create(
            PublicKey.CreateFromSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out _),
            HandmadeCms.Identifier("1.2.840.10045.4.3.2"),
            data => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    public static HandmadeSigner Dsa()
    {
        DSA key = DSA.Create(2048);
        return Create(
            PublicKey.CreateFromSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out _),
            HandmadeCms.Identifier("2.16.840.1.101.3.4.3.2"),
            data => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    /// <summary>A value by this signer; what is wrong with it is changed afterwards.</summary>
    public HandmadeCms Value(byte[] content) => new()
    {
        Signer = Certificate,
        Sign = Sign,
        Algorithm = Algorithm,
        Attributes = HandmadeCms.Baseline(Certificate, SHA256.HashData(content)),
    };

    private static HandmadeSigner Create(PublicKey key, byte[] algorithm, Func<byte[], byte[]> sign)
    {
        var root = new CertificateRequest("CN=Handmade Root", s_rootKey.Value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        root.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        using X509Certificate2 issuer = root.CreateSelfSigned(SignedFixture.Start.AddDays(-1), SignedFixture.Start.AddYears(30));
        var request = new CertificateRequest(new X500DistinguishedName("CN=Handmade Signer"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(key, false));
        X509Certificate2 leaf = request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForRSA(s_rootKey.Value, RSASignaturePadding.Pkcs1), SignedFixture.Start, SignedFixture.Start.AddYears(1), [1, 2, 3, 4]);
        return new HandmadeSigner(leaf, Pki.Certificates.Certificate.Decode(issuer.RawData), algorithm, sign);
    }
}
