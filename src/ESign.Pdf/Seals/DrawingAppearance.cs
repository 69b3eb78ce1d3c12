using System.Text;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Seals;

/// <summary>A vector drawing as a form XObject.</summary>
/// <remarks>
/// Opacity applies to the drawing as a whole: an inner form that is a transparency group, drawn under an
/// <c>/ExtGState</c> with constant alpha, so that overlapping strokes come out no darker (ISO 32000-2 §11.6.6).
/// </remarks>
internal sealed class DrawingAppearance(VectorDrawing drawing) : Appearance(drawing.Width, drawing.Height)
{
    /// <summary>
    /// Coordinates are whole twentieths of a point (18 µm, finer than a printer's dot): a number takes three or four digits,
    /// which is most of what a seal adds to a document.
    /// </summary>
    private const double UnitsPerPoint = 20;

    /// <summary>The painted form: made once, its bytes shared by all documents. Two threads may make it twice, to the same effect.</summary>
    private PdfStream? _painted;

    public VectorDrawing Drawing { get; } = drawing;

    protected override Appearance MakeOpaque() =>
        Drawing.Opacity < 1 ? new DrawingAppearance(Drawing with { Opacity = 1 }) : this;

    protected override PdfReference WriteForm(IObjectSink sink)
    {
        _painted ??= Paint().ToStream(Drawing.Opacity < 1 ? GroupDictionary() : FormDictionary(PdfDictionary.Empty));
        PdfReference inner = sink.Add(_painted);
        if (Drawing.Opacity >= 1)
        {
            return inner;
        }

        PdfDictionary alpha = new(("Type", new PdfName("ExtGState")), ("ca", Drawing.Opacity), ("CA", Drawing.Opacity));
        PdfDictionary resources = new(
            ("ExtGState", new PdfDictionary(("G", alpha))),
            ("XObject", new PdfDictionary(("D", inner))));
        return sink.Add(new ContentBuilder().GraphicsState("G").Draw("D").ToStream(FormDictionary(resources)));
    }

    private PdfDictionary GroupDictionary() => FormDictionary(PdfDictionary.Empty).With(
        "Group", new PdfDictionary(("S", new PdfName("Transparency"))));

    private ContentBuilder Paint()
    {
        var content = new ContentBuilder();
        if (Drawing.AlternateText.Length > 0)
        {
            // ISO 32000-2 §14.9.4: the outlines stand for this text.
            content.Name("Span").Raw("<</ActualText ").Hex([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Drawing.AlternateText)]).Raw(">> ").Operator("BDC");
        }

        VectorDrawing scaled = Drawing.Scale(UnitsPerPoint);
        content.Save().Transform(PdfMatrix.Scaling(1 / UnitsPerPoint, 1 / UnitsPerPoint));
        if (scaled.Clip is { } clip)
        {
            content.Path(clip).Clip(evenOdd: true);
        }

        if (scaled.Paths.Any(p => p.StrokeWidth > 0))
        {
            content.RoundLines();
        }

        SealColor? current = null;
        foreach (PaintedPath painted in scaled.Paths)
        {
            if (painted.Color != current)
            {
                content.FillColor(painted.Color).StrokeColor(painted.Color);
                current = painted.Color;
            }

            content.Paint(painted);
        }

        content.Restore();
        return Drawing.AlternateText.Length > 0 ? content.Operator("EMC") : content;
    }
}
