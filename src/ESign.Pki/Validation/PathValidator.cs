namespace ESign.Pki.Validation;

/// <summary>Judges certificates at any point in time from the evidence at hand.</summary>
/// <remarks>
/// RFC 5280 §6 with the policy graph of RFC 9618, RFC 6960 for OCSP. Every candidate path is tried until one holds; the
/// work is bounded by <see cref="WorkBudget"/>. A negative judgement is a value, never an exception. Thread-safe.
/// </remarks>
public sealed class PathValidator
{
    private readonly TrustAnchors _anchors;
    private readonly PathPolicy _policy;

    /// <summary>Makes a validator.</summary>
    /// <param name="anchors">Whom to trust.</param>
    /// <param name="policy">What to demand of every path, or <see langword="null"/> for the defaults.</param>
    public PathValidator(TrustAnchors anchors, PathPolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        _anchors = anchors;
        _policy = policy ?? new PathPolicy();
    }

    /// <summary>Answers one question.</summary>
    /// <param name="request">The certificate, the time, the purpose and the evidence.</param>
    /// <param name="cancellationToken">Cancels fetching evidence.</param>
    /// <returns>The verdict, with the path and the evidence.</returns>
    public async ValueTask<PathVerdict> ValidateAsync(PathRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        PathVerdict verdict = await new PathJudgement(_anchors, _policy, request).JudgeAsync(request, cancellationToken).ConfigureAwait(false);
        var search = new IssuerSearch(request.RevocationSources);
        while (!verdict.IsValid
            && await search.FindAsync(verdict.DeadEnds, request.Certificates, cancellationToken).ConfigureAwait(false) is { Count: > 0 } more)
        {
            request = request with { Certificates = [.. request.Certificates, .. more] };
            verdict = await new PathJudgement(_anchors, _policy, request).JudgeAsync(request, cancellationToken).ConfigureAwait(false);
        }

        return verdict;
    }
}
