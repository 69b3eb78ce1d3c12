using ESign.Pdf.Content.Decoding;

namespace ESign.Pdf.Content;

/// <summary>The part of the graphics state that text depends on; what <c>q</c> saves and <c>Q</c> restores.</summary>
/// <remarks>ISO 32000-2 §8.4 and table 103.</remarks>
internal struct TextState
{
    /// <summary>The current transformation matrix.</summary>
    public PdfMatrix Matrix;

    public ContentFont? Font;

    public double Size;

    /// <summary><c>Tc</c>, unscaled.</summary>
    public double CharacterSpacing;

    /// <summary><c>Tw</c>, unscaled.</summary>
    public double WordSpacing;

    /// <summary><c>Tz</c> as a factor.</summary>
    public double Scale;

    /// <summary><c>TL</c>.</summary>
    public double Leading;

    /// <summary><c>Ts</c>.</summary>
    public double Rise;

    /// <summary><c>Tr</c> is 3 or 7.</summary>
    public bool IsInvisible;

    public static TextState Initial(PdfMatrix matrix) => new() { Matrix = matrix, Scale = 1 };
}
