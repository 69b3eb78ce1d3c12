namespace ESign.Pki.Issuance;

/// <summary>Which revocations go on a CRL.</summary>
internal sealed record RevocationQuery
{
    /// <summary>The issuer whose CRL it is.</summary>
    public required string IssuerId { get; init; }

    /// <summary>Only certificates of this partition; <see langword="null"/> for all.</summary>
    public int? Partition { get; init; }

    /// <summary>
    /// For a delta CRL: only certificates whose status changed at or after this moment, released ones included
    /// (as <see cref="Revocation.RevocationReason.RemoveFromCrl"/>).
    /// </summary>
    public DateTimeOffset? ChangedSince { get; init; }
}
