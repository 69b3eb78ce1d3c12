namespace ESign.Pdf.Content.Decoding;

/// <summary>What an embedded font program can tell about text when the PDF itself does not.</summary>
/// <remarks>ISO 32000-2 §9.10.2 leaves this to the reader; every common one looks into the font.</remarks>
internal abstract class FontProgram
{
    /// <summary>The text of a glyph index; for CFF fonts keyed by CID, of the CID.</summary>
    public abstract string? TextOfGlyph(int glyph);

    /// <summary>The text of a one-byte code under the font's built-in encoding.</summary>
    public abstract string? TextOfCode(byte code);
}
