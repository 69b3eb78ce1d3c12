using ESign.Pdf.Objects;
using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Seals;

/// <summary>A window onto another appearance: one strip of a cross-page seal. The seal's form is shared by all strips.</summary>
internal sealed class StripAppearance : Appearance
{
    private readonly Appearance _whole;
    private readonly PdfRectangle _window;
    private readonly double _scale;

    /// <param name="whole">The whole seal.</param>
    /// <param name="scale">How much the seal is scaled before it is cut.</param>
    /// <param name="window">The part to show, in the coordinates of the scaled seal.</param>
    public StripAppearance(Appearance whole, double scale, PdfRectangle window)
        : base(window.Width, window.Height)
    {
        _whole = whole;
        _scale = scale;
        _window = window;
    }

    protected override Appearance MakeOpaque() => new StripAppearance(_whole.WithoutTransparency(), _scale, _window);

    /// <summary>The form's own <c>/BBox</c> clips (ISO 32000-2 §8.10.1), so no clip path is needed.</summary>
    protected override PdfReference WriteForm(IObjectSink sink)
    {
        PdfDictionary resources = new(("XObject", new PdfDictionary(("S", _whole.Write(sink)))));
        return sink.Add(new ContentBuilder()
            .Transform(new PdfMatrix(_scale, 0, 0, _scale, -_window.Left, -_window.Bottom))
            .Draw("S")
            .ToStream(FormDictionary(resources)));
    }
}
