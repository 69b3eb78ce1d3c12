using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Cms;

/// <summary>Which certificate a signer says verifies the signature: a hash and, optionally, issuer and serial number.</summary>
/// <remarks>
/// RFC 5035 §4: <c>ESSCertIDv2 ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier DEFAULT sha256, certHash OCTET STRING,
/// issuerSerial IssuerSerial OPTIONAL }</c>; RFC 2634 §5.4.1: version 1 is the same with SHA-1 and no algorithm.
/// <c>IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber INTEGER }</c>, one directoryName.
/// </remarks>
internal sealed record EssCertificateId(string DigestOid, ReadOnlyMemory<byte> Hash, ReadOnlyMemory<byte> Issuer, ReadOnlyMemory<byte> SerialNumber)
{
    /// <summary>A signer names its own path; paths are not longer.</summary>
    private const int MaximumCount = 64;

    private static readonly Asn1Tag s_directoryName = new(TagClass.ContextSpecific, 4, isConstructed: true);

    public bool HasIssuerSerial => !SerialNumber.IsEmpty;

    /// <summary>Reads the value of a signing-certificate (v1) or signing-certificate-v2 attribute.</summary>
    /// <returns>At least one identifier; the first names the signer's certificate (RFC 5035 §3).</returns>
    public static IReadOnlyList<EssCertificateId> DecodeAttribute(ReadOnlyMemory<byte> value, bool version2)
    {
        DerReader attribute = DerReader.OpenSequence(value, AsnEncodingRules.BER);
        DerReader list = attribute.ReadSequence();
        if (attribute.HasData)
        {
            attribute.ReadSequence(); // policies: a hint nobody uses
            attribute.ThrowIfNotEmpty();
        }

        var ids = new List<EssCertificateId>(1);
        while (list.HasData)
        {
            if (ids.Count == MaximumCount)
            {
                throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"more than {MaximumCount} certificate identifiers", list.Offset);
            }

            ids.Add(DecodeOne(list.ReadSequence(), version2));
        }

        return ids;
    }

    /// <summary>Writes the value of a signing-certificate-v2 attribute that names one certificate.</summary>
    public static byte[] EncodeAttribute(EssCertificateId id)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 128 + id.Hash.Length + id.Issuer.Length + id.SerialNumber.Length);
        using (writer.PushSequence()) // SigningCertificateV2
        using (writer.PushSequence()) // certs
        using (writer.PushSequence()) // ESSCertIDv2
        {
            if (!string.Equals(id.DigestOid, Oids.Sha256, StringComparison.Ordinal))
            {
                using (writer.PushSequence()) // hashAlgorithm; DER omits the default
                {
                    writer.WriteObjectIdentifier(id.DigestOid);
                }
            }

            writer.WriteOctetString(id.Hash.Span);
            if (id.HasIssuerSerial)
            {
                using (writer.PushSequence()) // issuerSerial
                {
                    using (writer.PushSequence()) // GeneralNames
                    using (writer.PushSequence(s_directoryName))
                    {
                        writer.WriteEncodedValue(id.Issuer.Span);
                    }

                    writer.WriteInteger(id.SerialNumber.Span);
                }
            }
        }

        return writer.Encode();
    }

    private static EssCertificateId DecodeOne(DerReader fields, bool version2)
    {
        string digest = version2 ? Oids.Sha256 : Oids.Sha1;
        if (version2 && fields.NextIs(Asn1Tag.Sequence))
        {
            digest = AlgorithmIdentifier.Read(fields).Oid;
        }

        ReadOnlyMemory<byte> hash = fields.ReadOctetString();
        ReadOnlyMemory<byte> issuer = default;
        ReadOnlyMemory<byte> serial = default;
        if (fields.HasData)
        {
            DerReader issuerSerial = fields.ReadSequence();
            DerReader names = issuerSerial.ReadSequence();
            DerReader name = names.ReadSequence(s_directoryName);
            issuer = name.ReadEncodedValue();
            name.ThrowIfNotEmpty();
            names.ThrowIfNotEmpty();
            serial = issuerSerial.ReadIntegerBytes();
            issuerSerial.ThrowIfNotEmpty();
        }

        fields.ThrowIfNotEmpty();
        return new EssCertificateId(digest, hash, issuer, serial);
    }
}
