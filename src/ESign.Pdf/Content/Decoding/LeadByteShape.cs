namespace ESign.Pdf.Content.Decoding;

/// <summary>How a legacy encoding tells one-byte codes from longer ones.</summary>
internal enum LeadByteShape
{
    /// <summary>A byte from 0x81 to 0xFE leads a pair: GBK, Big Five, UHC, EUC-CN, EUC-KR.</summary>
    DoubleByte,

    /// <summary>As above, with four bytes where the second is a digit.</summary>
    Gb18030,

    ShiftJis,
    EucJapanese,
    EucTaiwan,

    /// <summary>Always pairs of seven-bit bytes: ISO 2022 without its escapes.</summary>
    SevenBit,
}
