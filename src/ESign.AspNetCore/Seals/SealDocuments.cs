using ESign.Registration.Seals;

namespace ESign.AspNetCore.Seals;

/// <summary>A seal to be made.</summary>
/// <param name="EnterpriseId">The organisation's approved application.</param>
/// <param name="Name">What the organisation calls it; 1 to 50 characters.</param>
/// <param name="Type">Its kind.</param>
/// <param name="SealCode">The 13 digits along the bottom.</param>
/// <param name="HorizontalText">The line below the star.</param>
/// <param name="WidthMillimeters">Its width; customary for its kind when absent.</param>
/// <param name="HeightMillimeters">Its height; the width when absent.</param>
/// <param name="Image">A picture of the real seal in base64 (PNG or JPEG), to be reviewed; drawn when absent.</param>
internal sealed record SealRequest(
    string EnterpriseId, string Name, SealType Type, string? SealCode = null, string? HorizontalText = null, double? WidthMillimeters = null, double? HeightMillimeters = null, byte[]? Image = null);

/// <summary>Grants the use of a seal.</summary>
/// <param name="PersonId">The person's application.</param>
/// <param name="Until">Until when; 2099-12-12 when absent.</param>
internal sealed record GrantRequest(string PersonId, DateTimeOffset? Until = null);

/// <summary>Uses a seal on a document.</summary>
/// <param name="PersonId">Who uses it.</param>
/// <param name="DocumentSha256">The document's SHA-256 in hexadecimal.</param>
/// <param name="Purpose">What for.</param>
internal sealed record UseRequest(string PersonId, string DocumentSha256, string Purpose);

/// <summary>A seal as answers show it.</summary>
internal sealed record SealDocument
{
    public required string Id { get; init; }

    public required string EnterpriseId { get; init; }

    public required string Name { get; init; }

    public required SealType Type { get; init; }

    public required SealState State { get; init; }

    /// <summary>Why it stands so.</summary>
    public string? Reason { get; init; }

    public required double WidthMillimeters { get; init; }

    public required double HeightMillimeters { get; init; }

    public string? SealCode { get; init; }

    public required bool IsDrawn { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who may use it besides the super administrator, who always may.</summary>
    public required IReadOnlyList<SealGrant> Grants { get; init; }

    public static SealDocument From(RegisteredSeal seal)
    {
        (double width, double height) = seal.MeasureMillimeters();
        return new SealDocument
        {
            Id = seal.Id,
            EnterpriseId = seal.EnterpriseId,
            Name = seal.Name,
            Type = seal.Type,
            State = seal.State,
            Reason = seal.Reason,
            WidthMillimeters = width,
            HeightMillimeters = height,
            SealCode = seal.SealCode,
            IsDrawn = seal.Image is null,
            CreatedBy = seal.CreatedBy,
            CreatedAt = seal.CreatedAt,
            Grants = seal.Grants,
        };
    }
}
