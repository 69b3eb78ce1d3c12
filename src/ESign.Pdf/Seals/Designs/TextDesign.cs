using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Drawing;
using ESign.Pdf.Seals.Texts;

namespace ESign.Pdf.Seals.Designs;

/// <summary>A design made of text: it fits itself to its control instead of being scaled.</summary>
internal abstract record TextDesign(string Content, TextFormat Format) : SealDesign
{
    /// <summary>An opacity below what a seal may have; for watermarks.</summary>
    internal double? Translucency { get; init; }

    internal sealed override string AlternateText => Content;

    internal sealed override Appearance CreateAppearance(TrueTypeFont font)
    {
        // Fails now, not when a document is being written, if the font lacks a character.
        _ = InkGlyph.Of(Content.ReplaceLineEndings(""), font);
        return new TextAppearance(DefaultSize.Width, DefaultSize.Height, (width, height) => Set(width, height, font));
    }

    internal sealed override VectorDrawing Draw(TrueTypeFont font) => Set(DefaultSize.Width, DefaultSize.Height, font).ToDrawing(font);

    protected abstract IReadOnlyList<PositionedText> Texts(double width, double height, TrueTypeFont font);

    private TextPicture Set(double width, double height, TrueTypeFont font) => new(width, height, Texts(width, height, font), Color) { IsBold = Format.Bold, Opacity = Translucency ?? Opacity };
}
