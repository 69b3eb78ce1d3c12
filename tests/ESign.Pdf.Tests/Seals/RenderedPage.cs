using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Drawing;
using ESign.Pdf.Seals.Placing;
using ESign.Testing;

namespace ESign.Pdf.Tests.Seals;

/// <summary>A page as pdftoppm shows it, one pixel a point times a scale.</summary>
internal sealed class RenderedPage
{
    private readonly byte[] _ppm;
    private readonly int _start;

    private RenderedPage(byte[] ppm)
    {
        // P6, width, height, maximum, one white space, then RGB.
        _ppm = ppm;
        int position = 2;
        Width = Number();
        Height = Number();
        Number();
        _start = position + 1;

        int Number()
        {
            while (ppm[position] is (byte)' ' or (byte)'\n')
            {
                position++;
            }

            int value = 0;
            for (; ppm[position] is >= (byte)'0' and <= (byte)'9'; position++)
            {
                value = (value * 10) + ppm[position] - '0';
            }

            return value;
        }
    }

    public int Width { get; }

    public int Height { get; }

    public (byte Red, byte Green, byte Blue) this[int x, int y]
    {
        get
        {
            int at = _start + (((y * Width) + x) * 3);
            return (_ppm[at], _ppm[at + 1], _ppm[at + 2]);
        }
    }

    /// <summary>Renders every page of a PDF; for files nobody here wrote, what pdftoppm has to say about them may be passed over.</summary>
    public static List<RenderedPage> Render(byte[] pdf, int dotsPerInch = 72, bool mayComplain = false, string? password = null)
    {
        string folder = Directory.CreateTempSubdirectory("esign-render").FullName;
        try
        {
            string file = Path.Combine(folder, "in.pdf");
            File.WriteAllBytes(file, pdf);
            string[] secret = password is null ? [] : ["-upw", password];
            Tool run = Tool.Run("pdftoppm", ["-cropbox", "-r", dotsPerInch.ToString(System.Globalization.CultureInfo.InvariantCulture), .. secret, file, Path.Combine(folder, "p")]);
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.True(mayComplain || run.Error.Length == 0, run.Error);
            return [.. Directory.GetFiles(folder, "*.ppm").Order(StringComparer.Ordinal).Select(f => new RenderedPage(File.ReadAllBytes(f)))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A PDF whose pages have the given geometry and carry the given controls as annotations.</summary>
    public static byte[] Document(IReadOnlyList<PageGeometry> pages, IReadOnlyList<ResolvedPlacement> controls)
    {
        using var stream = new MemoryStream();
        using var writer = new DocumentWriter(stream);
        PdfReference root = writer.Reserve();
        var kids = new List<PdfObject>();
        for (int i = 0; i < pages.Count; i++)
        {
            IEnumerable<PdfObject> annotations = controls.Where(c => c.Page == i + 1).Select(c => (PdfObject)writer.Add(new PdfDictionary(
                ("Type", new PdfName("Annot")),
                ("Subtype", new PdfName("Stamp")),
                ("F", 4),
                ("Rect", PdfArray.Of(c.UserSpace)),
                ("AP", new PdfDictionary(("N", c.ToWidgetAppearance().Write(writer)))))));
            kids.Add(writer.Add(new PdfDictionary(
                ("Type", new PdfName("Page")),
                ("Parent", root),
                ("MediaBox", PdfArray.Of(pages[i].Box)),
                ("Rotate", pages[i].Rotation),
                ("Annots", new PdfArray(annotations)))));
        }

        writer.Set(root, new PdfDictionary(("Type", new PdfName("Pages")), ("Kids", new PdfArray(kids)), ("Count", pages.Count)));
        PdfReference catalog = writer.Add(new PdfDictionary(("Type", new PdfName("Catalog")), ("Pages", root)));
        writer.Finish(new PdfDictionary(("Root", catalog)));
        return stream.ToArray();
    }

    /// <summary>A PDF that shows one seal.</summary>
    public static byte[] Document(Seal seal)
    {
        using var stream = new MemoryStream();
        seal.WritePdf(stream);
        return stream.ToArray();
    }

    /// <summary>A square of pure red, for tests of position.</summary>
    public static Appearance RedBox(double width, double height) => new DrawingAppearance(new VectorDrawing(
        width, height, [new PaintedPath(VectorPath.Rectangle(0, 0, width, height), SealColor.SealRed)]));

    /// <summary>The box around everything that another rendering of the page shows differently; null when nothing is.</summary>
    public (int Left, int Top, int Right, int Bottom)? ChangeBox(RenderedPage other)
    {
        Assert.Equal((Width, Height), (other.Width, other.Height));
        return Box((x, y) => this[x, y] != other[x, y]);
    }

    public bool IsInk(int x, int y) => this[x, y] is { Green: < 128 } or { Blue: < 128 };

    /// <summary>The box around all ink: left, top, right, bottom in pixels, right and bottom exclusive; null on a blank page.</summary>
    public (int Left, int Top, int Right, int Bottom)? InkBox() => Box(IsInk);

    private (int Left, int Top, int Right, int Bottom)? Box(Func<int, int, bool> counts)
    {
        int left = int.MaxValue, top = int.MaxValue, right = -1, bottom = -1;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                if (counts(x, y))
                {
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
                }
            }
        }

        return right < 0 ? null : (left, top, right, bottom);
    }
}
