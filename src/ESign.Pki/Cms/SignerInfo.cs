using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Names;

namespace ESign.Pki.Cms;

/// <summary>One signer of a <see cref="SignedData"/>: who, with what, over which attributes.</summary>
/// <remarks>
/// RFC 5652 §5.3: <c>SignerInfo ::= SEQUENCE { version CMSVersion, sid SignerIdentifier, digestAlgorithm DigestAlgorithmIdentifier,
/// signedAttrs [0] IMPLICIT SignedAttributes OPTIONAL, signatureAlgorithm SignatureAlgorithmIdentifier, signature SignatureValue,
/// unsignedAttrs [1] IMPLICIT UnsignedAttributes OPTIONAL }</c>; PKCS#7 1.5 and GB/T 35275 have the same shape.
/// </remarks>
internal sealed class SignerInfo
{
    private static readonly Asn1Tag s_signedAttributes = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_unsignedAttributes = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag s_keyIdentifier = new(TagClass.ContextSpecific, 0);

    private readonly DistinguishedName? _issuer;

    private SignerInfo(DerReader fields)
    {
        Version = fields.ReadInt32();
        if (fields.NextIs(s_keyIdentifier))
        {
            SubjectKeyIdentifier = fields.ReadOctetString(s_keyIdentifier);
        }
        else
        {
            DerReader issuerAndSerial = fields.ReadSequence();
            ReadOnlyMemory<byte> issuer = issuerAndSerial.ReadEncodedValue();
            SerialNumber = issuerAndSerial.ReadIntegerBytes();
            issuerAndSerial.ThrowIfNotEmpty();
            RawIssuer = issuer;
            _issuer = TryName(issuer);
        }

        DigestAlgorithmIdentifier = AlgorithmIdentifier.Read(fields);
        RawSignedAttributes = fields.NextIs(s_signedAttributes) ? fields.ReadEncodedValue() : default;
        SignatureAlgorithmIdentifier = AlgorithmIdentifier.Read(fields);
        Signature = fields.ReadOctetString();
        ReadOnlyMemory<byte> unsigned = fields.NextIs(s_unsignedAttributes) ? fields.ReadEncodedValue() : default;
        fields.ThrowIfNotEmpty();
        SignedAttributes = RawSignedAttributes.IsEmpty ? [] : CmsAttribute.DecodeAll(RawSignedAttributes, s_signedAttributes);
        UnsignedAttributes = unsigned.IsEmpty ? [] : CmsAttribute.DecodeAll(unsigned, s_unsignedAttributes);
    }

    /// <summary>The version as written: 1 for issuer and serial number, 3 for a key identifier (RFC 5652 §5.3).</summary>
    public int Version { get; }

    /// <summary>The serial number's content octets; empty when the signer is named by a key identifier.</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; }

    /// <summary>The key identifier, or <see langword="null"/> when the signer is named by issuer and serial number.</summary>
    public ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; }

    /// <summary>The digest algorithm's object identifier.</summary>
    public string DigestOid => DigestAlgorithmIdentifier.Oid;

    /// <summary>The signature value.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>The signed attributes in transmitted order.</summary>
    public IReadOnlyList<CmsAttribute> SignedAttributes { get; }

    /// <summary>The unsigned attributes in transmitted order.</summary>
    public IReadOnlyList<CmsAttribute> UnsignedAttributes { get; }

    internal AlgorithmIdentifier DigestAlgorithmIdentifier { get; }

    internal AlgorithmIdentifier SignatureAlgorithmIdentifier { get; }

    /// <summary>The signed attributes as transmitted, under their context tag; empty when there are none.</summary>
    internal ReadOnlyMemory<byte> RawSignedAttributes { get; }

    internal ReadOnlyMemory<byte> RawIssuer { get; }

    /// <summary>RFC 5652 §5.3: the version follows from how the signer is named.</summary>
    internal bool HasConformingVersion => Version == (SubjectKeyIdentifier is null ? 1 : 3);

    internal bool HasSignedAttributes => !RawSignedAttributes.IsEmpty;

    internal static SignerInfo Decode(DerReader set) => new(set.ReadSequence());

    /// <summary>The signing-time attribute (RFC 5652 §11.3), or <see langword="null"/> where it is missing or malformed.</summary>
    public DateTimeOffset? SigningTime
    {
        get
        {
            try
            {
                return FindSignedAttribute(Oids.SigningTime) is { Values: [var value] } ? new DerReader(value, AsnEncodingRules.BER).ReadTime() : null;
            }
            catch (Asn1FormatException)
            {
                return null;
            }
        }
    }

    /// <summary>The signed attribute of a kind, or <see langword="null"/>.</summary>
    /// <param name="oid">The attribute's type in dotted form.</param>
    public CmsAttribute? FindSignedAttribute(string oid) => Find(SignedAttributes, oid);

    /// <summary>The first unsigned attribute of a kind, or <see langword="null"/>.</summary>
    /// <param name="oid">The attribute's type in dotted form.</param>
    public CmsAttribute? FindUnsignedAttribute(string oid) => Find(UnsignedAttributes, oid);

    /// <summary>Whether the signer identifier names this certificate; nothing else about it is looked at.</summary>
    internal bool Identifies(Certificate certificate)
    {
        if (SubjectKeyIdentifier is { } keyIdentifier)
        {
            return MatchesKeyIdentifier(certificate, keyIdentifier.Span);
        }

        return certificate.SerialNumber.Span.SequenceEqual(SerialNumber.Span)
            && (certificate.Issuer.RawData.Span.SequenceEqual(RawIssuer.Span) || certificate.Issuer.Equals(_issuer));
    }

    private static bool MatchesKeyIdentifier(Certificate certificate, ReadOnlySpan<byte> keyIdentifier)
    {
        try
        {
            return certificate.SubjectKeyIdentifier is { } own && own.Span.SequenceEqual(keyIdentifier);
        }
        catch (Asn1FormatException)
        {
            return false;
        }
    }

    private static DistinguishedName? TryName(ReadOnlyMemory<byte> encoded)
    {
        try
        {
            return DistinguishedName.Decode(encoded);
        }
        catch (Asn1FormatException)
        {
            return null; // compared by its bytes only
        }
    }

    private static CmsAttribute? Find(IReadOnlyList<CmsAttribute> attributes, string oid)
    {
        foreach (CmsAttribute attribute in attributes)
        {
            if (string.Equals(attribute.Oid, oid, StringComparison.Ordinal))
            {
                return attribute;
            }
        }

        return null;
    }
}
