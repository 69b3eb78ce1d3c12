using System.Globalization;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification;

/// <summary>Judges certificates now, and where that fails at the time at which their signature is proven to have existed.</summary>
/// <remarks>
/// ETSI EN 319 102-1: §5.2.6 (now), §5.5.4 (with a time) and §5.6.2.2 (the past). Sliding a control time back over
/// expiries and revocations, as §5.6.2.1 describes, comes to this: the path must hold at the proven time, and evidence whose
/// own signer has expired since must be proven to be older than that.
/// </remarks>
internal sealed class TrustJudge
{
    private readonly VerificationPolicy _policy;
    private readonly DateTimeOffset _now;
    private readonly LongTermMaterial _material;
    private readonly ProofsOfExistence _proofs;
    private readonly PathValidator _signers;
    private readonly PathValidator _timestampAuthorities;
    private readonly IReadOnlyList<Certificate> _certificates;
    private readonly IReadOnlyList<IRevocationSource> _sources;
    private readonly Dictionary<(Certificate Certificate, bool IsTimestampAuthority, DateTimeOffset Time), PathVerdict> _known = [];

    public TrustJudge(VerificationPolicy policy, DateTimeOffset now, LongTermMaterial material, ProofsOfExistence proofs)
    {
        _policy = policy;
        _now = now;
        _material = material;
        _proofs = proofs;
        _signers = new PathValidator(policy.TrustAnchors, policy.Path);
        _timestampAuthorities = new PathValidator(policy.TimestampAnchors ?? policy.TrustAnchors, policy.Path);
        _certificates = [.. material.Certificates];
        var given = new GivenRevocationSource(material.Crls, material.OcspResponses);
        _sources = policy.RevocationSource is { } source ? [given, new RememberedRevocationSource(source)] : [given];
    }

    /// <summary>Judges a certificate.</summary>
    /// <param name="target">The certificate.</param>
    /// <param name="isTimestampAuthority">Whether it signed a timestamp.</param>
    /// <param name="provenAt">When its signature is proven to have existed; null when nothing proves it before now.</param>
    /// <param name="notBefore">When its signature is proven not to have existed yet (a content timestamp); null when nothing does.</param>
    /// <param name="cancellationToken">Cancels fetching evidence.</param>
    public async ValueTask<TrustFinding> JudgeAsync(
        Certificate target, bool isTimestampAuthority, DateTimeOffset? provenAt, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        if (_policy.IntegrityOnly)
        {
            return new TrustFinding(Indication.Indeterminate, SubIndication.NoCertificateChainFound, "按要求未判断信任 / trust was not judged, as asked", "ETSI EN 319 102-1 §5.2.6");
        }

        if (provenAt < target.NotBefore)
        {
            return new TrustFinding(Indication.Failed, SubIndication.NotYetValid, Text($"签名在 {provenAt:u} 已存在，早于证书生效时间 {target.NotBefore:u} / the signature existed at {provenAt:u}, before the certificate began at {target.NotBefore:u}"), "ETSI EN 319 102-1 §5.5.4");
        }

        PathVerdict atPresent = await ValidateAsync(target, isTimestampAuthority, _now, cancellationToken).ConfigureAwait(false);
        if (atPresent.IsValid && FindSunset(atPresent, provenAt ?? _now) is { } sunset)
        {
            return sunset;
        }

        if (atPresent.IsValid || provenAt is not { } time || time >= _now)
        {
            return atPresent.IsValid ? Pass(atPresent) : Explain(atPresent, target, notBefore);
        }

        PathVerdict atProof = await ValidateAsync(target, isTimestampAuthority, time, cancellationToken).ConfigureAwait(false);
        return !atProof.IsValid ? Explain(atProof, target, notBefore)
            : (FindSunset(atProof, time) ?? FindUnprovenEvidence(atProof)) is { } problem ? problem
            : Pass(atProof);
    }

    private async ValueTask<PathVerdict> ValidateAsync(Certificate target, bool isTimestampAuthority, DateTimeOffset time, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((target, isTimestampAuthority, time), out PathVerdict? known))
        {
            return known;
        }

        PathVerdict verdict = await (isTimestampAuthority ? _timestampAuthorities : _signers).ValidateAsync(
            new PathRequest
            {
                Target = target,
                Time = time,
                // What is fetched is made after verification began, by a clock that is not ours: five minutes, as openssl ocsp allows.
                EvidenceTime = _policy.RevocationSource is null ? _now : _now.AddMinutes(5),
                Certificates = _certificates,
                RevocationSources = _sources,
                UnknownRevocation = _policy.UnknownRevocation,
                Purpose = isTimestampAuthority ? KeyPurpose.TimeStamping : null,
            },
            cancellationToken).ConfigureAwait(false);
        _known[(target, isTimestampAuthority, time)] = verdict;
        return verdict;
    }

    private static TrustFinding Pass(PathVerdict verdict) => new(
        Indication.Passed,
        SubIndication.None,
        Text($"到 {verdict.Path[^1].Subject} 的证书链在 {verdict.Time:u} 有效 / the path to {verdict.Path[^1].Subject} holds at {verdict.Time:u}"),
        "RFC 5280 §6.1",
        verdict);

    private static TrustFinding Explain(PathVerdict verdict, Certificate target, DateTimeOffset? notBefore)
    {
        PathFinding finding = verdict.Finding!;
        DateTimeOffset? revokedAt = verdict.Revocation.FirstOrDefault(status => status.Certificate.Equals(target))?.RevokedAt;
        (Indication indication, SubIndication sub) = verdict.SubIndication switch
        {
            SubIndication.RevokedNoPoe when notBefore > revokedAt => (Indication.Failed, SubIndication.Revoked),
            SubIndication.OutOfBoundsNoPoe or SubIndication.OutOfBoundsNotRevoked when notBefore > target.NotAfter => (Indication.Failed, SubIndication.Expired),
            SubIndication other => (verdict.Indication, other),
        };
        return new TrustFinding(indication, sub, finding.Message, finding.Citation, verdict);
    }

    /// <summary>§5.2.6: an anchor whose sunset has passed vouches only for what is proven to be older.</summary>
    private TrustFinding? FindSunset(PathVerdict verdict, DateTimeOffset time) =>
        _policy.AnchorSunsetDates.TryGetValue(verdict.Path[^1], out DateTimeOffset sunset) && time > sunset
            ? new TrustFinding(
                Indication.Indeterminate,
                SubIndication.NoCertificateChainFoundNoPoe,
                Text($"信任锚的可信期止于 {sunset:u}，且无法证明签名更早 / the anchor vouches until {sunset:u}, and nothing proves that the signature is older"),
                "ETSI EN 319 102-1 §5.2.6",
                verdict)
            : null;

    /// <summary>§5.6.2.1: evidence counts for the past only if it existed while its signer's certificate was valid.</summary>
    private TrustFinding? FindUnprovenEvidence(PathVerdict verdict)
    {
        foreach (CertificateStatus status in verdict.Revocation)
        {
            foreach (CertificateRevocationList crl in status.Crls)
            {
                Certificate? signer = IssuerOnPath(verdict, status.Certificate);
                if (!IsProven(crl.RawData, signer, verdict))
                {
                    return Unproven("CRL", crl.ThisUpdate, verdict);
                }
            }

            if (status.OcspResponse is { } response)
            {
                if (!IsProven(response.RawData, FindResponder(response, IssuerOnPath(verdict, status.Certificate)), verdict))
                {
                    return Unproven("OCSP", response.ProducedAt, verdict);
                }
            }
        }

        return null;
    }

    private bool IsProven(ReadOnlyMemory<byte> evidence, Certificate? signer, PathVerdict verdict)
    {
        if (signer is null || signer.Equals(verdict.Path[^1]) || signer.NotAfter >= _now)
        {
            return true; // an anchor is trusted whatever its dates
        }

        DateTimeOffset? proven = _material.RevisionOf(evidence) is { } revision ? _proofs.OfContent(revision) : null;
        return proven <= signer.NotAfter;
    }

    /// <summary>Whoever signed the answer; the path was accepted, so it is one of these.</summary>
    private Certificate? FindResponder(OcspResponse response, Certificate? issuer)
    {
        foreach (Certificate candidate in response.Certificates.Concat(_certificates))
        {
            if (response.ResponderName is { } name ? candidate.Subject.Equals(name) : response.Certificates.Contains(candidate))
            {
                return candidate;
            }
        }

        return issuer;
    }

    private static Certificate? IssuerOnPath(PathVerdict verdict, Certificate certificate)
    {
        for (int i = 0; i + 1 < verdict.Path.Count; i++)
        {
            if (verdict.Path[i].Equals(certificate))
            {
                return verdict.Path[i + 1];
            }
        }

        return null;
    }

    private static TrustFinding Unproven(string kind, DateTimeOffset issued, PathVerdict verdict) => new(
        Indication.Indeterminate,
        SubIndication.RevocationOutOfBoundsNoPoe,
        Text($"{issued:u} 的 {kind} 的签发者证书已过期，且无法证明其此前已存在 / the {kind} of {issued:u} was signed by a certificate that has expired, and no timestamp proves that it existed before"),
        "ETSI EN 319 102-1 §5.6.2.1",
        verdict);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
