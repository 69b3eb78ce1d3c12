using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;

namespace ESign.Pki.Validation;

/// <summary>Learns from CRLs whether a certificate is revoked.</summary>
/// <remarks>RFC 5280 §6.3.3, its lettered steps named at the calls.</remarks>
internal sealed class CrlJudge(PathJudgement judgement, TrustAnchors anchors, PathPolicy policy, SignatureLedger signatures, EvidenceFreshness freshness, WorkBudget.Spending budget)
{
    private static readonly HashSet<string> s_understood = new(StringComparer.Ordinal)
    {
        ExtensionOid.AuthorityKeyIdentifier, ExtensionOid.IssuerAlternativeName, ExtensionOid.CrlNumber, ExtensionOid.DeltaCrlIndicator,
        ExtensionOid.IssuingDistributionPoint, ExtensionOid.FreshestCrl, ExtensionOid.ExpiredCertsOnCrl, ExtensionOid.AuthorityInformationAccess,
    };

    private readonly Dictionary<(CertificateRevocationList Crl, Certificate Issuer, Certificate Anchor, DateTimeOffset Time), string?> _signerRefusals = [];

    /// <summary>The status the lists at hand show, or <see langword="null"/> when they do not cover every reason.</summary>
    public async ValueTask<RevocationFact?> ReadAsync(
        IReadOnlyList<CertificateRevocationList> crls, Certificate certificate, Certificate issuer, Certificate anchor, DateTimeOffset time, EvidenceRemarks remarks, CancellationToken cancellationToken)
    {
        int reasons = 0;
        RevocationFact? good = null;
        CertificateRevocationList[] complete = [.. NewestFirst(crls.Where(crl => !crl.IsDelta))];
        CertificateRevocationList[] deltas = [.. NewestFirst(crls.Where(crl => crl.IsDelta))];
        foreach (DistributionPoint point in CrlScope.PointsOf(certificate, policy.UsesIndirectCrls))
        {
            foreach (CertificateRevocationList crl in complete)
            {
                if (!budget.TryRevocationObject())
                {
                    remarks.Add("CRL: more lists and distribution points than the work budget allows");
                    return null;
                }

                int added = CrlScope.Reasons(crl, point) & ~reasons; // (d), (e)
                if ((added == 0 && !ListsForEver(crl, certificate)) || !budget.TryNameComparisons(CrlScope.NamePairs(crl, point)) || !CrlScope.Covers(crl, point, certificate)) // (b)
                {
                    continue;
                }

                var scope = new Scope(certificate, issuer, anchor, time);
                if (await RefuseAsync(crl, scope, cancellationToken).ConfigureAwait(false) is { } refusal) // (f), (g)
                {
                    remarks.Add("CRL: " + refusal);
                    continue;
                }

                CertificateRevocationList? delta = await FindDeltaAsync(crl, deltas, scope, cancellationToken).ConfigureAwait(false); // (c), (h)
                if (Look(crl, delta, scope, remarks) is not { } fact) // (a), (i), (j), (k)
                {
                    continue;
                }

                if (fact.RevokedAt is not null)
                {
                    return fact;
                }

                good = good is null ? fact : good with { Crls = [.. good.Crls, .. fact.Crls], ThisUpdate = Earlier(good.ThisUpdate, fact.ThisUpdate) };
                reasons |= added; // (l)
            }
        }

        if (good is not null && reasons != CrlScope.AllReasons)
        {
            remarks.Add("CRL: the lists at hand do not cover every reason for revocation");
        }

        return reasons == CrlScope.AllReasons ? good : null;
    }

    private static IEnumerable<CertificateRevocationList> NewestFirst(IEnumerable<CertificateRevocationList> crls) =>
        crls.OrderByDescending(static crl => crl.ThisUpdate).ThenByDescending(CrlScope.NumberOf);

    // Only a suspension is ever lifted (§5.3.1): what one list says to be revoked, no other can say to be good.
    private static bool ListsForEver(CertificateRevocationList crl, Certificate certificate) =>
        crl.Find(certificate.Issuer, certificate.SerialNumber) is { Reason: not (RevocationReason.CertificateHold or RevocationReason.RemoveFromCrl) };

    // A list says what is revoked as of thisUpdate (§5.1.2.4): a date after that cannot put off what it says.
    private static DateTimeOffset? NoLaterThan(DateTimeOffset thisUpdate, DateTimeOffset? revokedAt) =>
        revokedAt is { } date ? Earlier(date, thisUpdate) : null;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private async ValueTask<CertificateRevocationList?> FindDeltaAsync(CertificateRevocationList complete, CertificateRevocationList[] deltas, Scope scope, CancellationToken cancellationToken)
    {
        foreach (CertificateRevocationList delta in deltas)
        {
            if (CrlScope.Combines(complete, delta)
                && freshness.Suits("delta CRL", delta.ThisUpdate, delta.NextUpdate, scope.Time, new EvidenceRemarks())
                && await RefuseAsync(delta, scope, cancellationToken).ConfigureAwait(false) is null)
            {
                return delta;
            }
        }

        return null;
    }

    private RevocationFact? Look(CertificateRevocationList crl, CertificateRevocationList? delta, Scope scope, EvidenceRemarks remarks)
    {
        // (a): a current delta brings an older complete list up to date.
        if (delta is null && !freshness.Suits("CRL", crl.ThisUpdate, crl.NextUpdate, scope.Time, remarks))
        {
            return null;
        }

        CertificateRevocationList newest = delta ?? crl;
        CrlEntry? entry = delta?.Find(scope.Certificate.Issuer, scope.Certificate.SerialNumber) // (i)
            ?? crl.Find(scope.Certificate.Issuer, scope.Certificate.SerialNumber); // (j)
        if (entry?.Reason == RevocationReason.RemoveFromCrl)
        {
            entry = null; // (k)
        }

        // §3.3: an entry may go once a list later than the certificate's end carried it, unless the list promises to keep it.
        if (entry is null && newest.ThisUpdate > scope.Certificate.NotAfter && !(newest.ExpiredCertificatesFrom <= scope.Certificate.NotAfter))
        {
            remarks.Add("CRL: issued after the certificate expired, and does not promise to keep expired certificates");
            return null;
        }

        return new RevocationFact(newest.ThisUpdate, newest.NextUpdate)
        {
            RevokedAt = NoLaterThan(newest.ThisUpdate, entry?.RevokedAt),
            Reason = entry?.Reason,
            InvalidityDate = entry?.InvalidityDate,
            Crls = delta is null ? [crl] : [crl, delta],
        };
    }

    private async ValueTask<string?> RefuseAsync(CertificateRevocationList crl, Scope scope, CancellationToken cancellationToken)
    {
        if (RefuseContent(crl) is { } refusal)
        {
            return refusal;
        }

        (CertificateRevocationList, Certificate, Certificate, DateTimeOffset) key = (crl, scope.Issuer, scope.Anchor, scope.Time);
        if (!_signerRefusals.TryGetValue(key, out string? known))
        {
            known = await RefuseSignerAsync(crl, scope, cancellationToken).ConfigureAwait(false);
            _signerRefusals[key] = known;
        }

        return known;
    }

    private string? RefuseContent(CertificateRevocationList crl)
    {
        if (!policy.UsesIndirectCrls && crl.IssuingDistributionPoint is { IsIndirect: true })
        {
            return "it is indirect, and indirect lists are not used";
        }

        if (crl.NamesOtherIssuers && crl.IssuingDistributionPoint is not { IsIndirect: true })
        {
            return "an entry names another issuer, but the list is not indirect (RFC 5280 §5.3.3)";
        }

        if (crl.HasUnknownCriticalEntryExtension)
        {
            return "an entry has a critical extension that is not understood (RFC 5280 §5.3)";
        }

        if (crl.Extensions.FirstOrDefault(extension => extension.IsCritical && !s_understood.Contains(extension.Oid)) is { } unknown)
        {
            return $"a critical extension is not understood: {unknown.Oid} (RFC 5280 §5.2)";
        }

        if (policy.Strictness != ProfileStrictness.FullProfile)
        {
            return null;
        }

        return crl.Find(ExtensionOid.CrlNumber) is not { IsCritical: false } ? "the CRL number is missing or critical (RFC 5280 §5.2.3)"
            : crl.HasRepeatedEntry ? "it lists a certificate twice (RFC 5280 §5.1.2.6: certificates are identified uniquely)"
            : null;
    }

    // (f): a certificate with the CRL issuer's name, on a path from the same anchor, whose key may sign CRLs and did sign this one.
    private async ValueTask<string?> RefuseSignerAsync(CertificateRevocationList crl, Scope scope, CancellationToken cancellationToken)
    {
        string refusal = "no certificate of its issuer is at hand";
        foreach (Certificate signer in Signers(crl, scope))
        {
            if (policy.Algorithms.Refuse(crl.SignatureAlgorithm, signer, scope.Time) is { } weak)
            {
                refusal = $"{weak} is not believed at this time";
                continue;
            }

            if (!signatures.Check(signer, crl.SignatureAlgorithm, crl.TbsCertList, crl.SignatureValue).IsValid)
            {
                refusal = "its signature is wrong";
                continue;
            }

            string? refused = await RefuseSignerCertificateAsync(signer, crl, scope, cancellationToken).ConfigureAwait(false);
            if (refused is null)
            {
                return null;
            }

            refusal = refused;
        }

        return refusal;
    }

    private async ValueTask<string?> RefuseSignerCertificateAsync(Certificate signer, CertificateRevocationList crl, Scope scope, CancellationToken cancellationToken)
    {
        if (MayNotSignCrls(signer))
        {
            return "its signer's key may not sign CRLs (RFC 5280 §6.3.3 (f))";
        }

        // Its path is the one being judged; or it is the anchor's other key, which the caller trusts as well (a key rollover).
        if (signer.Equals(scope.Issuer) || signer.Equals(scope.Anchor)
            || (anchors.Contains(signer) && signer.Subject.Equals(scope.Anchor.Subject)))
        {
            return null;
        }

        DateTimeOffset at = crl.ThisUpdate > scope.Time ? crl.ThisUpdate : scope.Time;
        PathFinding? finding = await judgement.RefuseCrlSignerAsync(signer, scope.Anchor, at, cancellationToken).ConfigureAwait(false);
        return finding is null ? null : "its signer: " + finding.Message;
    }

    private IEnumerable<Certificate> Signers(CertificateRevocationList crl, Scope scope) =>
        new[] { scope.Issuer, scope.Anchor }
            .Where(candidate => candidate.Subject.Equals(crl.Issuer))
            .Concat(judgement.FindBySubject(crl.Issuer))
            .Distinct();

    private static bool MayNotSignCrls(Certificate signer)
    {
        try
        {
            return signer.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.CrlSign);
        }
        catch (Asn1FormatException)
        {
            return true;
        }
    }

    /// <summary>The certificate in question, its issuer and anchor on the path being judged, and the time.</summary>
    private sealed record Scope(Certificate Certificate, Certificate Issuer, Certificate Anchor, DateTimeOffset Time);
}
