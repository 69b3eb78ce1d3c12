using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pki.Validation;

/// <summary>Finds the ways from a certificate up to a trust anchor, the likeliest first.</summary>
/// <remarks>
/// RFC 4158: depth first, by issuer name, preferring key identifiers that match (§3.5.12); a wrong signature cuts a branch
/// at once, and a name and key that stand in the path already end it (§2.4.2). What cannot be verified (an unsupported
/// algorithm) is kept, so that the judgement can say so.
/// </remarks>
internal sealed class PathBuilder
{
    private readonly TrustAnchors _anchors;
    private readonly CertificateIndex _pool;
    private readonly SignatureLedger _signatures;
    private readonly WorkBudget.Spending _budget;
    private readonly DateTimeOffset _time;

    public PathBuilder(TrustAnchors anchors, CertificateIndex pool, DateTimeOffset time, SignatureLedger signatures, WorkBudget.Spending budget)
    {
        _anchors = anchors;
        _pool = pool;
        _signatures = signatures;
        _budget = budget;
        _time = time;
    }

    /// <summary>The certificates above which the search found nothing that leads on.</summary>
    public List<Certificate> Ends { get; } = [];

    /// <summary>Why the search ended where it did, for when no path was found.</summary>
    public PathFinding? DeadEnd { get; private set; }

    /// <summary>Enumerates candidate paths, each anchor first.</summary>
    public IEnumerable<IReadOnlyList<Certificate>> FindPaths(Certificate target)
    {
        if (_anchors.Contains(target))
        {
            yield return [target];
        }

        foreach (IReadOnlyList<Certificate> path in Extend([target]))
        {
            yield return path;
        }
    }

    private IEnumerable<IReadOnlyList<Certificate>> Extend(List<Certificate> targetFirst)
    {
        Certificate current = targetFirst[^1];
        bool issuerSeen = false, leadsOn = false;
        foreach (Certificate anchor in ByLikelihood(current, _anchors.FindBySubject(current.Issuer)))
        {
            issuerSeen = true;
            if (_budget.TrySearchStep() && Leads(current, anchor))
            {
                leadsOn = true;
                yield return [anchor, .. Enumerable.Reverse(targetFirst)];
            }
        }

        if (targetFirst.Count + 1 >= _budget.MaximumPathLength)
        {
            DeadEnd ??= new PathFinding(PathErrorCode.PathTooLong, "RFC 4158 §2.4.2", "路径过长 / the path is longer than the limit", current);
            yield break;
        }

        foreach (Certificate issuer in ByLikelihood(current, _pool.FindBySubject(current.Issuer)))
        {
            // Each candidate looked at is a step, also those that lead nowhere: a bundle may hold thousands of one name and key.
            if (!_budget.TrySearchStep())
            {
                break;
            }

            issuerSeen |= !issuer.Equals(current);
            if (_anchors.Contains(issuer) || Repeats(targetFirst, issuer) || !Leads(current, issuer))
            {
                continue;
            }

            leadsOn = true;
            targetFirst.Add(issuer);
            foreach (IReadOnlyList<Certificate> path in Extend(targetFirst))
            {
                yield return path;
            }

            targetFirst.RemoveAt(targetFirst.Count - 1);
        }

        if (!leadsOn && Ends.Count < _budget.MaximumPathLength)
        {
            Ends.Add(current);
        }

        if (!issuerSeen)
        {
            DeadEnd ??= new PathFinding(PathErrorCode.NoPath, "RFC 5280 §6.1", $"找不到颁发者{current.Issuer}，也不是信任锚 / no issuer is at hand and it is no trust anchor: {current.Issuer}", current);
        }
    }

    private bool Leads(Certificate current, Certificate issuer)
    {
        SignatureCheck check = _signatures.Check(current, issuer);
        if (check.Outcome == SignatureOutcome.Invalid)
        {
            DeadEnd = DeadEnd is { Code: PathErrorCode.BadSignature } ? DeadEnd : new PathFinding(
                PathErrorCode.BadSignature, "RFC 5280 §6.1.3 (a)(1)", $"证书签名验证失败：{check.Reason} / the certificate's signature is wrong: {check.Reason}", current);
        }

        return check.Outcome != SignatureOutcome.Invalid && check != SignatureLedger.Exhausted;
    }

    private static bool Repeats(List<Certificate> path, Certificate issuer) => path.Exists(certificate =>
        certificate.Subject.Equals(issuer.Subject) && certificate.SubjectPublicKeyInfo.Span.SequenceEqual(issuer.SubjectPublicKeyInfo.Span));

    // Matching key identifiers first, then those valid at the time; otherwise in the order given.
    private IEnumerable<Certificate> ByLikelihood(Certificate current, IReadOnlyList<Certificate> issuers) => issuers.Count < 2
        ? issuers
        : issuers.OrderBy(issuer => KeyMismatch(current, issuer)).ThenBy(issuer => _time < issuer.NotBefore || _time > issuer.NotAfter);

    private static int KeyMismatch(Certificate current, Certificate issuer)
    {
        try
        {
            return current.AuthorityKeyIdentifier?.KeyIdentifier is not { } wanted || issuer.SubjectKeyIdentifier is not { } found ? 1
                : wanted.Span.SequenceEqual(found.Span) ? 0 : 2;
        }
        catch (Asn1.Asn1FormatException)
        {
            return 2;
        }
    }
}
