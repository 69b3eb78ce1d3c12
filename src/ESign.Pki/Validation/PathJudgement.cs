using ESign.Pki.Certificates;
using ESign.Pki.Names;

namespace ESign.Pki.Validation;

/// <summary>One judgement: the search over candidate paths, the checks of each, and the paths of those who sign revocation evidence.</summary>
internal sealed class PathJudgement
{
    private readonly TrustAnchors _anchors;
    private readonly PathPolicy _policy;
    private readonly WorkBudget.Spending _budget;
    private readonly SignatureLedger _signatures;
    private readonly HashSet<Certificate> _signersInProgress = [];
    private readonly RevocationChecker _revocation;
    private readonly PathRequest _question;
    private readonly CertificateIndex _pool;

    public PathJudgement(TrustAnchors anchors, PathPolicy policy, PathRequest question)
    {
        _anchors = anchors;
        _policy = policy;
        _question = question;
        _pool = new CertificateIndex(question.Certificates);
        _budget = policy.Budget.Start();
        _signatures = new SignatureLedger(_budget, policy.Sm2UserId);
        _revocation = new RevocationChecker(this, anchors, policy, question, _signatures, _budget);
    }

    public async ValueTask<PathVerdict> JudgeAsync(PathRequest request, CancellationToken cancellationToken)
    {
        var failures = new List<Failure>();
        var builder = new PathBuilder(_anchors, _pool, request.Time, _signatures, _budget);
        foreach (IReadOnlyList<Certificate> anchorFirst in builder.FindPaths(request.Target))
        {
            if (!_budget.TryPath())
            {
                break;
            }

            var processor = new PathProcessor(request, _policy, anchorFirst, _signatures, _budget);
            PathFinding? finding = processor.Process();
            IReadOnlyList<CertificateStatus> statuses = [];
            if (finding is null)
            {
                (statuses, finding) = await _revocation.CheckPathAsync(anchorFirst, request, cancellationToken).ConfigureAwait(false);
            }
            else if (finding.Code == PathErrorCode.Expired && ReferenceEquals(finding.Certificate, request.Target) && anchorFirst.Count > 1)
            {
                statuses = await _revocation.CheckExpiredTargetAsync(anchorFirst, request, cancellationToken).ConfigureAwait(false);
            }

            IReadOnlyList<Certificate> targetFirst = [.. anchorFirst.Reverse()];
            if (finding is null)
            {
                return new PathVerdict
                {
                    Indication = Indication.Passed,
                    SubIndication = SubIndication.None,
                    Time = request.Time,
                    Path = targetFirst,
                    UserConstrainedPolicies = processor.UserConstrainedPolicies,
                    Revocation = statuses,
                };
            }

            failures.Add(new Failure(targetFirst, finding, statuses));
        }

        return Fail(request, builder, failures);
    }

    /// <summary>The anchors and the certificates given, the target among them, that have this subject.</summary>
    public IEnumerable<Certificate> FindBySubject(DistinguishedName subject) => _anchors.FindBySubject(subject)
        .Concat(_pool.FindBySubject(subject))
        .Concat(_question.Target.Subject.Equals(subject) ? [_question.Target] : []);

    /// <summary>Judges the signer of a CRL (RFC 5280 §6.3.3 (f)): the same anchor, cRLSign, and revocation unless that leads back to it.</summary>
    /// <returns>Why the signer cannot be believed, or <see langword="null"/>.</returns>
    public async ValueTask<PathFinding?> RefuseCrlSignerAsync(Certificate signer, Certificate anchor, DateTimeOffset time, CancellationToken cancellationToken)
    {
        bool leadsBack = !_signersInProgress.Add(signer);
        try
        {
            PathVerdict verdict = await JudgeAsync(
                new PathRequest
                {
                    Target = signer,
                    Time = time,
                    EvidenceTime = _question.EvidenceTime ?? _question.Time,
                    Certificates = _question.Certificates,
                    RevocationSources = _question.RevocationSources,
                    UnknownRevocation = leadsBack ? UnknownRevocation.Off : _question.UnknownRevocation,
                    RequiredKeyUsage = KeyUsages.CrlSign,
                },
                cancellationToken).ConfigureAwait(false);
            return verdict.Finding ?? (verdict.Path[^1].Equals(anchor)
                ? null
                : new PathFinding(PathErrorCode.NoPath, "RFC 5280 §6.3.3 (f)", "CRL 签发者的信任锚不同 / the CRL's signer leads to another trust anchor", signer));
        }
        finally
        {
            if (!leadsBack)
            {
                _signersInProgress.Remove(signer);
            }
        }
    }

    private PathVerdict Fail(PathRequest request, PathBuilder builder, List<Failure> failures)
    {
        if (_budget.IsExhausted)
        {
            failures.Add(new Failure([request.Target], new PathFinding(PathErrorCode.WorkLimit, "RFC 4158 §2.4.2", "工作量超出限额 / the search was ended by the work budget", request.Target), []));
        }

        if (failures.Count == 0)
        {
            PathFinding none = builder.DeadEnd
                ?? new PathFinding(PathErrorCode.NoPath, "RFC 5280 §6.1", "找不到通往信任锚的路径 / no path to a trust anchor", request.Target);
            failures.Add(new Failure([request.Target], none, []));
        }

        failures.Sort((a, b) => FindingRank.Of(b.Finding.Code).CompareTo(FindingRank.Of(a.Finding.Code)));
        Failure best = failures[0];
        (Indication indication, SubIndication sub) = FindingRank.Classify(best.Finding, request.Target, best.Statuses);
        return new PathVerdict
        {
            Indication = indication,
            SubIndication = sub,
            Time = request.Time,
            Path = best.TargetFirst,
            Finding = best.Finding,
            Findings = [.. failures.Select(failure => failure.Finding)],
            Revocation = best.Statuses,
            DeadEnds = builder.Ends,
        };
    }

    private sealed record Failure(IReadOnlyList<Certificate> TargetFirst, PathFinding Finding, IReadOnlyList<CertificateStatus> Statuses);
}
