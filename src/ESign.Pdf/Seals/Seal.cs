using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Drawing;
using ESign.Pdf.Seals.Images;

namespace ESign.Pdf.Seals;

/// <summary>A seal, signature, date or other mark, ready to be placed on pages. Immutable.</summary>
public sealed class Seal
{
    private readonly Func<string> _svg;

    private Seal(Appearance appearance, string alternateText, ControlSize defaultSize, Func<string> svg)
    {
        Appearance = appearance;
        DefaultSize = defaultSize;
        AlternateText = alternateText;
        _svg = svg;
    }

    /// <summary>The natural size: the physical one of a drawn seal.</summary>
    public SealSize Size => new(Length.FromPoints(Appearance.Width).Millimeters, Length.FromPoints(Appearance.Height).Millimeters);

    /// <summary>What the seal says, for readers who cannot see it.</summary>
    public string AlternateText { get; }

    internal Appearance Appearance { get; }

    /// <summary>The control's size where a placement gives none.</summary>
    internal ControlSize DefaultSize { get; }

    /// <summary>Draws a seal after a design.</summary>
    /// <param name="design">What it looks like.</param>
    /// <returns>The seal.</returns>
    /// <exception cref="ArgumentException">The bundled font lacks a character of its text; the message names it.</exception>
    public static Seal Draw(SealDesign design)
    {
        ArgumentNullException.ThrowIfNull(design);
        TrueTypeFont font = BundledFont.Regular;
        return new Seal(design.CreateAppearance(font), design.AlternateText, design.DefaultSize, () => SvgWriter.Write(design.DrawFinished(font)));
    }

    /// <summary>Makes a seal or signature from an image file.</summary>
    /// <param name="file">A PNG or JPEG file of at most 5 MB and 16 million pixels.</param>
    /// <param name="options">How it is treated.</param>
    /// <returns>The seal.</returns>
    /// <exception cref="FormatException">The file is damaged, too large, or of another kind.</exception>
    public static Seal FromImage(ReadOnlyMemory<byte> file, SealImageOptions? options = null)
    {
        options ??= new SealImageOptions();
        (Appearance appearance, Func<string> svg) = SealImage.Read(file, options);
        return new Seal(appearance, options.AlternateText, options.IsSignature ? ControlSize.Signature : ControlSize.Seal, svg);
    }

    /// <summary>The seal as an SVG 1.1 image of its physical size.</summary>
    /// <returns>The XML text.</returns>
    public string ToSvg() => _svg();

    /// <summary>Writes the seal as a PDF of one page of its physical size.</summary>
    /// <param name="output">Where to; stays open.</param>
    public void WritePdf(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        SealDocument.Write(Appearance, output);
    }

    /// <summary>The same seal with another appearance.</summary>
    internal Seal With(Appearance appearance) => new(appearance, AlternateText, DefaultSize, _svg);

    /// <summary>The seal at a place.</summary>
    /// <param name="placement">Where it goes.</param>
    /// <returns>The pair.</returns>
    public PlacedSeal Place(SealPlacement placement) => new(this, placement);
}
