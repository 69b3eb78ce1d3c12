namespace ESign.Pdf.Content.Decoding;

/// <summary>What one character code of a show operation means: its text and its metrics, all in units of the font size.</summary>
/// <param name="Text">The Unicode text; empty for none, U+FFFD where the file does not say.</param>
/// <param name="Advance">How far the pen moves along the writing direction: x when horizontal, −y when vertical.</param>
/// <param name="Width">The horizontal width of the glyph; in horizontal writing <paramref name="Advance"/>, unless the glyph is seen narrower.</param>
/// <param name="OriginX">The x of the position vector in vertical writing (ISO 32000-2 §9.7.4.3).</param>
/// <param name="OriginY">The y of the position vector in vertical writing.</param>
/// <param name="IsWordSpace">Whether word spacing applies: the single-byte code 32 (§9.3.3).</param>
internal readonly record struct DecodedGlyph(string Text, double Advance, double Width, double OriginX, double OriginY, bool IsWordSpace)
{
    public const string UnknownText = "\uFFFD";
}
