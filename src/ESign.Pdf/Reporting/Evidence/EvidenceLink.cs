namespace ESign.Pdf.Reporting.Evidence;

/// <summary>Another flow: one that cancels or releases this one, or is cancelled by it.</summary>
internal sealed record EvidenceLink
{
    /// <summary>What it is to this flow.</summary>
    public required string Relation { get; init; }

    /// <summary>Its number.</summary>
    public required string Id { get; init; }
}
