namespace ESign.Pki.Issuance;

/// <summary>Which certificates to list; every condition given must hold.</summary>
public sealed record CertificateQuery
{
    /// <summary>Only this issuer's.</summary>
    public string? IssuerId { get; init; }

    /// <summary>Only those that stand so.</summary>
    public CertificateState? Status { get; init; }

    /// <summary>Only those of this organisation.</summary>
    public string? CreditCode { get; init; }

    /// <summary>Only those of this person.</summary>
    public string? Pseudonym { get; init; }

    /// <summary>Only those that end before this moment.</summary>
    public DateTimeOffset? NotAfterBefore { get; init; }

    /// <summary>Only those that end at or after this moment.</summary>
    public DateTimeOffset? NotAfterFrom { get; init; }

    /// <summary>Only those that come after this place: the next page.</summary>
    internal CertificateCursor? After { get; init; }

    /// <summary>At most so many, oldest intent first.</summary>
    public int Limit { get; init; } = int.MaxValue;
}
