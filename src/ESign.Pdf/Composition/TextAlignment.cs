namespace ESign.Pdf.Composition;

/// <summary>Where lines stand between the margins.</summary>
internal enum TextAlignment
{
    Left,
    Center,
    Right,

    /// <summary>Both edges even, save the last line.</summary>
    Justify,
}
