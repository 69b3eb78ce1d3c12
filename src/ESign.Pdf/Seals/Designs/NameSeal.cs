using System.Text;
using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Seals.Designs;

/// <summary>A person's name seal: a frame filled with characters, in columns read from right to left, as seal carvers do.</summary>
internal sealed record NameSeal : SealDesign
{
    private readonly string[] _characters;
    private readonly string _name;
    private readonly SealSize _size;
    private readonly string _kind;

    public NameSeal(string name, string? suffix, SealSize size, string kind)
    {
        _name = SealText.Require(name, 2, 16, "姓名 / name");
        if (suffix is not (null or "" or "印" or "之印"))
        {
            throw new ArgumentException($"印章后缀应为空、印或之印：'{suffix}' / The suffix must be empty, 印 or 之印: '{suffix}'.", nameof(suffix));
        }

        _size = SealText.Size(size, SealSize.Square(16), SealSize.Square(18), SealSize.Square(20), new SealSize(20, 10));
        _kind = kind;
        string[] characters = Split(_name);
        _characters = [.. characters, .. Split(suffix ?? DefaultSuffix(characters.Length, IsStrip))];
    }

    internal override string AlternateText => $"{_name} {_kind}";

    private bool IsStrip => _size.WidthMillimeters > _size.HeightMillimeters;

    internal override VectorDrawing Draw(TrueTypeFont font)
    {
        double width = _size.WidthMillimeters;
        double height = _size.HeightMillimeters;
        var canvas = new SealCanvas(width, height, Color, font);
        double border = Math.Min(width, height) * 0.055;
        double gap = Math.Min(width, height) * 0.045;
        canvas.Frame(border, border * 0.8);
        var inside = new PdfRectangle(-(width / 2) + border + gap, -(height / 2) + border + gap, (width / 2) - border - gap, (height / 2) - border - gap);
        if (IsStrip)
        {
            Row(canvas, inside, gap);
        }
        else
        {
            Columns(canvas, inside, gap);
        }

        return canvas.ToDrawing();
    }

    /// <summary>Two characters a name, three, four: 张三之印, 王小明印, 欧阳小明 fill a square.</summary>
    private static string DefaultSuffix(int length, bool strip) => strip ? "" : length switch { 2 => "之印", 3 => "印", _ => "" };

    private static string[] Split(string text) => [.. text.EnumerateRunes().Where(r => !Rune.IsWhiteSpace(r)).Select(r => r.ToString())];

    private void Row(SealCanvas canvas, PdfRectangle inside, double gap)
    {
        double cell = inside.Width / _characters.Length;
        for (int i = 0; i < _characters.Length; i++)
        {
            double left = inside.Left + (i * cell);
            canvas.Cell(_characters[i], new PdfRectangle(left + (gap / 2), inside.Bottom, left + cell - (gap / 2), inside.Top));
        }
    }

    private void Columns(SealCanvas canvas, PdfRectangle inside, double gap)
    {
        int columns = (int)Math.Ceiling(Math.Sqrt(_characters.Length));
        double cellWidth = inside.Width / columns;
        int index = 0;
        for (int column = 0; column < columns; column++)
        {
            // The first columns are the shorter ones: a surname stands alone before a given name of two characters.
            int rows = (_characters.Length - index) / (columns - column);
            double cellHeight = inside.Height / rows;
            double right = inside.Right - (column * cellWidth);
            for (int row = 0; row < rows; row++, index++)
            {
                double top = inside.Top - (row * cellHeight);
                canvas.Cell(_characters[index], new PdfRectangle(right - cellWidth + (gap / 2), top - cellHeight + (gap / 2), right - (gap / 2), top - (gap / 2)));
            }
        }
    }
}
