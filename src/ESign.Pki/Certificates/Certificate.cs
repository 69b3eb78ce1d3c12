using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ESign.Pki.Asn1;
using ESign.Pki.Names;

namespace ESign.Pki.Certificates;

/// <summary>An X.509 certificate, read and never changed.</summary>
/// <remarks>
/// RFC 5280 §4.1. The outer structure is read strictly; extension values are decoded when asked for, so that a certificate
/// with a malformed one can still be shown. Odd certificates that exist (negative or long serial numbers) load;
/// <c>PathValidator</c> judges them.
/// </remarks>
public sealed partial class Certificate : IEquatable<Certificate>
{
    /// <summary>The largest certificate read: four times the widest of the conformance suites.</summary>
    internal const int MaximumSize = 1 << 20;

    private byte[]? _sha256;

    private Certificate(ReadOnlyMemory<byte> rawData)
    {
        if (rawData.Length > MaximumSize)
        {
            throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, "a certificate larger than 1 MiB");
        }

        RawData = rawData;
        DerReader certificate = DerReader.OpenSequence(rawData);
        TbsCertificate = certificate.PeekEncodedValue();
        DerReader tbs = certificate.ReadSequence();
        SignatureAlgorithm = AlgorithmIdentifier.Read(certificate);
        ReadOnlyMemory<byte> signature = certificate.ReadBitString(out int unusedBits);
        SignatureValue = unusedBits == 0 ? signature : default; // No algorithm makes a part of an octet: such a value verifies with no key.
        certificate.ThrowIfNotEmpty();

        Version = ReadVersion(tbs);
        SerialNumber = SerialNumbers.Read(tbs);
        TbsSignatureAlgorithm = AlgorithmIdentifier.Read(tbs);
        Issuer = DistinguishedName.Decode(tbs);
        DerReader validity = tbs.ReadSequence();
        NotBefore = validity.ReadTime();
        NotAfter = validity.ReadTime();
        validity.ThrowIfNotEmpty();
        Subject = DistinguishedName.Decode(tbs);
        SubjectPublicKeyInfo = tbs.ReadEncodedValue();
        SkipUniqueIdentifier(tbs, 1);
        SkipUniqueIdentifier(tbs, 2);
        Extensions = ReadExtensions(tbs);
        tbs.ThrowIfNotEmpty();
    }

    /// <summary>The whole certificate as DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The signed part as DER.</summary>
    public ReadOnlyMemory<byte> TbsCertificate { get; }

    /// <summary>1, 2 or 3.</summary>
    public int Version { get; }

    /// <summary>The serial number's content octets, big-endian two's complement, as encoded.</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; }

    /// <summary>The serial number in hexadecimal, lower case, as encoded.</summary>
    public string SerialNumberHex => Convert.ToHexStringLower(SerialNumber.Span);

    /// <summary>Who issued the certificate.</summary>
    public DistinguishedName Issuer { get; }

    /// <summary>The first moment of validity (inclusive).</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>The last second of validity (inclusive).</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>Whom the certificate names.</summary>
    public DistinguishedName Subject { get; }

    /// <summary>The certified key as DER <c>SubjectPublicKeyInfo</c>.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>The extensions in encoded order; empty for versions 1 and 2.</summary>
    internal IReadOnlyList<CertificateExtension> Extensions { get; }

    /// <summary>The signature value; empty when it is no whole number of octets.</summary>
    public ReadOnlyMemory<byte> SignatureValue { get; }

    /// <summary>The SHA-256 digest of <see cref="RawData"/>.</summary>
    public ReadOnlyMemory<byte> Sha256Fingerprint => _sha256 ??= SHA256.HashData(RawData.Span);

    /// <summary>The algorithm of <see cref="SignatureValue"/>, from outside the signed part.</summary>
    internal AlgorithmIdentifier SignatureAlgorithm { get; }

    /// <summary>The algorithm named inside the signed part; RFC 5280 §4.1.1.2 wants the two equal.</summary>
    internal AlgorithmIdentifier TbsSignatureAlgorithm { get; }

    /// <summary>Whether issuer and subject are the same name (RFC 5280 §3.2: self-issued).</summary>
    internal bool IsSelfIssued => Issuer.Equals(Subject);

    /// <summary>Decodes one certificate from DER.</summary>
    /// <param name="encoded">The whole encoding; kept, not copied.</param>
    /// <exception cref="Asn1FormatException">The bytes are not a certificate.</exception>
    public static Certificate Decode(ReadOnlyMemory<byte> encoded) => new(encoded);

    /// <summary>Decodes one certificate from hostile bytes.</summary>
    /// <param name="encoded">The whole encoding; kept, not copied.</param>
    /// <param name="certificate">The certificate, or <see langword="null"/> when the bytes are not one.</param>
    /// <returns>Whether the bytes are a certificate.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> encoded, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Certificate? certificate)
    {
        try
        {
            certificate = new Certificate(encoded);
            return true;
        }
        catch (Asn1FormatException)
        {
            certificate = null;
            return false;
        }
    }

    /// <summary>Decodes one certificate, or recognises one of those decoded before: who signs thousands of times a second encloses the same.</summary>
    /// <param name="encoded">The whole encoding; kept, not copied, where it is not known.</param>
    /// <param name="known">Certificates whose encodings are recognised.</param>
    /// <param name="certificate">The certificate, or <see langword="null"/> when the bytes are not one.</param>
    /// <returns>Whether the bytes are a certificate.</returns>
    internal static bool TryDecode(ReadOnlyMemory<byte> encoded, IReadOnlyList<Certificate> known, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Certificate? certificate)
    {
        foreach (Certificate each in known)
        {
            if (each.RawData.Span.SequenceEqual(encoded.Span))
            {
                certificate = each;
                return true;
            }
        }

        return TryDecode(encoded, out certificate);
    }

    /// <summary>Takes a certificate over from the platform's type.</summary>
    /// <param name="certificate">The platform's certificate; a private key it may have is ignored.</param>
    public static Certificate FromX509Certificate2(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new Certificate(certificate.RawData);
    }

    /// <summary>The platform's certificate type, for handing to other libraries.</summary>
    public X509Certificate2 ToX509Certificate2() => X509CertificateLoader.LoadCertificate(RawData.Span);

    /// <summary>Whether both are the same bytes.</summary>
    /// <param name="other">Another certificate.</param>
    public bool Equals(Certificate? other) =>
        other is not null && (ReferenceEquals(this, other) || RawData.Span.SequenceEqual(other.RawData.Span));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Certificate);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(Sha256Fingerprint.Span);

    /// <summary>Subject, serial number and end of validity.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Subject} (serial {SerialNumberHex}, to {NotAfter:yyyy-MM-dd})");

    // version [0] EXPLICIT INTEGER { v1(0), v2(1), v3(2) } DEFAULT v1
    private static int ReadVersion(DerReader tbs)
    {
        if (!tbs.NextIsContext(0))
        {
            return 1;
        }

        DerReader wrapper = tbs.ReadExplicit(0);
        int version = wrapper.ReadInt32();
        wrapper.ThrowIfNotEmpty();
        return version is >= 0 and <= 2
            ? version + 1
            : throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "a certificate version other than 1, 2 or 3 (RFC 5280 §4.1.2.1)");
    }

    private static void SkipUniqueIdentifier(DerReader tbs, int number)
    {
        if (tbs.NextIsContext(number))
        {
            tbs.ReadBitString(out _, ExtensionDecoding.Context(number));
        }
    }

    // extensions [3] EXPLICIT Extensions OPTIONAL, only in version 3
    private List<CertificateExtension> ReadExtensions(DerReader tbs)
    {
        if (!tbs.NextIsContext(3))
        {
            return [];
        }

        if (Version != 3)
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "extensions in a certificate that is not version 3 (RFC 5280 §4.1.2.9)");
        }

        DerReader wrapper = tbs.ReadExplicit(3);
        List<CertificateExtension> extensions = CertificateExtension.DecodeAll(wrapper);
        wrapper.ThrowIfNotEmpty();
        return extensions;
    }
}
