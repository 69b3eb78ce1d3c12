namespace ESign.Pdf.Reporting.Evidence;

/// <summary>Something that happened.</summary>
internal sealed record EvidenceEvent
{
    /// <summary>For example <c>created</c>, <c>viewed</c>, <c>signed</c>.</summary>
    public required string Type { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who.</summary>
    public string? Actor { get; init; }

    /// <summary>From which address.</summary>
    public string? Ip { get; init; }

    /// <summary>With which program.</summary>
    public string? UserAgent { get; init; }

    /// <summary>More, in words.</summary>
    public string? Detail { get; init; }

    /// <summary>The index of its record in the log.</summary>
    public long? LogIndex { get; init; }
}
