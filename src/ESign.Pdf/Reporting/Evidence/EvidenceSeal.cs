namespace ESign.Pdf.Reporting.Evidence;

/// <summary>A seal that was used.</summary>
internal sealed record EvidenceSeal
{
    /// <summary>Its number on the platform.</summary>
    public required string Id { get; init; }

    /// <summary>The owner's <c>id</c>.</summary>
    public required string Party { get; init; }

    /// <summary>For example <c>official</c> or <c>contract</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>The signature field it was used in.</summary>
    public string? Field { get; init; }

    /// <summary>Its width.</summary>
    public double? WidthMillimeters { get; init; }

    /// <summary>Its height.</summary>
    public double? HeightMillimeters { get; init; }

    /// <summary>SHA-256 of its image, in hexadecimal.</summary>
    public string? ImageSha256 { get; init; }

    /// <summary>The state it is in, in the platform's words.</summary>
    public string? Status { get; init; }

    /// <summary>Who allowed its use.</summary>
    public string? GrantedBy { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? GrantedUntil { get; init; }

    /// <summary>The approval of this use.</summary>
    public EvidenceApproval? Approval { get; init; }
}
