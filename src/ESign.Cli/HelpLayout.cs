using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ESign.Pdf.Reporting;

namespace ESign.Cli;

/// <summary>Sets help for a terminal: the headings the library leaves in English, and lines no wider than the window.</summary>
/// <remarks>A Chinese character is two columns wide (Unicode TR 11), which the library's own breaking of lines does not know.</remarks>
internal static partial class HelpLayout
{
    /// <summary>Where descriptions would begin further right than this part of the window, they stand on a line of their own.</summary>
    private const double WidestNames = 0.5;

    // As wide as what they replace, so that columns stay where they are.
    private static readonly (string English, string Chinese)[] s_words =
    [
        ("Description:", "说明:"), ("(REQUIRED)", "（必需）  "), ("[default: ", "[默认: "), ("[options]", "[选项]"), ("[command]", "[命令]"),
    ];

    /// <param name="help">The help as the library writes it.</param>
    /// <param name="language">The language of its headings.</param>
    /// <param name="width">The window's width in columns; null when nobody looks.</param>
    public static string Set(string help, ReportLanguage language, int? width)
    {
        foreach ((string english, string chinese) in language == ReportLanguage.Chinese ? s_words : [])
        {
            help = help.Replace(english, chinese, StringComparison.Ordinal);
        }

        IEnumerable<string> lines = help.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd());
        return string.Join(Environment.NewLine, width is { } columns ? lines.SelectMany(line => Wrap(line, columns)) : lines);
    }

    private static IEnumerable<string> Wrap(string line, int width)
    {
        Match parts = NameAndDescription().Match(line);
        if (WidthOf(line) < width || !parts.Success)
        {
            yield return line;
            yield break;
        }

        int indent = WidthOf(parts.Groups["name"].Value);
        string first = parts.Groups["name"].Value;
        if (indent > width * WidestNames)
        {
            yield return first.TrimEnd();
            indent = 6;
            first = new string(' ', indent);
        }

        foreach (string text in Break(parts.Groups["text"].Value, width - indent - 1))
        {
            yield return first + text;
            first = new string(' ', indent);
        }
    }

    /// <summary>Lines of at most so many columns, broken at spaces or between Chinese characters.</summary>
    private static IEnumerable<string> Break(string text, int width)
    {
        var line = new StringBuilder();
        foreach (string piece in Pieces().Matches(text).Select(match => match.Value))
        {
            if (line.Length > 0 && WidthOf(line.ToString()) + WidthOf(piece.TrimEnd()) > width)
            {
                yield return line.ToString().TrimEnd();
                line.Clear();
            }

            line.Append(piece);
        }

        yield return line.ToString();
    }

    /// <summary>How many columns a text takes.</summary>
    public static int WidthOf(string text) => text.EnumerateRunes().Sum(rune => IsWide(rune.Value) ? 2 : Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? 0 : 1);

    // The East Asian Wide and Fullwidth ranges that help can hold: CJK, kana, Hangul, full-width forms.
    private static bool IsWide(int value) => value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x20000 and <= 0x3FFFD);

    [GeneratedRegex(@"^(?<name>  \S+( \S+)*  +)(?<text>\S.*)$|^(?<name> *)(?<text>\S.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameAndDescription();

    // A Chinese character with the punctuation that may not begin a line, or a word with the space behind it.
    [GeneratedRegex(@"[\u2E80-\uFFEF][，。：；、）》”]* *|[^\s\u2E80-\uFFEF]+[，。：；、）》”]* *", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pieces();
}
