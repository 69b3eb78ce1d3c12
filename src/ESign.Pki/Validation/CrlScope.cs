using System.Numerics;
using ESign.Pki.Certificates;
using ESign.Pki.Names;
using ESign.Pki.Revocation;

namespace ESign.Pki.Validation;

/// <summary>Whether a CRL covers a certificate through one of its distribution points, and for which reasons.</summary>
/// <remarks>RFC 5280 §6.3.3 (b), (c), (d).</remarks>
internal static class CrlScope
{
    /// <summary>Every reason of ReasonFlags (§4.2.1.13): bits 1 to 8; bit 0 is unused.</summary>
    public const int AllReasons = 0x1FE;

    /// <summary>
    /// The certificate's distribution points, and at the end the one §6.3.3 assumes for other CRLs of the issuer: no reasons,
    /// no cRLIssuer, and the issuer's name.
    /// </summary>
    public static IEnumerable<DistributionPoint> PointsOf(Certificate certificate, bool usesIndirect)
    {
        if (!usesIndirect && certificate.CrlDistributionPoints is { } points && points.Any(static point => point.CrlIssuer is not null))
        {
            return points.Where(static point => point.CrlIssuer is null);
        }

        var assumed = new DistributionPoint(new DistributionPointName([GeneralName.ForDirectory(certificate.Issuer)], default), Reasons: null, CrlIssuer: null);
        return (certificate.CrlDistributionPoints ?? []).Append(assumed);
    }

    /// <summary>§6.3.3 (b): issuer and scope.</summary>
    public static bool Covers(CertificateRevocationList crl, DistributionPoint point, Certificate certificate)
    {
        IssuingDistributionPoint? idp = crl.IssuingDistributionPoint;
        bool issuerMatches = point.CrlIssuer is { } issuers
            ? idp is { IsIndirect: true } && issuers.Any(name => name.Kind == GeneralNameKind.Directory && name.Directory!.Equals(crl.Issuer)) // (b)(1)
            : crl.Issuer.Equals(certificate.Issuer);
        if (!issuerMatches || idp is null)
        {
            return issuerMatches;
        }

        return NamesMatch(idp, point, crl, certificate) // (b)(2)(i)
            && !(idp.OnlyUserCertificates && certificate.IsAuthority) // (ii)
            && !(idp.OnlyAuthorityCertificates && !certificate.IsAuthority) // (iii)
            && !idp.OnlyAttributeCertificates // (iv)
            && !((idp.OnlyUserCertificates || idp.OnlyAuthorityCertificates) && certificate.Version < 3); // no basic constraints to tell them apart
    }

    /// <summary>How many pairs of names <see cref="Covers"/> may have to compare: both sides are the certificates' and lists' own choice.</summary>
    public static long NamePairs(CertificateRevocationList crl, DistributionPoint point) =>
        (long)(crl.IssuingDistributionPoint?.Name?.FullName?.Count ?? 1) * ((point.Name?.FullName?.Count ?? 1) + (point.CrlIssuer?.Count ?? 0));

    /// <summary>§6.3.3 (d): the reasons this CRL and this point together cover.</summary>
    public static int Reasons(CertificateRevocationList crl, DistributionPoint point) =>
        (crl.IssuingDistributionPoint?.OnlySomeReasons ?? AllReasons) & (point.Reasons ?? AllReasons) & AllReasons;

    /// <summary>§6.3.3 (c) and §5.2.4: whether a delta CRL can be applied to a complete one.</summary>
    public static bool Combines(CertificateRevocationList complete, CertificateRevocationList delta) =>
        delta.Issuer.Equals(complete.Issuer) // (c)(1)
        && SameExtension(complete, delta, ExtensionOid.IssuingDistributionPoint) // (c)(2)
        && SameExtension(complete, delta, ExtensionOid.AuthorityKeyIdentifier) // (c)(3)
        && complete.Number is not null
        && NumberOf(complete) >= ToNumber(delta.DeltaBaseNumber!.Value)
        && NumberOf(complete) < NumberOf(delta); // of one number the complete list is as current, and says more

    /// <summary>The CRL number (§5.2.3); below every number where the list has none.</summary>
    public static BigInteger NumberOf(CertificateRevocationList crl) => crl.Number is { } number ? ToNumber(number) : BigInteger.MinusOne;

    private static bool NamesMatch(IssuingDistributionPoint idp, DistributionPoint point, CertificateRevocationList crl, Certificate certificate)
    {
        if (idp.Name is null)
        {
            return true;
        }

        IReadOnlyList<GeneralName> crlNames = Expand(idp.Name, crl.Issuer);
        IReadOnlyList<GeneralName> pointNames = point.Name is { } name
            ? Expand(name, point.CrlIssuer?.FirstOrDefault(issuer => issuer.Kind == GeneralNameKind.Directory)?.Directory ?? certificate.Issuer)
            : point.CrlIssuer ?? [];
        return crlNames.Any(crlName => pointNames.Any(crlName.Matches));
    }

    // §4.2.1.13: a relative name hangs below the CRL issuer's name.
    private static IReadOnlyList<GeneralName> Expand(DistributionPointName name, DistinguishedName issuer) =>
        name.FullName ?? [GeneralName.ForDirectory(issuer.Append(name.RelativeToIssuer))];

    private static bool SameExtension(CertificateRevocationList a, CertificateRevocationList b, string oid) =>
        (a.Find(oid), b.Find(oid)) switch
        {
            (null, null) => true,
            ({ } x, { } y) => x.Value.Span.SequenceEqual(y.Value.Span),
            _ => false,
        };

    private static BigInteger ToNumber(ReadOnlyMemory<byte> octets) => new(octets.Span, isBigEndian: true);
}
