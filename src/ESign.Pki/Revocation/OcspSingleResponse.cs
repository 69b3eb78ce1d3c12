using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;

namespace ESign.Pki.Revocation;

/// <summary>What a responder says of a certificate.</summary>
internal enum OcspCertificateStatus
{
    Good = 0,
    Revoked = 1,
    Unknown = 2,
}

/// <summary>A responder's answer about one certificate.</summary>
/// <remarks>
/// RFC 6960 §4.2.1: <c>SingleResponse ::= SEQUENCE { certID, certStatus CHOICE { good [0] IMPLICIT NULL, revoked [1] IMPLICIT
/// SEQUENCE { revocationTime GeneralizedTime, revocationReason [0] EXPLICIT CRLReason OPTIONAL }, unknown [2] IMPLICIT NULL },
/// thisUpdate, nextUpdate [0] EXPLICIT OPTIONAL, singleExtensions [1] EXPLICIT OPTIONAL }</c>.
/// </remarks>
internal sealed record OcspSingleResponse(CertificateId Id, OcspCertificateStatus Status, DateTimeOffset ThisUpdate)
{
    public DateTimeOffset? NextUpdate { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public RevocationReason? Reason { get; init; }

    public IReadOnlyList<CertificateExtension> Extensions { get; init; } = [];

    public static OcspSingleResponse Read(DerReader reader)
    {
        DerReader single = reader.ReadSequence();
        CertificateId id = CertificateId.Read(single);
        OcspCertificateStatus status = ReadStatus(single, out DateTimeOffset? revokedAt, out RevocationReason? reason);
        DateTimeOffset thisUpdate = single.ReadGeneralizedTime();
        DateTimeOffset? nextUpdate = single.NextIsContext(0) ? ReadExplicitTime(single.ReadExplicit(0)) : null;
        IReadOnlyList<CertificateExtension> extensions = OcspEncoding.ReadExtensions(single, 1);
        single.ThrowIfNotEmpty();
        return new OcspSingleResponse(id, status, thisUpdate) { NextUpdate = nextUpdate, RevokedAt = revokedAt, Reason = reason, Extensions = extensions };
    }

    public void Write(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            Id.Write(writer);
            WriteStatus(writer);
            writer.WriteGeneralizedTime(ThisUpdate, omitFractionalSeconds: true);
            if (NextUpdate is { } next)
            {
                using (writer.PushSequence(OcspEncoding.Context(0)))
                {
                    writer.WriteGeneralizedTime(next, omitFractionalSeconds: true);
                }
            }

            OcspEncoding.WriteExtensions(writer, 1, Extensions);
        }
    }

    private static OcspCertificateStatus ReadStatus(DerReader single, out DateTimeOffset? revokedAt, out RevocationReason? reason)
    {
        revokedAt = null;
        reason = null;
        if (single.NextIsContext(0))
        {
            single.ReadNull(OcspEncoding.Context(0));
            return OcspCertificateStatus.Good;
        }

        if (single.NextIsContext(2))
        {
            single.ReadNull(OcspEncoding.Context(2));
            return OcspCertificateStatus.Unknown;
        }

        DerReader revoked = single.ReadSequence(OcspEncoding.Context(1));
        revokedAt = revoked.ReadGeneralizedTime();
        if (revoked.NextIsContext(0))
        {
            DerReader wrapper = revoked.ReadExplicit(0);
            reason = (RevocationReason)wrapper.ReadEnumerated();
            wrapper.ThrowIfNotEmpty();
        }

        revoked.ThrowIfNotEmpty();
        return OcspCertificateStatus.Revoked;
    }

    private static DateTimeOffset ReadExplicitTime(DerReader wrapper)
    {
        DateTimeOffset time = wrapper.ReadGeneralizedTime();
        wrapper.ThrowIfNotEmpty();
        return time;
    }

    private void WriteStatus(AsnWriter writer)
    {
        if (Status != OcspCertificateStatus.Revoked)
        {
            writer.WriteNull(OcspEncoding.Context((int)Status));
            return;
        }

        using (writer.PushSequence(OcspEncoding.Context(1)))
        {
            writer.WriteGeneralizedTime(RevokedAt ?? ThisUpdate, omitFractionalSeconds: true);
            if (Reason is { } reason)
            {
                using (writer.PushSequence(OcspEncoding.Context(0)))
                {
                    writer.WriteEnumeratedValue(reason);
                }
            }
        }
    }
}
