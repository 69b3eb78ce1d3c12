using ESign.Pdf.Objects;
using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Seals;

/// <summary>
/// A widget's normal appearance: a form with <c>/BBox</c> [0 0 w h] and the matrix of the page's rotation that places one
/// or several appearances in its boxes.
/// </summary>
/// <remarks>ISO 32000-2 §12.5.5. The parts keep their own forms, so a seal used in many widgets is written once.</remarks>
internal sealed class WidgetAppearance : Appearance
{
    private readonly PdfMatrix _matrix;
    private readonly IReadOnlyList<WidgetPart> _parts;

    public WidgetAppearance(double width, double height, PdfMatrix matrix, params IReadOnlyList<WidgetPart> parts)
        : base(width, height)
    {
        _matrix = matrix;
        _parts = parts;
    }

    /// <summary>One appearance in the whole widget, scaled to fit, its ratio kept, centred.</summary>
    public WidgetAppearance(double width, double height, PdfMatrix matrix, Appearance appearance)
        : this(width, height, matrix, [new WidgetPart(appearance, new PdfRectangle(0, 0, width, height))])
    {
    }

    /// <summary>A widget's form belongs to that widget.</summary>
    protected override bool IsReused => false;

    protected override Appearance MakeOpaque() =>
        new WidgetAppearance(Width, Height, _matrix, [.. _parts.Select(p => p with { Appearance = p.Appearance.WithoutTransparency() })]);

    protected override PdfReference WriteForm(IObjectSink sink)
    {
        // What fills an upright widget exactly needs no form around it.
        if (_matrix == PdfMatrix.Identity && _parts is [{ } only] && only.Appearance.Width.Equals(Width) && only.Appearance.Height.Equals(Height) && only.Matrix() == PdfMatrix.Identity)
        {
            return only.Appearance.Write(sink);
        }

        var content = new ContentBuilder();
        var names = new List<KeyValuePair<string, PdfObject>>();
        foreach (WidgetPart part in _parts)
        {
            string name = "S" + names.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            names.Add(new KeyValuePair<string, PdfObject>(name, part.Appearance.Write(sink)));
            content.Save().Transform(part.Matrix()).Draw(name).Restore();
        }

        PdfDictionary form = FormDictionary(new PdfDictionary(("XObject", new PdfDictionary(names))));
        return sink.Add(content.ToStream(_matrix == PdfMatrix.Identity ? form : form.With("Matrix", _matrix.ToArray())));
    }
}
