namespace ESign.Pdf.Reporting.Evidence;

/// <summary>What holds a checkpoint outside the platform.</summary>
internal sealed record EvidenceAnchor
{
    /// <summary><c>timestamp</c>, or another word for what is only stated.</summary>
    public required string Kind { get; init; }

    /// <summary>An RFC 3161 token over the checkpoint's bytes, in Base64.</summary>
    public string? Token { get; init; }

    /// <summary>For example a transaction number.</summary>
    public string? Reference { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? Time { get; init; }
}
