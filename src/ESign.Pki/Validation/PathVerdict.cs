using ESign.Pki.Certificates;

namespace ESign.Pki.Validation;

/// <summary>The answer to a <see cref="PathRequest"/>: the path, the evidence, and on failure the reason.</summary>
public sealed record PathVerdict
{
    /// <summary>Whether a path holds in every respect.</summary>
    public bool IsValid => Indication == Indication.Passed;

    /// <summary>Passed, or why not as ETSI EN 319 102-1 classes it. Never failed: without proofs of existence nothing is proven to be too late.</summary>
    public required Indication Indication { get; init; }

    /// <summary>The finer reason.</summary>
    public required SubIndication SubIndication { get; init; }

    /// <summary>The moment that was judged.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The path from target to anchor; on failure the most promising one, or the target alone.</summary>
    public required IReadOnlyList<Certificate> Path { get; init; }

    /// <summary>The most useful reason for failure, or <see langword="null"/> when valid.</summary>
    public PathFinding? Finding { get; init; }

    /// <summary>The first reason of every candidate path, the most useful first.</summary>
    public IReadOnlyList<PathFinding> Findings { get; init; } = [];

    /// <summary>The policies that hold for the whole path and that the caller accepts (RFC 5280 §6.1.6).</summary>
    public IReadOnlyList<string> UserConstrainedPolicies { get; init; } = [];

    /// <summary>What is known about each certificate below the anchor, from target upwards; empty where revocation was off or not reached.</summary>
    public IReadOnlyList<CertificateStatus> Revocation { get; init; } = [];

    /// <summary>The certificates above which nothing was found: whose issuers would help.</summary>
    internal IReadOnlyList<Certificate> DeadEnds { get; init; } = [];

    /// <summary>Whether nothing was shown either way, because an algorithm is not supported.</summary>
    public bool IsUndetermined => Finding?.Code is PathErrorCode.UnsupportedAlgorithm;
}
