using System.Diagnostics.CodeAnalysis;

namespace ESign.Pki.Names;

/// <summary>A citizen's identity number (公民身份号码) of a mainland resident identity card.</summary>
/// <remarks>GB 11643-1999: region (6), birth date (8), sequence (3, odd: male), check (1). A lower-case x is accepted and raised.</remarks>
public sealed class ResidentIdNumber : IdentityDocument
{
    private ResidentIdNumber(string value, DateOnly birthDate)
        : base(IdentityDocumentKind.ResidentIdentityCard, value) => BirthDate = birthDate;

    /// <inheritdoc/>
    public override DateOnly? BirthDate { get; }

    /// <summary>The six digits of the region that issued the number.</summary>
    public string RegionCode => Value[..6];

    /// <summary>The sex the number carries.</summary>
    internal Sex Sex => (Value[16] - '0') % 2 == 1 ? Sex.Male : Sex.Female;

    /// <summary>Reads a number or says why it is none.</summary>
    /// <param name="text">18 characters, no spaces.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The text is not such a number; the message says why.</exception>
    public static ResidentIdNumber Parse(string text) =>
        TryParse(text, out ResidentIdNumber? number, out string? reason) ? number : throw new FormatException(reason);

    /// <summary>Reads a number or says why it is none, without an exception.</summary>
    /// <param name="text">18 characters, no spaces.</param>
    /// <param name="number">The number, when the answer is true.</param>
    /// <param name="reason">Why not, Chinese and English, when the answer is false.</param>
    /// <returns>Whether the text is such a number.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ResidentIdNumber? number, [NotNullWhen(false)] out string? reason)
    {
        number = null;
        string value = (text ?? "").ToUpperInvariant();
        reason = CitizenNumber.FindFault(value, out DateOnly birthDate);
        if (reason is null && value[..6] is "810000" or "820000" or "830000")
        {
            reason = "这是港澳台居民居住证号码，不是居民身份证号码 / This is the number of a residence permit, not of a resident identity card";
        }
        else if (reason is null && !AdministrativeRegions.IsProvince(value.AsSpan(0, 2)))
        {
            reason = $"身份证号码中的行政区划“{value[..2]}”不存在 / There is no administrative region '{value[..2]}'";
        }

        number = reason is null ? new ResidentIdNumber(value, birthDate) : null;
        return reason is null;
    }
}
