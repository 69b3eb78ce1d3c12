using ESign.Pki.Keys;

namespace ESign.Tsa;

/// <summary>A policy under which tokens are made: its identifier, how exact its times are, what it stamps.</summary>
/// <remarks>EN 319 422 §5.2: accuracy of one second or better, stated in every token; digests that are still strong.</remarks>
public sealed record TimestampPolicy
{
    /// <summary>SHA-2, SHA-3 and SM3: what is accepted unless a policy says otherwise. Never MD5 or SHA-1.</summary>
    public static IReadOnlyList<DigestAlgorithm> StrongDigests { get; } =
        [.. DigestAlgorithm.All.Where(static algorithm => algorithm is { IsAcceptableForSigning: true, SizeInBytes: >= 32 })];

    /// <summary>Makes a policy.</summary>
    /// <param name="oid">The policy's object identifier.</param>
    public TimestampPolicy(string oid)
    {
        ArgumentException.ThrowIfNullOrEmpty(oid);
        Oid = oid;
    }

    /// <summary>The policy's object identifier.</summary>
    public string Oid { get; }

    /// <summary>How exact the times are. Default, and at most: one second.</summary>
    public TimeSpan Accuracy { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Which digests are stamped. Default: <see cref="StrongDigests"/>.</summary>
    public IReadOnlyList<DigestAlgorithm> AcceptedDigests { get; init; } = StrongDigests;
}
