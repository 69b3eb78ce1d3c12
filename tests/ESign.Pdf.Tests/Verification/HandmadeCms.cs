using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ESign.Pdf.Tests.Verification;

/// <summary>A CMS value written member by member (RFC 5652 §5), so that each can be wrong.</summary>
internal sealed record HandmadeCms
{
    public const string Data = "1.2.840.113549.1.7.1";
    public const string ContentTypeAttribute = "1.2.840.113549.1.9.3";
    public const string MessageDigestAttribute = "1.2.840.113549.1.9.4";
    public const string SigningCertificate = "1.2.840.113549.1.9.16.2.12";
    public const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    public const string Sha1 = "1.3.14.3.2.26";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string Sha512 = "2.16.840.1.101.3.4.2.3";

    private static readonly Asn1Tag s_context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_context1 = new(TagClass.ContextSpecific, 1, isConstructed: true);

    public required X509Certificate2 Signer { get; init; }

    /// <summary>Makes the signature value of the bytes it is given.</summary>
    public required Func<byte[], byte[]> Sign { get; init; }

    public string DigestOid { get; init; } = Sha256;

    /// <summary>The DER of the signature's AlgorithmIdentifier; RSA with SHA-256 by default.</summary>
    public byte[] Algorithm { get; init; } = Identifier("1.2.840.113549.1.1.11", [5, 0]);

    public string ContentType { get; init; } = Data;

    /// <summary>Enclosed content; null when it is detached.</summary>
    public byte[]? Enclosed { get; init; }

    /// <summary>Type and encoded values, in the order in which they are written; none for a signature over the content itself.</summary>
    public IReadOnlyList<(string Oid, byte[][] Values)> Attributes { get; init; } = [];

    /// <summary>The UnsignedAttributes after the signature value.</summary>
    public IReadOnlyList<(string Oid, byte[] Value)> Unsigned { get; init; } = [];

    /// <summary>Other elements of the certificate set, encoded.</summary>
    public IReadOnlyList<byte[]> OtherCertificates { get; init; } = [];

    public bool NamesTheKey { get; init; }

    /// <summary>Whether the attributes are signed as the SET OF they should be sorted into (§5.4), or as they are written.</summary>
    public bool SignsSorted { get; init; }

    /// <summary>Whether the outer structures have indefinite lengths (X.690 §8.1.3.6).</summary>
    public bool IsIndefinite { get; init; }

    /// <summary>What PAdES asks for: content type, message digest, signing certificate.</summary>
    public static IReadOnlyList<(string Oid, byte[][] Values)> Baseline(X509Certificate2 signer, byte[] digest) =>
        [(ContentTypeAttribute, [ObjectIdentifier(Data)]), (MessageDigestAttribute, [OctetString(digest)]), (SigningCertificateV2, [Ess(SHA256.HashData(signer.RawData))])];

    /// <summary>SigningCertificateV2 with one identifier (RFC 5035 §4); the same without algorithm is version 1.</summary>
    public static byte[] Ess(byte[] hash, string? digestOid = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            if (digestOid is not null)
            {
                writer.WriteEncodedValue(Identifier(digestOid));
            }

            writer.WriteOctetString(hash);
        }

        return writer.Encode();
    }

    public static byte[] ObjectIdentifier(string oid) => Write(writer => writer.WriteObjectIdentifier(oid));

    public static byte[] OctetString(byte[] value) => Write(writer => writer.WriteOctetString(value));

    public static byte[] Identifier(string oid, byte[]? parameters = null) => Write(writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (parameters is not null)
            {
                writer.WriteEncodedValue(parameters);
            }
        }
    });

    public byte[] Encode(byte[] content)
    {
        byte[] signedData = Write(writer =>
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf())
                {
                    writer.WriteEncodedValue(Identifier(DigestOid, [5, 0]));
                }

                WriteEncapsulated(writer);
                using (writer.PushSetOf(s_context0))
                {
                    writer.WriteEncodedValue(Signer.RawData);
                    foreach (byte[] other in OtherCertificates)
                    {
                        writer.WriteEncodedValue(other);
                    }
                }

                using (writer.PushSetOf())
                {
                    WriteSigner(writer, content);
                }
            }
        });
        byte[] type = ObjectIdentifier("1.2.840.113549.1.7.2");
        return IsIndefinite
            ? [0x30, 0x80, .. type, 0xA0, 0x80, .. Indefinite(signedData), 0, 0, 0, 0]
            : Write(writer =>
            {
                using (writer.PushSequence())
                {
                    writer.WriteEncodedValue(type);
                    using (writer.PushSequence(s_context0))
                    {
                        writer.WriteEncodedValue(signedData);
                    }
                }
            });
    }

    private void WriteEncapsulated(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(ContentType);
            if (Enclosed is { } enclosed)
            {
                using (writer.PushSequence(s_context0))
                {
                    writer.WriteOctetString(enclosed);
                }
            }
        }
    }

    private void WriteSigner(AsnWriter writer, byte[] content)
    {
        byte[] attributes = AttributeSet(Attributes);
        byte[] covered = Attributes.Count == 0 ? content : SignsSorted ? AttributeSet([.. Attributes.OrderBy(attribute => Convert.ToHexString(Encoded(attribute)), StringComparer.Ordinal)]) : attributes;
        using (writer.PushSequence())
        {
            writer.WriteInteger(NamesTheKey ? 3 : 1);
            WriteIdentifier(writer);
            writer.WriteEncodedValue(Identifier(DigestOid, [5, 0]));
            if (Attributes.Count > 0)
            {
                writer.WriteEncodedValue([0xA0, .. attributes.AsSpan(1)]);
            }

            writer.WriteEncodedValue(Algorithm);
            writer.WriteOctetString(Sign(covered));
            if (Unsigned.Count > 0)
            {
                byte[] unsigned = AttributeSet([.. Unsigned.Select(attribute => (attribute.Oid, new[] { attribute.Value }))]);
                writer.WriteEncodedValue([0xA1, .. unsigned.AsSpan(1)]);
            }
        }
    }

    private void WriteIdentifier(AsnWriter writer)
    {
        if (NamesTheKey)
        {
            X509SubjectKeyIdentifierExtension key = Signer.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single();
            writer.WriteOctetString(key.SubjectKeyIdentifierBytes.Span, new Asn1Tag(TagClass.ContextSpecific, 0));
            return;
        }

        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(Signer.IssuerName.RawData);
            writer.WriteInteger(Signer.SerialNumberBytes.Span);
        }
    }

    private static byte[] AttributeSet(IReadOnlyList<(string Oid, byte[][] Values)> attributes) => Write(writer =>
    {
        using (writer.PushSetOf())
        {
            foreach ((string Oid, byte[][] Values) attribute in attributes)
            {
                writer.WriteEncodedValue(Encoded(attribute));
            }
        }
    });

    private static byte[] Encoded((string Oid, byte[][] Values) attribute) => Write(writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(attribute.Oid);
            using (writer.PushSetOf())
            {
                foreach (byte[] value in attribute.Values)
                {
                    writer.WriteEncodedValue(value);
                }
            }
        }
    });

    /// <summary>A constructed value with the same members, without its length.</summary>
    private static byte[] Indefinite(byte[] constructed)
    {
        AsnDecoder.ReadEncodedValue(constructed, AsnEncodingRules.BER, out int start, out int length, out _);
        return [constructed[0], 0x80, .. constructed.AsSpan(start, length), 0, 0];
    }

    /// <summary>BER, so that sets stay in the order in which they are given.</summary>
    private static byte[] Write(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        write(writer);
        return writer.Encode();
    }
}
