namespace ESign.Pki.Issuance;

/// <summary>How CRLs are published.</summary>
public sealed record CrlPublisherOptions
{
    /// <summary>From one full CRL to the next at the latest. Seven days.</summary>
    public TimeSpan Validity { get; init; } = TimeSpan.FromDays(7);

    /// <summary>From one delta CRL to the next at the latest. One day.</summary>
    public TimeSpan DeltaValidity { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Since when expired certificates stay on the CRL (X.509 expiredCertsOnCRL): contracts outlive the certificates that
    /// signed them. The beginning of the issuer's validity unless given, so that no entry ever goes.
    /// </summary>
    public DateTimeOffset? KeepsExpiredSince { get; init; }
}
