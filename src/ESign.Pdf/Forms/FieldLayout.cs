using System.Text;

namespace ESign.Pdf.Forms;

/// <summary>Sets a field's text in its box as viewers do: size, lines, alignment and the cells of a comb.</summary>
/// <remarks>ISO 32000-2 §12.7.4.3 leaves the size of /DA size 0 and the padding to the viewer; these are the usual ones.</remarks>
internal sealed class FieldLayout
{
    private const double LineHeight = 1.15;
    private const double LargestAutomaticSize = 12;
    private const double SmallestAutomaticSize = 4;

    private const double SizeStep = 0.5;

    /// <summary>What a font that says nothing of its height reaches at least, in em.</summary>
    private const double LowestFont = 0.5;

    private readonly FieldFont _font;
    private readonly double _width;
    private readonly double _height;
    private readonly int _alignment;

    /// <param name="value">The text.</param>
    /// <param name="font">A font that has all of it.</param>
    /// <param name="size">The size asked for; 0 chooses one that fits.</param>
    /// <param name="width">The field's width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="border">The width of its border.</param>
    /// <param name="alignment">/Q: 0 left, 1 centred, 2 right.</param>
    public FieldLayout(FieldValue value, FieldFont font, double size, double width, double height, double border, int alignment)
    {
        _font = font;
        _width = width;
        _height = height;
        _alignment = alignment;
        Inset = Math.Max(1, border);
        bool runsDown = value.IsMultiline || value.IsList;
        Size = size > 0 ? size : runsDown ? LargestFitting(value) : LargestInOneLine(value);
        Lines = value.Cells > 0 ? InCells(value) : runsDown ? FromTheTop(value) : [InTheMiddle(value.Lines[0])];
    }

    /// <summary>The space between the edge and what may be drawn.</summary>
    public double Inset { get; }

    public double Size { get; }

    /// <summary>The height of a line.</summary>
    public double Leading => Size * LineHeight;

    /// <summary>Each piece of text with the start of its baseline.</summary>
    public IReadOnlyList<(string Text, double X, double Baseline)> Lines { get; }

    private double Room => Math.Max(_width - (4 * Inset), _width / 2);

    private double LargestInOneLine(FieldValue value)
    {
        double measured = _font.Measure(value.Lines[0]);
        double high = (_height - (2 * Inset)) / Math.Max(_font.Extent.Ascent - _font.Extent.Descent, LowestFont);
        double size = measured > 0 && value.Cells == 0 ? Math.Min(high, Room / measured) : high;
        return Math.Clamp(size, SmallestAutomaticSize, Math.Max(LargestAutomaticSize, high / 2));
    }

    private double LargestFitting(FieldValue value)
    {
        if (value.IsList)
        {
            return LargestAutomaticSize;
        }

        // In steps of half a point; the smallest is taken even where it does not fit.
        int fits = 0;
        int tooLarge = (int)((LargestAutomaticSize - SmallestAutomaticSize) / SizeStep) + 1;
        while (tooLarge - fits > 1)
        {
            int middle = (fits + tooLarge) / 2;
            double size = SmallestAutomaticSize + (middle * SizeStep);
            (fits, tooLarge) = Broken(value, size).Count * LineHeight * size <= _height - (2 * Inset) ? (middle, tooLarge) : (fits, middle);
        }

        return SmallestAutomaticSize + (fits * SizeStep);
    }

    private (string Text, double X, double Baseline) InTheMiddle(string line) =>
        (line, Start(line), ((_height - (Size * (_font.Extent.Ascent + _font.Extent.Descent))) / 2));

    private List<(string Text, double X, double Baseline)> FromTheTop(FieldValue value)
    {
        var set = new List<(string, double, double)>();
        double baseline = _height - (2 * Inset) - (Size * _font.Extent.Ascent);
        foreach (string line in value.IsList ? value.Lines : Broken(value, Size))
        {
            if (baseline < -Size)
            {
                break;
            }

            set.Add((line, Start(line), baseline));
            baseline -= Leading;
        }

        return set;
    }

    private List<(string Text, double X, double Baseline)> InCells(FieldValue value)
    {
        double cell = _width / value.Cells;
        double baseline = InTheMiddle("").Baseline;
        return [.. value.Lines[0].EnumerateRunes().Take(value.Cells).Select(
            (rune, i) => (rune.ToString(), (cell * i) + ((cell - (_font.Measure(rune) * Size)) / 2), baseline))];
    }

    private double Start(string line) => _alignment switch
    {
        1 => (_width - (_font.Measure(line) * Size)) / 2,
        2 => _width - (2 * Inset) - (_font.Measure(line) * Size),
        _ => 2 * Inset,
    };

    /// <summary>Lines no wider than the field: broken after spaces and between characters that are not of words.</summary>
    private List<string> Broken(FieldValue value, double size)
    {
        double ems = Room / size;
        var lines = new List<string>();
        foreach (string paragraph in value.Lines)
        {
            var line = new StringBuilder();
            double used = 0;
            int breakAt = 0;
            foreach (Rune rune in paragraph.EnumerateRunes())
            {
                double width = _font.Measure(rune);
                bool isSpace = rune.Value == ' ';
                if (used + width > ems && line.Length > 0 && !isSpace)
                {
                    int end = breakAt > 0 ? breakAt : line.Length;
                    string rest = line.ToString(end, line.Length - end);
                    lines.Add(line.ToString(0, end).TrimEnd());
                    line.Clear().Append(rest);
                    used = _font.Measure(rest);
                    breakAt = 0;
                }

                line.Append(rune);
                used += width;
                breakAt = isSpace || rune.Value >= 0x2E80 ? line.Length : breakAt;
            }

            lines.Add(line.ToString());
        }

        return lines;
    }
}
