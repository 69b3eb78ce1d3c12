using System.Globalization;
using System.Text;

namespace ESign.Pdf.Reporting;

/// <summary>Makes text from a document harmless to show: a report must not be steered by what it reports on.</summary>
/// <remarks>
/// Control characters, lone surrogates, noncharacters and the marks that turn the direction of writing (Unicode TR 36 §2)
/// become U+FFFD; long texts are cut. XML 1.0 §2.2 allows what remains.
/// </remarks>
internal static class DisplayText
{
    /// <summary>The longest piece shown; names and reasons are far shorter.</summary>
    public const int MaximumLength = 2000;

    /// <summary>One line of a document's text.</summary>
    public static string Clean(string? text) => Clean(text, keepLines: false);

    /// <summary>A text of ours that may hold cleaned pieces: line ends stay.</summary>
    public static string CleanLines(string text) => Clean(text, keepLines: true);

    private static string Clean(string? text, bool keepLines)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var clean = new StringBuilder(Math.Min(text.Length, MaximumLength));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!keepLines && clean.Length >= MaximumLength)
            {
                return clean.Append('…').ToString();
            }

            clean.Append(IsShown(rune) ? rune.ToString() : rune.Value switch
            {
                '\n' => keepLines ? "\n" : " ",
                '\r' => "",
                '\t' => " ",
                _ => "\uFFFD",
            });
        }

        return clean.ToString();
    }

    private static bool IsShown(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
        && (rune.Value & 0xFFFE) != 0xFFFE;
}
