namespace ESign.Pdf.Reporting.Evidence;

/// <summary>A person who acted for an enterprise.</summary>
internal sealed record EvidenceOperator
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The identity number.</summary>
    public string? Identifier { get; init; }

    /// <summary>The telephone number.</summary>
    public string? Mobile { get; init; }
}
