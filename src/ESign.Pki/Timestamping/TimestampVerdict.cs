using ESign.Pki.Certificates;
using ESign.Pki.Cms;

namespace ESign.Pki.Timestamping;

/// <summary>What the checks of a timestamp token found.</summary>
public sealed record TimestampVerdict
{
    internal TimestampVerdict(IReadOnlyList<TimestampFailure> failures, SignerVerdict? signer)
    {
        Failures = failures;
        Signer = signer;
    }

    /// <summary>Every reason why the token does not stand; empty when it is valid.</summary>
    internal IReadOnlyList<TimestampFailure> Failures { get; }

    /// <summary>The names of all reasons, as text for people and logs; empty when it is valid.</summary>
    public IReadOnlyList<string> Reasons => [.. Failures.Select(static failure => failure.ToString())];

    /// <summary>The checks of the signature, or <see langword="null"/> when there is not exactly one signer.</summary>
    internal SignerVerdict? Signer { get; }

    /// <summary>The authority's certificate, when it is at hand. Validate its path at the token's time.</summary>
    public Certificate? Certificate => Signer?.Certificate;

    /// <summary>Whether the token is right in itself.</summary>
    public bool IsValid => Failures.Count == 0;

    /// <summary>Whether nothing is wrong except that the authority's certificate is not at hand.</summary>
    public bool IsIndeterminate => Failures.Count > 0 && Failures.All(static failure => failure == TimestampFailure.NoSignerCertificate);
}
