using System.Globalization;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;

namespace ESign.Pki.Validation;

/// <summary>Learns the revocation status of every certificate of a path at the time in question.</summary>
/// <remarks>RFC 5280 §6.1.3 (a)(3) and §6.3, RFC 6960. A revocation any usable evidence shows wins; a suspension yields to newer evidence.</remarks>
internal sealed class RevocationChecker
{
    private readonly PathRequest _question;
    private readonly WorkBudget.Spending _budget;
    private readonly CrlJudge _crls;
    private readonly OcspJudge _ocsp;
    private readonly Dictionary<(Certificate Certificate, Certificate Issuer, Certificate Anchor, DateTimeOffset Time), CertificateStatus> _known = [];

    public RevocationChecker(PathJudgement judgement, TrustAnchors anchors, PathPolicy policy, PathRequest question, SignatureLedger signatures, WorkBudget.Spending budget)
    {
        _question = question;
        _budget = budget;
        var freshness = new EvidenceFreshness(policy, question.EvidenceTime ?? question.Time);
        _crls = new CrlJudge(judgement, anchors, policy, signatures, freshness, budget);
        _ocsp = new OcspJudge(policy, question, signatures, freshness);
    }

    /// <summary>Checks from the anchor downwards: a revoked authority says more than what it issued.</summary>
    public async ValueTask<(IReadOnlyList<CertificateStatus> Statuses, PathFinding? Finding)> CheckPathAsync(
        IReadOnlyList<Certificate> anchorFirst, PathRequest request, CancellationToken cancellationToken)
    {
        var statuses = new List<CertificateStatus>();
        if (request.UnknownRevocation == UnknownRevocation.Off)
        {
            return (statuses, null);
        }

        PathFinding? finding = null;
        for (int i = 1; i < anchorFirst.Count && finding is null; i++)
        {
            CertificateStatus status = await CheckAsync(anchorFirst[i], anchorFirst[i - 1], anchorFirst[0], request.Time, cancellationToken).ConfigureAwait(false);
            statuses.Insert(0, status);
            finding = Judge(status, request.UnknownRevocation);
        }

        return (statuses, finding);
    }

    /// <summary>What is known of a target that has expired: tells "expired" from "expired, and never revoked".</summary>
    public async ValueTask<IReadOnlyList<CertificateStatus>> CheckExpiredTargetAsync(IReadOnlyList<Certificate> anchorFirst, PathRequest request, CancellationToken cancellationToken) =>
        request.UnknownRevocation == UnknownRevocation.Off
            ? []
            : [await CheckAsync(anchorFirst[^1], anchorFirst[^2], anchorFirst[0], request.Time, cancellationToken).ConfigureAwait(false)];

    private async ValueTask<CertificateStatus> CheckAsync(Certificate certificate, Certificate issuer, Certificate anchor, DateTimeOffset time, CancellationToken cancellationToken)
    {
        (Certificate, Certificate, Certificate, DateTimeOffset) key = (certificate, issuer, anchor, time);
        if (!_known.TryGetValue(key, out CertificateStatus? status))
        {
            status = await LearnAsync(certificate, issuer, anchor, time, cancellationToken).ConfigureAwait(false);
            _known[key] = status;
        }

        return status;
    }

    private async ValueTask<CertificateStatus> LearnAsync(Certificate certificate, Certificate issuer, Certificate anchor, DateTimeOffset time, CancellationToken cancellationToken)
    {
        // ETSI EN 319 412-1 §5.2: the certificate lives so briefly that its issuer never revokes it.
        if (certificate.FindExtension(ExtensionOid.ValidityAssuredShortTerm) is not null)
        {
            return new CertificateStatus(certificate, RevocationStatus.Good) { Remarks = ["短期证书，无需吊销信息 / validity assured, short term: no revocation information"] };
        }

        var facts = new List<RevocationFact>();
        var remarks = new EvidenceRemarks();
        foreach (IRevocationSource source in _question.RevocationSources)
        {
            RevocationEvidence evidence = await source.FindAsync(certificate, issuer, cancellationToken).ConfigureAwait(false);
            foreach (OcspResponse response in evidence.OcspResponses.TakeWhile(_ => _budget.TryRevocationObject()))
            {
                foreach (RevocationFact fact in _ocsp.Read(response, certificate, issuer, time, remarks))
                {
                    if (await DelegateStandsAsync(fact, evidence, issuer, anchor, time, remarks, cancellationToken).ConfigureAwait(false))
                    {
                        facts.Add(fact);
                    }
                }
            }

            if (evidence.Crls.Count > 0)
            {
                RevocationFact? fact = await _crls.ReadAsync(evidence.Crls, certificate, issuer, anchor, time, remarks, cancellationToken).ConfigureAwait(false);
                facts.AddRange(fact is null ? [] : [fact]);
            }
        }

        return Combine(certificate, facts, remarks, time);
    }

    // RFC 6960 §4.2.2.2.1: unless its issuer says "no check", a delegated responder may itself be revoked. Where nothing tells, it stands.
    private async ValueTask<bool> DelegateStandsAsync(
        RevocationFact fact, RevocationEvidence evidence, Certificate issuer, Certificate anchor, DateTimeOffset time, EvidenceRemarks remarks, CancellationToken cancellationToken)
    {
        if (fact.Delegate is not { HasOcspNoCheck: false } responder || evidence.Crls.Count == 0)
        {
            return true;
        }

        try
        {
            RevocationFact? status = await _crls.ReadAsync(evidence.Crls, responder, issuer, anchor, time, new EvidenceRemarks(), cancellationToken).ConfigureAwait(false);
            if (status is null || status.StatusAt(time) == RevocationStatus.Good)
            {
                return true;
            }
        }
        catch (Asn1FormatException exception)
        {
            remarks.Add("OCSP: the responder's certificate is malformed: " + exception.Detail);
            return false;
        }

        remarks.Add("OCSP: the responder's certificate is revoked");
        return false;
    }

    private static CertificateStatus Combine(Certificate certificate, List<RevocationFact> facts, EvidenceRemarks remarks, DateTimeOffset time)
    {
        if (facts.Count == 0)
        {
            return new CertificateStatus(certificate, RevocationStatus.Unknown) { Remarks = remarks.Texts, EvidenceWasStale = remarks.WasStale, EvidenceWasOutOfBounds = remarks.WasOutOfBounds };
        }

        RevocationFact newest = facts.MaxBy(fact => fact.ThisUpdate)!;
        RevocationFact decisive = facts.Find(fact => fact.StatusAt(time) == RevocationStatus.Revoked) ?? newest;
        return new CertificateStatus(certificate, decisive.StatusAt(time))
        {
            RevokedAt = decisive.RevokedAt,
            Reason = decisive.Reason,
            InvalidityDate = decisive.InvalidityDate,
            Crls = decisive.Crls,
            OcspResponse = decisive.OcspResponse,
            ThisUpdate = decisive.ThisUpdate,
            NextUpdate = decisive.NextUpdate,
        };
    }

    private static PathFinding? Judge(CertificateStatus status, UnknownRevocation unknown)
    {
        string reason = status.Reason is { } known ? $" ({known})" : "";
        switch (status.Status)
        {
            case RevocationStatus.Revoked:
                return new PathFinding(PathErrorCode.Revoked, "RFC 5280 §6.1.3 (a)(3)", string.Create(CultureInfo.InvariantCulture, $"证书已于{status.RevokedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}吊销{reason} / revoked on {status.RevokedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}{reason}"), status.Certificate);
            case RevocationStatus.OnHold:
                return new PathFinding(PathErrorCode.OnHold, "RFC 5280 §6.1.3 (a)(3)", string.Create(CultureInfo.InvariantCulture, $"证书自{status.RevokedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}起挂起 / on hold since {status.RevokedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}"), status.Certificate);
            case RevocationStatus.Unknown when unknown == UnknownRevocation.Reject:
                string why = string.Join("; ", status.Remarks);
                string message = why.Length > 0 ? $"无法确定吊销状态：{why} / the revocation status is unknown: {why}" : "无法确定吊销状态 / the revocation status is unknown";
                return new PathFinding(PathErrorCode.RevocationUnknown, "RFC 5280 §6.3.3", message, status.Certificate);
            default:
                return null;
        }
    }
}
