using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pki.Cms;

/// <summary>The signed attributes of one signer as DER with a hole where the message digest goes.</summary>
/// <remarks>
/// RFC 5652 §5.3 and §5.4: SET OF Attribute in DER order. Only the 32 to 64 bytes of the digest differ from signature to
/// signature, and they never decide the order: every attribute differs from message-digest in its type already.
/// </remarks>
internal sealed class SignedAttributesTemplate
{
    private readonly byte[] _encoded;
    private readonly int _digestOffset;
    private readonly int _digestSize;

    private SignedAttributesTemplate(byte[] encoded, int digestOffset, int digestSize)
    {
        _encoded = encoded;
        _digestOffset = digestOffset;
        _digestSize = digestSize;
    }

    public int Size => _encoded.Length;

    public static SignedAttributesTemplate Create(string contentType, Certificate signer, SignatureAlgorithm algorithm, AlgorithmIdentifier signature, SignedAttributesProfile profile, ReadOnlyMemory<byte> contentTimestamp)
    {
        int digestSize = algorithm.Digest.SizeInBytes;
        byte[] messageDigest = new CmsAttribute(Oids.MessageDigest, Value(writer => writer.WriteOctetString(new byte[digestSize]))).Encode();
        List<byte[]> attributes =
        [
            new CmsAttribute(Oids.ContentType, Value(writer => writer.WriteObjectIdentifier(contentType))).Encode(),
            messageDigest,
            new CmsAttribute(Oids.SigningCertificateV2, SigningCertificate(signer, algorithm.Digest, profile.IncludeIssuerSerial)).Encode(),
        ];
        AddOptional(attributes, algorithm, signature, profile, contentTimestamp);
        attributes.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));

        int content = attributes.Sum(static attribute => attribute.Length);
        byte[] encoded = new byte[DerLength.Total(content)];
        Span<byte> rest = DerLength.WriteHeader(encoded, 0x31, content);
        int digestOffset = 0;
        foreach (byte[] attribute in attributes)
        {
            attribute.CopyTo(rest);
            rest = rest[attribute.Length..];
            if (ReferenceEquals(attribute, messageDigest))
            {
                digestOffset = encoded.Length - rest.Length - digestSize;
            }
        }

        return new SignedAttributesTemplate(encoded, digestOffset, digestSize);
    }

    /// <summary>The attributes over a content digest: the bytes that are signed, under the universal tag 0x31.</summary>
    public byte[] Fill(ReadOnlySpan<byte> contentDigest)
    {
        if (contentDigest.Length != _digestSize)
        {
            throw new ArgumentException($"The content digest has {contentDigest.Length} bytes; this signature's digest has {_digestSize}.", nameof(contentDigest));
        }

        byte[] attributes = _encoded.AsSpan().ToArray();
        contentDigest.CopyTo(attributes.AsSpan(_digestOffset));
        return attributes;
    }

    private static void AddOptional(List<byte[]> attributes, SignatureAlgorithm algorithm, AlgorithmIdentifier signature, SignedAttributesProfile profile, ReadOnlyMemory<byte> contentTimestamp)
    {
        void Add(string oid, ReadOnlyMemory<byte> value) => attributes.Add(new CmsAttribute(oid, value).Encode());

        if (profile.ProtectAlgorithms)
        {
            Add(Oids.CmsAlgorithmProtection, AlgorithmProtection(algorithm.Digest, signature));
        }

        if (profile.SigningTime is { } time)
        {
            Add(Oids.SigningTime, Value(writer => WriteTime(writer, time)));
        }

        if (profile.CommitmentTypeOid is { } commitment)
        {
            Add(Oids.CommitmentTypeIndication, Value(writer =>
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(commitment);
                }
            }));
        }

        if (profile.Policy is { } policy)
        {
            Add(Oids.SignaturePolicyIdentifier, policy.Encode());
        }

        if (!profile.RevocationInfoArchival.IsEmpty)
        {
            Add(Oids.AdobeRevocationInfoArchival, profile.RevocationInfoArchival);
        }

        if (!contentTimestamp.IsEmpty)
        {
            Add(Oids.ContentTimestamp, contentTimestamp);
        }

        foreach (CmsAttribute attribute in profile.Additional)
        {
            attributes.Add(attribute.Encode());
        }
    }

    private static byte[] SigningCertificate(Certificate signer, DigestAlgorithm digest, bool includeIssuerSerial) =>
        EssCertificateId.EncodeAttribute(new EssCertificateId(
            digest.Oid,
            digest.Compute(signer.RawData.Span),
            includeIssuerSerial ? signer.Issuer.RawData : default,
            includeIssuerSerial ? signer.SerialNumber : default));

    // RFC 6211 §2: CMSAlgorithmProtection ::= SEQUENCE { digestAlgorithm, signatureAlgorithm [1] IMPLICIT OPTIONAL, … }
    private static byte[] AlgorithmProtection(DigestAlgorithm digest, AlgorithmIdentifier signature) => Value(writer =>
    {
        using (writer.PushSequence())
        {
            new AlgorithmIdentifier(digest.Oid).Write(writer);
            signature.Write(writer, new Asn1Tag(TagClass.ContextSpecific, 1));
        }
    });

    // RFC 5652 §11.3: UTCTime for the years 1950 to 2049
    private static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        if (time.UtcDateTime.Year is >= 1950 and < 2050)
        {
            writer.WriteUtcTime(time);
        }
        else
        {
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    }

    private static byte[] Value(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, initialCapacity: 256);
        write(writer);
        return writer.Encode();
    }
}
