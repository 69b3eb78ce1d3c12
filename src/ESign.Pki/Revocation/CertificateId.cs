using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pki.Revocation;

/// <summary>How OCSP names a certificate: digests of its issuer's name and key, and its serial number.</summary>
/// <remarks>RFC 6960 §4.1.1: <c>CertID ::= SEQUENCE { hashAlgorithm, issuerNameHash, issuerKeyHash OCTET STRING, serialNumber }</c>.</remarks>
internal sealed record CertificateId(AlgorithmIdentifier HashAlgorithm, ReadOnlyMemory<byte> IssuerNameHash, ReadOnlyMemory<byte> IssuerKeyHash, ReadOnlyMemory<byte> SerialNumber)
{
    /// <summary>Names a certificate; SHA-1 by default, as every responder understands (RFC 5019 §2.1.1): nothing rests on its strength.</summary>
    public static CertificateId Create(Certificate issuer, ReadOnlyMemory<byte> serialNumber, DigestAlgorithm? digest = null)
    {
        DigestAlgorithm algorithm = digest ?? DigestAlgorithm.Sha1;
        return new CertificateId(
            AlgorithmIdentifier.WithNull(algorithm.Oid),
            algorithm.Compute(issuer.Subject.RawData.Span),
            algorithm.Compute(SubjectPublicKeyInfo.Decode(issuer.SubjectPublicKeyInfo).PublicKey.Span),
            serialNumber);
    }

    /// <summary>Whether this names a certificate of an issuer. False when the digest is one ESign cannot compute.</summary>
    public bool Names(Certificate certificate, Certificate issuer)
    {
        if (!SerialNumber.Span.SequenceEqual(certificate.SerialNumber.Span) || DigestAlgorithm.FromOid(HashAlgorithm.Oid) is not { } digest)
        {
            return false;
        }

        CertificateId expected = Create(issuer, certificate.SerialNumber, digest);
        return IssuerNameHash.Span.SequenceEqual(expected.IssuerNameHash.Span) && IssuerKeyHash.Span.SequenceEqual(expected.IssuerKeyHash.Span);
    }

    public static CertificateId Read(DerReader reader)
    {
        DerReader id = reader.ReadSequence();
        var result = new CertificateId(AlgorithmIdentifier.Read(id), id.ReadOctetString(), id.ReadOctetString(), SerialNumbers.Read(id));
        id.ThrowIfNotEmpty();
        return result;
    }

    public void Write(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            HashAlgorithm.Write(writer);
            writer.WriteOctetString(IssuerNameHash.Span);
            writer.WriteOctetString(IssuerKeyHash.Span);
            SerialNumbers.Write(writer, SerialNumber.Span);
        }
    }
}
