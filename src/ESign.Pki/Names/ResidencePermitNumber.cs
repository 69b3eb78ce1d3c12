using System.Diagnostics.CodeAnalysis;

namespace ESign.Pki.Names;

/// <summary>The number of a residence permit for Hong Kong, Macao and Taiwan residents (港澳台居民居住证).</summary>
/// <remarks>Coded as GB 11643 with region 810000 (Hong Kong), 820000 (Macao) or 830000 (Taiwan).</remarks>
internal sealed class ResidencePermitNumber : IdentityDocument
{
    private ResidencePermitNumber(string value, DateOnly birthDate)
        : base(IdentityDocumentKind.ResidencePermit, value) => BirthDate = birthDate;

    /// <inheritdoc/>
    public override DateOnly? BirthDate { get; }

    /// <summary>810000, 820000 or 830000.</summary>
    public string RegionCode => Value[..6];

    /// <summary>The sex the number carries.</summary>
    public Sex Sex => (Value[16] - '0') % 2 == 1 ? Sex.Male : Sex.Female;

    /// <summary>Reads a number or says why it is none.</summary>
    /// <param name="text">18 characters, no spaces.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The text is not such a number; the message says why.</exception>
    public static ResidencePermitNumber Parse(string text) =>
        TryParse(text, out ResidencePermitNumber? number, out string? reason) ? number : throw new FormatException(reason);

    /// <summary>Reads a number or says why it is none, without an exception.</summary>
    /// <param name="text">18 characters, no spaces.</param>
    /// <param name="number">The number, when the answer is true.</param>
    /// <param name="reason">Why not, Chinese and English, when the answer is false.</param>
    /// <returns>Whether the text is such a number.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ResidencePermitNumber? number, [NotNullWhen(false)] out string? reason)
    {
        number = null;
        string value = (text ?? "").ToUpperInvariant();
        reason = CitizenNumber.FindFault(value, out DateOnly birthDate);
        if (reason is null && value[..6] is not ("810000" or "820000" or "830000"))
        {
            reason = "港澳台居民居住证号码应以810000、820000或830000开头 / The number of a residence permit begins with 810000, 820000 or 830000";
        }

        number = reason is null ? new ResidencePermitNumber(value, birthDate) : null;
        return reason is null;
    }
}
