using System.Globalization;
using System.Text;
using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Seals.Texts;

/// <summary>Sets text into a box: lines, alignment, and a smaller size where it would not fit.</summary>
internal static class TextSetter
{
    private const double LineHeight = 1.4;

    /// <summary>The height of the first line's characters above its baseline, in em.</summary>
    private const double Ascent = 0.88;

    /// <summary>The space left at either side of a control.</summary>
    private const double Padding = 1;

    /// <summary>No text becomes smaller than this; what still does not fit is narrower than its lines.</summary>
    private const double SmallestSize = 1;

    private const string NotAtLineStart = "，。、；：？！）》】〉」』”’…—·,.;:?!)]}%％";

    private const string NotAtLineEnd = "（《【〈「『“‘([{";

    /// <summary>One line, in the middle of the box's height.</summary>
    public static IReadOnlyList<PositionedText> Line(string text, double width, double height, TextFormat format, TrueTypeFont font)
    {
        double size = Math.Min(format.FontSize, height / (Ascent - InkGlyph.Middle) / 2);
        double measured = font.Measure(text, 1);
        size = measured > 0 ? Math.Min(size, Math.Max(width - (2 * Padding), width / 2) / measured) : size;
        double x = Offset(width, measured * size, format.Alignment);
        return [new PositionedText(text, PdfMatrix.Translation(x, (height / 2) - (InkGlyph.Middle * size)), size)];
    }

    /// <summary>Paragraphs, broken into lines where they must be, from the top of the box.</summary>
    public static IReadOnlyList<PositionedText> Paragraphs(string text, double width, double height, TextFormat format, TrueTypeFont font, bool inTheMiddle = false)
    {
        double room = Math.Max(width - (2 * Padding), width / 2);
        double size = format.FontSize;
        List<string> lines = Break(text, room / size, font);
        while (lines.Count * LineHeight * size > height && size > SmallestSize)
        {
            size = Math.Max(SmallestSize, size - 0.25);
            lines = Break(text, room / size, font);
        }

        double top = inTheMiddle ? height - Math.Max(0, (height - (lines.Count * LineHeight * size)) / 2) : height;
        double firstBaseline = top - (size * (Ascent + ((LineHeight - 1) / 2)));
        return [.. lines.Select((line, i) => new PositionedText(
            line, PdfMatrix.Translation(Offset(width, font.Measure(line, size), format.Alignment), firstBaseline - (i * LineHeight * size)), size))];
    }

    /// <summary>Lines that keep together, in the largest size at which all fit.</summary>
    public static IReadOnlyList<PositionedText> Block(IReadOnlyList<string> lines, double width, double height, TextFormat format, TrueTypeFont font)
    {
        double widest = Math.Max(lines.Max(line => font.Measure(line, 1)), 0.1);
        double size = Math.Min((width - (2 * Padding)) / widest, height / (lines.Count * LineHeight));
        double top = (height / 2) + (lines.Count * LineHeight * size / 2);
        return [.. lines.Select((line, i) => new PositionedText(
            line,
            PdfMatrix.Translation(Offset(width, font.Measure(line, size), format.Alignment), top - (size * (Ascent + ((LineHeight - 1) / 2))) - (i * LineHeight * size)),
            size))];
    }

    private static double Offset(double width, double used, HorizontalAlignment alignment) => alignment switch
    {
        HorizontalAlignment.Center => (width - used) / 2,
        HorizontalAlignment.Right => width - used - Padding,
        _ => Padding,
    };

    /// <summary>Breaks at line ends and where a line is full: between Chinese characters, between words, by 避头尾 rules.</summary>
    private static List<string> Break(string text, double ems, TrueTypeFont font)
    {
        var lines = new List<string>();
        foreach (string paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = new StringBuilder();
            double used = 0;
            bool isBroken = false;
            foreach (string piece in Pieces(paragraph))
            {
                double width = font.Measure(piece, 1);
                if (line.Length > 0 && used + width > ems + 1e-9)
                {
                    lines.Add(line.ToString().TrimEnd());
                    line.Clear();
                    used = 0;
                    isBroken = true;
                }

                // Spaces indent a paragraph, but not the lines that follow a break.
                if (line.Length > 0 || !string.IsNullOrWhiteSpace(piece) || !isBroken)
                {
                    line.Append(piece);
                    used += width;
                }
            }

            lines.Add(line.ToString().TrimEnd());
        }

        return lines;
    }

    /// <summary>The parts of a paragraph that a line break must not divide.</summary>
    private static List<string> Pieces(string paragraph)
    {
        var pieces = new List<string>();
        var elements = StringInfo.GetTextElementEnumerator(paragraph);
        while (elements.MoveNext())
        {
            string element = elements.GetTextElement();
            bool joins = pieces.Count > 0
                && ((IsWordPart(pieces[^1][^1]) && IsWordPart(element[0]))
                    || NotAtLineStart.Contains(element[0], StringComparison.Ordinal)
                    || NotAtLineEnd.Contains(pieces[^1][^1], StringComparison.Ordinal));
            if (joins && pieces[^1].Length < 24)
            {
                pieces[^1] += element;
            }
            else
            {
                pieces.Add(element);
            }
        }

        return pieces;
    }

    private static bool IsWordPart(char c) => c < 0x2E80 && !char.IsWhiteSpace(c);
}
