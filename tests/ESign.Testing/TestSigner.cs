using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Testing;

/// <summary>A certificate with its key and its root, made on the spot by the platform's builder, for tests that need a signer and no authority.</summary>
public sealed class TestSigner : IDisposable
{
    private TestSigner(Certificate certificate, Certificate root, LocalSigningKey key)
    {
        Certificate = certificate;
        Root = root;
        Key = key;
    }

    public Certificate Certificate { get; }

    public Certificate Root { get; }

    public LocalSigningKey Key { get; }

    private static readonly ConcurrentDictionary<string, Lazy<TestSigner>> s_shared = new(StringComparer.Ordinal);

    /// <summary>The signer all tests of this run share: RSA keys take a while to make. Not to be disposed.</summary>
    public static TestSigner Shared(SignatureAlgorithm algorithm) =>
        s_shared.GetOrAdd(algorithm.Name, static (_, algorithm) => new Lazy<TestSigner>(() => Create(algorithm)), algorithm).Value;

    /// <summary>Makes a root and a signer, both with keys of one algorithm.</summary>
    /// <param name="purposes">Extended key usages; none leaves the extension out.</param>
    public static TestSigner Create(
        SignatureAlgorithm algorithm,
        string[]? purposes = null,
        bool criticalPurpose = true,
        DateTimeOffset? notBefore = null,
        DateTimeOffset? notAfter = null,
        params IEnumerable<X509Extension> extensions)
    {
        using LocalSigningKey rootKey = LocalSigningKey.Create(algorithm, rsaKeySizeBits: 2048);
        LocalSigningKey key = LocalSigningKey.Create(algorithm, rsaKeySizeBits: 2048);
        DateTimeOffset from = notBefore ?? new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset to = notAfter ?? new DateTimeOffset(2049, 1, 1, 0, 0, 0, TimeSpan.Zero);

        var rootName = new X500DistinguishedName("CN=Test Root " + algorithm.Name + ", O=ESign Tests, C=CN");
        var rootRequest = new CertificateRequest(rootName, PublicKeyOf(rootKey), HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        rootRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        rootRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(SHA1.HashData(rootKey.SubjectPublicKeyInfo.Span), false));

        var request = new CertificateRequest(new X500DistinguishedName("CN=测试签署人, O=ESign Tests, C=CN"), PublicKeyOf(key), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(SHA1.HashData(key.SubjectPublicKeyInfo.Span), false));
        if (purposes is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. purposes.Select(static oid => new Oid(oid))], criticalPurpose));
        }

        foreach (X509Extension extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        var generator = new Generator(rootKey);
        Certificate root = Issue(rootRequest, rootName, generator, from.AddDays(-1), to.AddDays(1));
        return new TestSigner(Issue(request, rootName, generator, from, to), root, key);
    }

    public SigningCredential Credential => new(Certificate, [Root], Key);

    public void Dispose() => Key.Dispose();

    private static Certificate Issue(CertificateRequest request, X500DistinguishedName issuer, Generator generator, DateTimeOffset from, DateTimeOffset to)
    {
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        using X509Certificate2 certificate = request.Create(issuer, generator, from, to, serial);
        return Certificate.Decode(certificate.RawData);
    }

    private static PublicKey PublicKeyOf(LocalSigningKey key) => PublicKey.CreateFromSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span, out _);

    private sealed class Generator(LocalSigningKey key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => key.Algorithm.Identifier.Encode();

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.Sign(data);

        protected override PublicKey BuildPublicKey() => PublicKeyOf(key);
    }
}
