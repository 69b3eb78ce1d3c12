namespace ESign.Pdf.Reporting.Evidence;

/// <summary>An approval.</summary>
internal sealed record EvidenceApproval
{
    /// <summary>Who approved or refused.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>In the platform's words.</summary>
    public required string Result { get; init; }
}
