namespace ESign.Pdf.Reporting.Evidence;

/// <summary>How an identity was checked.</summary>
internal sealed record EvidenceIdentityCheck
{
    /// <summary>For example <c>face</c> or <c>bank-transfer</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Who checked.</summary>
    public string? Provider { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>The provider's number of the result.</summary>
    public string? ResultId { get; init; }

    /// <summary><c>formal</c> or <c>unverified</c>.</summary>
    public string? Assurance { get; init; }
}
