using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ESign.Pdf.Tests.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Pki.Validation;

namespace ESign.Pdf.Tests.Verification;

/// <summary>A file whose signature value was made by the platform's CMS and X.509 builders, with whatever is asked to be wrong with it.</summary>
internal sealed class ForeignSignature
{
    private static readonly Oid s_data = new("1.2.840.113549.1.7.1");
    private static readonly ConcurrentDictionary<(int Size, string Name), Lazy<RSA>> s_keys = new();
    private readonly byte[] _file;
    private readonly int _gapStart;
    private readonly int _gapEnd;

    private ForeignSignature(byte[] file, int gapStart, int gapEnd)
    {
        _file = file;
        _gapStart = gapStart;
        _gapEnd = gapEnd;
    }

    /// <summary>What the signature covers.</summary>
    public byte[] Content => [.. _file.AsSpan(0, _gapStart), .. _file.AsSpan(_gapEnd)];

    /// <summary>A signed file with much room for a value: of two pages, or of another document.</summary>
    public static async Task<ForeignSignature> CreateAsync(SignedFixture fixture, byte[]? document = null)
    {
        byte[] file = await fixture.SignAsync(document ?? TestDocuments.TwoPages(), PadesLevel.T(new RoomySource(fixture.Pki.Timestamps)));
        int start = file.AsSpan().LastIndexOf("/Contents<"u8) + "/Contents".Length;
        int end = start + file.AsSpan(start).IndexOf((byte)'>') + 1;
        return new ForeignSignature(file, start, end);
    }

    /// <summary>The file with another value.</summary>
    public byte[] With(byte[] value)
    {
        byte[] changed = (byte[])_file.Clone();
        string digits = Convert.ToHexString(value);
        Assert.True(digits.Length <= _gapEnd - _gapStart - 2, "the value does not fit: make it smaller");
        Encoding.ASCII.GetBytes("<" + digits.PadRight(_gapEnd - _gapStart - 2, '0') + ">").CopyTo(changed, _gapStart);
        return changed;
    }

    /// <summary>Writes other text of the same length over the last place where a text stands.</summary>
    public static void Replace(byte[] file, string text, string replacement)
    {
        int at = file.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(text));
        Assert.True(at > 0 && text.Length == replacement.Length, text + " is not in the file, or not as long as what takes its place");
        Encoding.ASCII.GetBytes(replacement).CopyTo(file, at);
    }

    /// <summary>A value as PAdES wants it, or not.</summary>
    /// <param name="certificate">The signer's, with its key.</param>
    /// <param name="content">What is signed; by default what the signature covers.</param>
    /// <param name="digest">The digest; SHA-256 by default.</param>
    /// <param name="bound">The certificate that the signing-certificate attribute names; the signer's by default.</param>
    /// <param name="isBound">Whether there is such an attribute.</param>
    /// <param name="detached">Whether the content is left out.</param>
    /// <param name="contentType">The type of the content.</param>
    /// <param name="attributes">Further signed attributes.</param>
    /// <param name="edit">Changes the finished structure.</param>
    public byte[] Sign(
        X509Certificate2 certificate,
        byte[]? content = null,
        HashAlgorithmName? digest = null,
        X509Certificate2? bound = null,
        bool isBound = true,
        bool detached = true,
        Oid? contentType = null,
        AsnEncodedData[]? attributes = null,
        Action<SignedCms>? edit = null)
    {
        var cms = new SignedCms(new ContentInfo(contentType ?? s_data, content ?? Content), detached);
        CmsSigner signer = Signer(certificate, digest ?? HashAlgorithmName.SHA256);
        if (isBound)
        {
            signer.SignedAttributes.Add(SigningCertificate(bound ?? certificate));
        }

        foreach (AsnEncodedData attribute in attributes ?? [])
        {
            signer.SignedAttributes.Add(attribute);
        }

        cms.ComputeSignature(signer);
        edit?.Invoke(cms);
        return cms.Encode();
    }

    /// <summary>The value with a signature timestamp of the fixture's authority.</summary>
    public static async Task<byte[]> StampAsync(SignedFixture fixture, byte[] value)
    {
        var cms = new SignedCms();
        cms.Decode(value);
        TimestampToken token = await fixture.Pki.Timestamps.GetTimestampAsync(DigestAlgorithm.Sha256, SHA256.HashData(cms.SignerInfos[0].GetSignature()), TestContext.Current.CancellationToken);
        cms.SignerInfos[0].AddUnsignedAttribute(new AsnEncodedData("1.2.840.113549.1.9.16.2.14", token.RawData.ToArray()));
        return cms.Encode();
    }

    public static CmsSigner Signer(X509Certificate2 certificate, HashAlgorithmName digest) => new(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
    {
        DigestAlgorithm = Oid.FromFriendlyName(digest.Name!, OidGroup.HashAlgorithm),
        IncludeOption = X509IncludeOption.EndCertOnly,
    };

    /// <summary>A certificate and its root, made to measure.</summary>
    public static (X509Certificate2 Certificate, Certificate Root) Issue(
        DateTimeOffset from, DateTimeOffset to, int keySize = 2048, HashAlgorithmName? digest = null, X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature, string name = "Foreign Root", string? keys = null)
    {
        RSA rootKey = Key(2048, keys ?? name);
        var rootRequest = new CertificateRequest("CN=" + name, rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        rootRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        using X509Certificate2 root = rootRequest.CreateSelfSigned(from.AddDays(-1), to.AddYears(30));
        RSA key = Key(keySize, (keys ?? name) + " signer");
        var request = new CertificateRequest("CN=Foreign Signer", key, digest ?? HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        using X509Certificate2 issued = request.Create(root, from, to, [1, 2, 3, 4]);
        return (issued.CopyWithPrivateKey(key), Certificate.Decode(root.RawData));
    }

    /// <summary>Trusts the roots and asks for no revocation.</summary>
    public static VerificationPolicy Trusting(SignedFixture fixture, params Certificate[] roots) =>
        fixture.Policy(online: false, roots) with { UnknownRevocation = UnknownRevocation.Off };

    /// <summary>Keys are made once for each name and size: they take a while.</summary>
    private static RSA Key(int size, string name) => s_keys.GetOrAdd((size, name), static of => new Lazy<RSA>(() => RSA.Create(of.Size))).Value;

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
}
