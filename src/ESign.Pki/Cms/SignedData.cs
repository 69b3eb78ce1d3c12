using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;

namespace ESign.Pki.Cms;

/// <summary>A CMS signature as it was read: contents, certificates, revocation data and signers.</summary>
/// <remarks>
/// RFC 5652 §5.1: <c>SignedData ::= SEQUENCE { version CMSVersion, digestAlgorithms SET OF DigestAlgorithmIdentifier,
/// encapContentInfo EncapsulatedContentInfo, certificates [0] IMPLICIT CertificateSet OPTIONAL,
/// crls [1] IMPLICIT RevocationInfoChoices OPTIONAL, signerInfos SET OF SignerInfo }</c> inside a ContentInfo.
/// The reader takes BER, PKCS#7 1.5 (RFC 2315) and the identifiers of GB/T 35275; what is odd is kept visible for whoever judges.
/// </remarks>
internal sealed class SignedData
{
    /// <summary>Signatures with years of revocation lists inside stay below.</summary>
    internal const int MaximumSize = 64 * 1024 * 1024;

    private const int MaximumCertificates = 1000;
    private const int MaximumRevocationEntries = 1000;
    private const int MaximumSigners = 64;
    private const int MaximumDigestAlgorithms = 64;

    private static readonly Asn1Tag s_context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_context1 = new(TagClass.ContextSpecific, 1, isConstructed: true);

    private SignedData(ReadOnlyMemory<byte> rawData, IReadOnlyList<Certificate> known)
    {
        RawData = rawData;
        DerReader contentInfo = DerReader.OpenSequence(rawData, AsnEncodingRules.BER);
        string type = contentInfo.ReadObjectIdentifier();
        if (type is not (Oids.CmsSignedData or Oids.GmSignedData))
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, $"content type {type} where SignedData is expected (RFC 5652 §5.1)");
        }

        DerReader content = contentInfo.ReadExplicit(0);
        contentInfo.ThrowIfNotEmpty();
        DerReader fields = content.ReadSequence();
        content.ThrowIfNotEmpty();

        Version = fields.ReadInt32();
        DigestOids = ReadDigestAlgorithms(fields.ReadSetOf(checkOrder: false));
        (ContentType, Content) = ReadEncapsulatedContent(fields.ReadSequence());
        (Certificates, UnreadableCertificates) = fields.NextIs(s_context0) ? ReadCertificates(fields.ReadSetOf(s_context0, checkOrder: false), known) : ([], 0);
        (RevocationLists, OcspResponses) = fields.NextIs(s_context1) ? ReadRevocationInfo(fields.ReadSetOf(s_context1, checkOrder: false)) : ([], []);
        SignerInfos = ReadSigners(fields.ReadSetOf(checkOrder: false));
        fields.ThrowIfNotEmpty();
    }

    /// <summary>The whole ContentInfo as it was read, without what followed it.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The version as written.</summary>
    public int Version { get; }

    /// <summary>The digest algorithms announced for the signers.</summary>
    public IReadOnlyList<string> DigestOids { get; }

    /// <summary>The type of the content that is signed (eContentType).</summary>
    public string ContentType { get; }

    /// <summary>The content that is signed, or <see langword="null"/> when it is detached.</summary>
    public ReadOnlyMemory<byte>? Content { get; }

    /// <summary>The X.509 certificates in transmitted order; their order means nothing.</summary>
    public IReadOnlyList<Certificate> Certificates { get; }

    /// <summary>How many elements of the certificate set are X.509 certificates that cannot be read.</summary>
    public int UnreadableCertificates { get; }

    /// <summary>The DER of each embedded revocation list.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> RevocationLists { get; }

    /// <summary>The DER of each embedded <c>OCSPResponse</c> (RFC 5940 §2.1).</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> OcspResponses { get; }

    /// <summary>The signers in transmitted order.</summary>
    public IReadOnlyList<SignerInfo> SignerInfos { get; }

    /// <summary>Reads a signature that must fill its bytes exactly.</summary>
    /// <param name="encoded">The ContentInfo, BER or DER; kept, not copied.</param>
    /// <param name="known">Certificates that need not be decoded anew where they are met.</param>
    /// <exception cref="Asn1FormatException">The bytes are not a SignedData.</exception>
    public static SignedData Decode(ReadOnlyMemory<byte> encoded, IReadOnlyList<Certificate>? known = null)
    {
        SignedData signedData = Decode(encoded, out int consumed, known);
        return consumed == encoded.Length
            ? signedData
            : throw new Asn1FormatException(Asn1ErrorCode.TrailingData, $"{encoded.Length - consumed} bytes follow the signature", consumed);
    }

    /// <summary>Reads a signature that may be followed by other bytes, for example padding.</summary>
    /// <param name="encoded">The ContentInfo, BER or DER, and what follows; kept, not copied.</param>
    /// <param name="consumed">How many bytes the signature takes.</param>
    /// <param name="known">Certificates that need not be decoded anew where they are met.</param>
    /// <exception cref="Asn1FormatException">The bytes do not begin with a SignedData.</exception>
    public static SignedData Decode(ReadOnlyMemory<byte> encoded, out int consumed, IReadOnlyList<Certificate>? known = null)
    {
        if (encoded.Length > MaximumSize)
        {
            throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"a signature of {encoded.Length} bytes; the limit is {MaximumSize}");
        }

        ReadOnlyMemory<byte> contentInfo = new DerReader(encoded, AsnEncodingRules.BER).ReadEncodedValue();
        consumed = contentInfo.Length;
        return new SignedData(contentInfo, known ?? []);
    }

    /// <summary>Reads a signature from hostile bytes.</summary>
    /// <param name="encoded">The ContentInfo and what may follow it.</param>
    /// <param name="signedData">The signature, or <see langword="null"/>.</param>
    /// <param name="consumed">How many bytes the signature takes.</param>
    /// <returns>Whether the bytes begin with a SignedData.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out SignedData? signedData, out int consumed)
    {
        try
        {
            signedData = Decode(encoded, out consumed);
            return true;
        }
        catch (Asn1FormatException)
        {
            signedData = null;
            consumed = 0;
            return false;
        }
    }

    /// <summary>Checks one signer: which certificate, digest, signature value, bindings. Does not judge trust.</summary>
    /// <param name="signer">One of <see cref="SignerInfos"/>.</param>
    /// <param name="detachedContent">What is signed, when it is not embedded; embedded content is used otherwise.</param>
    /// <param name="moreCertificates">Certificates from elsewhere in which the signer's may be.</param>
    /// <param name="withSignatureValue">False leaves the signature value itself out; all other checks are made.</param>
    /// <returns>What each check found.</returns>
    public SignerVerdict Verify(SignerInfo signer, SignedContent? detachedContent = null, IReadOnlyList<Certificate>? moreCertificates = null, bool withSignatureValue = true)
    {
        ArgumentNullException.ThrowIfNull(signer);
        SignedContent? content = detachedContent ?? (Content is { } embedded ? SignedContent.FromBytes(embedded) : null);
        return new SignerVerification(this, signer, content).Evaluate(moreCertificates ?? [], withSignatureValue);
    }

    private static List<string> ReadDigestAlgorithms(DerReader set)
    {
        var oids = new List<string>(1);
        while (set.HasData)
        {
            Limit(oids.Count, MaximumDigestAlgorithms, "digest algorithms", set);
            oids.Add(AlgorithmIdentifier.Read(set).Oid);
        }

        return oids;
    }

    // CMS: [0] EXPLICIT OCTET STRING. PKCS#7: [0] EXPLICIT ANY; what is digested then is the value without tag and length (RFC 2315 §9.3).
    private static (string Type, ReadOnlyMemory<byte>? Content) ReadEncapsulatedContent(DerReader fields)
    {
        string type = fields.ReadObjectIdentifier();
        if (!fields.HasData)
        {
            return (type, null);
        }

        DerReader wrapper = fields.ReadExplicit(0);
        fields.ThrowIfNotEmpty();
        ReadOnlyMemory<byte> content = wrapper.NextIs(Asn1Tag.PrimitiveOctetString) ? wrapper.ReadOctetString() : ReadValue(wrapper);
        wrapper.ThrowIfNotEmpty();
        return (type, content);
    }

    private static ReadOnlyMemory<byte> ReadValue(DerReader reader)
    {
        ReadOnlyMemory<byte> value = reader.PeekContent();
        reader.ReadEncodedValue();
        return value;
    }

    private static (List<Certificate> Certificates, int Unreadable) ReadCertificates(DerReader set, IReadOnlyList<Certificate> known)
    {
        var certificates = new List<Certificate>();
        int unreadable = 0, count = 0;
        while (set.HasData)
        {
            Limit(count++, MaximumCertificates, "certificates", set);
            bool isX509 = set.NextIs(Asn1Tag.Sequence); // attribute certificates and other kinds carry context tags (RFC 5652 §10.2.2)
            ReadOnlyMemory<byte> encoded = set.ReadEncodedValue();
            if (!isX509)
            {
                continue;
            }

            if (Certificate.TryDecode(encoded, known, out Certificate? certificate))
            {
                certificates.Add(certificate);
            }
            else
            {
                unreadable++;
            }
        }

        return (certificates, unreadable);
    }

    private static (List<ReadOnlyMemory<byte>> Lists, List<ReadOnlyMemory<byte>> Ocsp) ReadRevocationInfo(DerReader set)
    {
        var lists = new List<ReadOnlyMemory<byte>>();
        var ocsp = new List<ReadOnlyMemory<byte>>();
        int count = 0;
        while (set.HasData)
        {
            Limit(count++, MaximumRevocationEntries, "revocation entries", set);
            if (set.NextIs(Asn1Tag.Sequence))
            {
                lists.Add(set.ReadEncodedValue());
            }
            else if (set.NextIs(s_context1)) // OtherRevocationInfoFormat
            {
                DerReader other = set.ReadSequence(s_context1);
                string format = other.ReadObjectIdentifier();
                ReadOnlyMemory<byte> value = other.ReadEncodedValue();
                other.ThrowIfNotEmpty();
                if (string.Equals(format, Oids.OcspRevocationInfo, StringComparison.Ordinal))
                {
                    ocsp.Add(value);
                }
            }
            else
            {
                set.ReadEncodedValue();
            }
        }

        return (lists, ocsp);
    }

    private static List<SignerInfo> ReadSigners(DerReader set)
    {
        var signers = new List<SignerInfo>(1);
        while (set.HasData)
        {
            Limit(signers.Count, MaximumSigners, "signers", set);
            signers.Add(SignerInfo.Decode(set));
        }

        return signers;
    }

    private static void Limit(int count, int maximum, string what, DerReader at)
    {
        if (count >= maximum)
        {
            throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"more than {maximum} {what}", at.Offset);
        }
    }
}
