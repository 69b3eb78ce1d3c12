namespace ESign.Pdf.Content.Decoding;

/// <summary>What tells one legacy CMap from another: its code page, its lead bytes and the CIDs of its ASCII half.</summary>
/// <remarks>Adobe Technical Notes 5079 (GB1), 5080 (CNS1), 5078 (Japan1) and 5093 (Korea1).</remarks>
/// <param name="CodePage">The code page that System.Text.Encoding.CodePages knows.</param>
/// <param name="Ordering">The character collection.</param>
/// <param name="FirstAsciiCid">The CID of the space: 1 where ASCII is proportional, else the start of the half-width forms.</param>
/// <param name="Shape">How lead bytes are told.</param>
internal sealed record LegacyCodePage(int CodePage, string Ordering, int FirstAsciiCid, LeadByteShape Shape)
{
    /// <summary>Adobe-Japan1 CIDs 326 ff. are half-width katakana.</summary>
    public const int FirstHalfWidthKatakanaCid = 326;

    public bool IsSevenBit => Shape == LeadByteShape.SevenBit;

    /// <summary>The number of bytes of the code at the start of the text, as far as there are that many.</summary>
    public int LengthOf(ReadOnlySpan<byte> text)
    {
        byte lead = text[0];
        int length = Shape switch
        {
            LeadByteShape.SevenBit => 2,
            LeadByteShape.ShiftJis => lead is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC) ? 2 : 1,
            LeadByteShape.EucJapanese => lead switch { 0x8E => 2, 0x8F => 3, >= 0xA1 and <= 0xFE => 2, _ => 1 },
            LeadByteShape.EucTaiwan => lead switch { 0x8E => 4, >= 0xA1 and <= 0xFE => 2, _ => 1 },
            LeadByteShape.Gb18030 when text.Length > 1 && text[1] is >= 0x30 and <= 0x39 && lead is >= 0x81 and <= 0xFE => 4,
            _ => lead is >= 0x81 and <= 0xFE ? 2 : 1,
        };
        return Math.Min(length, text.Length);
    }
}
