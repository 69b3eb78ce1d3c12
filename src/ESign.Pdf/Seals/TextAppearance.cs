using ESign.Pdf.Fonts;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals.Drawing;
using ESign.Pdf.Seals.Texts;

namespace ESign.Pdf.Seals;

/// <summary>Text in an embedded font subset, so that it can be searched and copied; set anew for each size of control.</summary>
/// <remarks>ISO 32000-2 §9.4. Bold text is filled and stroked (§9.3.6, rendering mode 2).</remarks>
internal sealed class TextAppearance : Appearance
{
    private readonly Func<double, double, TextPicture> _set;
    private readonly bool _isOpaque;

    /// <summary>The text with a font of its own: made once, its bytes shared by all documents.</summary>
    private Alone? _alone;

    /// <summary>The same text for the last size asked for: one mark placed alike in many documents is set once.</summary>
    private TextAppearance? _fitted;

    public TextAppearance(double width, double height, Func<double, double, TextPicture> set, bool isOpaque = false)
        : base(width, height)
    {
        _set = set;
        _isOpaque = isOpaque;
    }

    public override Appearance FitTo(double width, double height)
    {
        if (width.Equals(Width) && height.Equals(Height))
        {
            return this;
        }

        return _fitted is { } known && width.Equals(known.Width) && height.Equals(known.Height)
            ? known
            : _fitted = new TextAppearance(width, height, _set, _isOpaque);
    }

    public TextPicture Set()
    {
        TextPicture picture = _set(Width, Height);
        return _isOpaque && picture.Opacity < 1 ? picture with { Opacity = 1, Color = OnWhite(picture.Color, picture.Opacity) } : picture;
    }

    /// <summary>Writes the form with a font that several texts share; all of them must have been encoded before it was built.</summary>
    public PdfReference Write(IObjectSink sink, FontSubsetBuilder codes, PdfReference font)
    {
        PdfStream content = Build(codes);
        return sink.Add(WithFont(content, font));
    }

    protected override Appearance MakeOpaque() => _isOpaque ? this : new TextAppearance(Width, Height, _set, isOpaque: true);

    protected override PdfReference WriteForm(IObjectSink sink)
    {
        Alone alone = _alone ??= BuildAlone();
        return sink.Add(WithFont(alone.Content, alone.Font.Write(sink, listsCharacters: _isOpaque)));
    }

    private static PdfStream WithFont(PdfStream content, PdfReference font)
    {
        var resources = (PdfDictionary)content.Dictionary["Resources"]!;
        return new PdfStream(content.Dictionary.With("Resources", resources.With("Font", new PdfDictionary(("F", font)))), content.Data);
    }

    private Alone BuildAlone()
    {
        var codes = new FontSubsetBuilder(BundledFont.Regular);
        PdfStream content = Build(codes);
        return new Alone(codes.Build(), content);
    }

    /// <summary>The form without its font.</summary>
    private PdfStream Build(FontSubsetBuilder codes)
    {
        TextPicture picture = Set();
        var content = new ContentBuilder();
        PdfDictionary resources = PdfDictionary.Empty;
        if (picture.Opacity < 1)
        {
            PdfDictionary alpha = new(("Type", new PdfName("ExtGState")), ("ca", picture.Opacity), ("CA", picture.Opacity));
            resources = resources.With("ExtGState", new PdfDictionary(("G", alpha)));
            content.GraphicsState("G");
        }

        content.FillColor(picture.Color).Operator("BT");
        if (picture.IsBold)
        {
            content.StrokeColor(picture.Color).Number(2).Operator("Tr");
        }

        foreach (PositionedText text in picture.Texts)
        {
            if (picture.IsBold)
            {
                content.LineWidth(TextPicture.StrokeWidth(text));
            }

            PdfMatrix m = text.Matrix;
            content.Name("F").Number(text.Size).Operator("Tf");
            content.Number(m.A, 5).Number(m.B, 5).Number(m.C, 5).Number(m.D, 5).Number(m.E).Number(m.F).Operator("Tm");
            content.Hex(codes.Encode(text.Text)).Operator("Tj");
        }

        return content.Operator("ET").ToStream(FormDictionary(resources));
    }

    /// <summary>What a translucent ink looks like on paper.</summary>
    private static SealColor OnWhite(SealColor color, double opacity)
    {
        return new SealColor(Mix(color.Red), Mix(color.Green), Mix(color.Blue));

        byte Mix(byte channel) => (byte)Math.Round(255 - ((255 - channel) * opacity));
    }

    private sealed record Alone(EmbeddedFont Font, PdfStream Content);
}
