namespace ESign.Pdf.Reporting.Evidence;

/// <summary>How the contract was sent round.</summary>
internal sealed record EvidenceFlow
{
    /// <summary>The number of the flow.</summary>
    public required string Id { get; init; }

    /// <summary>Who started it.</summary>
    public string? Initiator { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Until when it could be signed.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary><c>ordered</c> or <c>unordered</c>.</summary>
    public string? Order { get; init; }

    /// <summary>The state it is in, in the platform's words.</summary>
    public string? Status { get; init; }

    /// <summary>When the last party had signed.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Other flows it has to do with.</summary>
    public IReadOnlyList<EvidenceLink> Links { get; init => field = value ?? []; } = [];
}
