namespace ESign.Pdf.Reporting.Evidence;

/// <summary>A file that belongs to the contract.</summary>
internal sealed record EvidenceAttachment
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its SHA-256, in hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its size in bytes.</summary>
    public long? Size { get; init; }
}
