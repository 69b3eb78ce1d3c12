using System.Diagnostics.CodeAnalysis;

namespace ESign.Pki.Names;

/// <summary>A passport number: accepted for persons nobody here can verify against a register (formal assurance only).</summary>
/// <remarks>ICAO Doc 9303 part 4: up to nine letters and digits; at least five are asked for to catch mistakes.</remarks>
internal sealed class PassportNumber : IdentityDocument
{
    private PassportNumber(string value)
        : base(IdentityDocumentKind.Passport, value)
    {
    }

    /// <summary>Reads a number or says why it is none.</summary>
    /// <param name="text">5 to 9 letters and digits.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The text is not such a number; the message says why.</exception>
    public static PassportNumber Parse(string text) =>
        TryParse(text, out PassportNumber? number, out string? reason) ? number : throw new FormatException(reason);

    /// <summary>Reads a number or says why it is none, without an exception.</summary>
    /// <param name="text">5 to 9 letters and digits.</param>
    /// <param name="number">The number, when the answer is true.</param>
    /// <param name="reason">Why not, Chinese and English, when the answer is false.</param>
    /// <returns>Whether the text is such a number.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PassportNumber? number, [NotNullWhen(false)] out string? reason)
    {
        string value = (text ?? "").ToUpperInvariant();
        bool ok = value.Length is >= 5 and <= 9 && value.All(char.IsAsciiLetterOrDigit);
        number = ok ? new PassportNumber(value) : null;
        reason = ok ? null : "护照号码应为5至9位字母或数字 / A passport number has 5 to 9 letters and digits";
        return ok;
    }
}
