namespace ESign.Pki.Validation;

/// <summary>What a validator demands of every path: settings that do not change from certificate to certificate.</summary>
public sealed record PathPolicy
{
    /// <summary>Which algorithms and key sizes are believed, and until when.</summary>
    public AlgorithmPolicy Algorithms { get; init; } = AlgorithmPolicy.Default;

    /// <summary>Whether issuers' departures from the RFC 5280 profile fail the path. By default they do not.</summary>
    internal ProfileStrictness Strictness { get; init; } = ProfileStrictness.PathValidation;

    /// <summary>
    /// Whether a CRL may speak for another issuer's certificates (RFC 5280 §5.2.5 indirectCRL, §4.2.1.13 cRLIssuer). Without it,
    /// as browsers judge: only the issuer's own direct lists count, and none where the certificate names another signer.
    /// </summary>
    internal bool UsesIndirectCrls { get; init; } = true;

    /// <summary>What one judgement may spend.</summary>
    internal WorkBudget Budget { get; init; } = new();

    /// <summary>How old the newest CRL or OCSP answer may be at the time in question, or <see langword="null"/> to go by nextUpdate alone.</summary>
    public TimeSpan? MaximumRevocationAge { get; init; }

    /// <summary>The SM2 user id of issuers, or <see langword="null"/> for <c>1234567812345678</c> (GM/T 0009); empty for issuers that sign with none.</summary>
    public ReadOnlyMemory<byte>? Sm2UserId { get; init; }
}
