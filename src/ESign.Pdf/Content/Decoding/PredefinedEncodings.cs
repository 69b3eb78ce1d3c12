using System.Text;

namespace ESign.Pdf.Content.Decoding;

/// <summary>The predefined CMaps by name.</summary>
/// <remarks>ISO 32000-2 §9.7.5.2, table 116, and the further names that Adobe's cmap-resources define.</remarks>
internal static class PredefinedEncodings
{
    private const int HalfWidthGb = 814;
    private const int HalfWidthJapan = 231;
    private const int HalfWidthTaiwan = 13648;
    private const int HalfWidthKorea = 8094;

    private static readonly UnicodeEncoding Utf16 = new(bigEndian: true, byteOrderMark: false);
    private static readonly UTF32Encoding Utf32 = new(bigEndian: true, byteOrderMark: false);
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The encoding of that name, or <see langword="null"/> when it is none of the predefined ones.</summary>
    public static CharacterEncoding? Find(string name)
    {
        bool isVertical = name is "V" || name.EndsWith("-V", StringComparison.Ordinal);
        string stem = name switch
        {
            "H" or "V" => "",
            _ when name.EndsWith("-H", StringComparison.Ordinal) || isVertical => name[..^2],
            _ => name,
        };
        if (stem == "Identity")
        {
            return new CharacterEncoding.Identity(isVertical);
        }

        if (FindUnicode(stem, isVertical) is { } unicode)
        {
            return unicode;
        }

        return FindLegacy(stem) is { } page ? new CharacterEncoding.Legacy(page, isVertical) : null;
    }

    private static CharacterEncoding.Unicode? FindUnicode(string stem, bool isVertical)
    {
        string? ordering = stem switch
        {
            _ when stem.StartsWith("UniGB-", StringComparison.Ordinal) => "GB1",
            _ when stem.StartsWith("UniCNS-", StringComparison.Ordinal) => "CNS1",
            _ when stem.StartsWith("UniJIS", StringComparison.Ordinal) => "Japan1",
            _ when stem.StartsWith("UniKS-", StringComparison.Ordinal) => "Korea1",
            _ => null,
        };
        if (ordering is null)
        {
            return null;
        }

        Encoding encoding = stem switch
        {
            _ when stem.Contains("UTF32", StringComparison.Ordinal) => Utf32,
            _ when stem.Contains("UTF8", StringComparison.Ordinal) => Utf8,
            _ => Utf16,
        };
        return new CharacterEncoding.Unicode(encoding, ordering, isVertical, stem.Contains("-HW", StringComparison.Ordinal) ? HalfWidthJapan : null);
    }

    private static LegacyCodePage? FindLegacy(string stem) => stem switch
    {
        "GB-EUC" or "GBT-EUC" => new LegacyCodePage(936, "GB1", HalfWidthGb, LeadByteShape.DoubleByte),
        "GBpc-EUC" or "GBTpc-EUC" => new LegacyCodePage(936, "GB1", 1, LeadByteShape.DoubleByte),
        "GBK-EUC" => new LegacyCodePage(936, "GB1", HalfWidthGb, LeadByteShape.DoubleByte),
        "GBKp-EUC" => new LegacyCodePage(936, "GB1", 1, LeadByteShape.DoubleByte),
        "GBK2K" => new LegacyCodePage(54936, "GB1", 1, LeadByteShape.Gb18030),
        "GB" or "GBT" => new LegacyCodePage(936, "GB1", 1, LeadByteShape.SevenBit),
        "B5pc" or "HKscs-B5" or "HKdla-B5" or "HKdlb-B5" or "HKgccs-B5" or "HKm314-B5" or "HKm471-B5" or "ETenms-B5" =>
            new LegacyCodePage(950, "CNS1", 1, LeadByteShape.DoubleByte),
        "B5" or "ETen-B5" or "ETHK-B5" => new LegacyCodePage(950, "CNS1", HalfWidthTaiwan, LeadByteShape.DoubleByte),
        "CNS-EUC" => new LegacyCodePage(20000, "CNS1", HalfWidthTaiwan, LeadByteShape.EucTaiwan),
        "90msp-RKSJ" or "90pv-RKSJ" or "83pv-RKSJ" => new LegacyCodePage(932, "Japan1", 1, LeadByteShape.ShiftJis),
        "90ms-RKSJ" or "RKSJ" or "Ext-RKSJ" or "Add-RKSJ" or "78-RKSJ" or "78ms-RKSJ" =>
            new LegacyCodePage(932, "Japan1", HalfWidthJapan, LeadByteShape.ShiftJis),
        "EUC" or "78-EUC" => new LegacyCodePage(51932, "Japan1", HalfWidthJapan, LeadByteShape.EucJapanese),
        "" or "78" or "Ext" or "Add" or "NWP" => new LegacyCodePage(51932, "Japan1", HalfWidthJapan, LeadByteShape.SevenBit),
        "KSC-EUC" or "KSCms-UHC-HW" => new LegacyCodePage(949, "Korea1", HalfWidthKorea, LeadByteShape.DoubleByte),
        "KSCms-UHC" or "KSCpc-EUC" => new LegacyCodePage(949, "Korea1", 1, LeadByteShape.DoubleByte),
        "KSC" => new LegacyCodePage(949, "Korea1", HalfWidthKorea, LeadByteShape.SevenBit),
        "KSC-Johab" => new LegacyCodePage(1361, "Korea1", HalfWidthKorea, LeadByteShape.DoubleByte),
        _ => null,
    };
}
