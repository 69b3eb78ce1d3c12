namespace ESign.Pdf.Reporting.Evidence;

/// <summary>The contract, as the platform knows it.</summary>
internal sealed record EvidenceContract
{
    /// <summary>Its number on the platform.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public string? Name { get; init; }

    /// <summary>Its kind, in the platform's words.</summary>
    public string? Type { get; init; }

    /// <summary>SHA-256 of the file before anyone signed, in hexadecimal.</summary>
    public string? OriginalSha256 { get; init; }

    /// <summary>SHA-256 of the file after the last signature, in hexadecimal.</summary>
    public string? FinalSha256 { get; init; }

    /// <summary>Files that belong to it.</summary>
    public IReadOnlyList<EvidenceAttachment> Attachments { get; init => field = value ?? []; } = [];
}
