using System.Buffers;

namespace ESign.Pdf.Syntax;

/// <summary>White-space, delimiter and regular characters (ISO 32000-2 §7.2.3).</summary>
internal static class CharacterClass
{
    /// <summary>Table 1: NUL, TAB, LF, FF, CR, SP.</summary>
    public static SearchValues<byte> WhiteSpace { get; } = SearchValues.Create("\0\t\n\f\r "u8);

    /// <summary>Tables 1 and 2 together: what ends a run of regular characters.</summary>
    public static SearchValues<byte> NotRegular { get; } = SearchValues.Create("\0\t\n\f\r ()<>[]{}/%"u8);

    private static ReadOnlySpan<byte> Hexadecimal => "0123456789ABCDEF"u8;

    public static bool IsWhiteSpace(byte b) => b is 0x20 or 0x0A or 0x0D or 0x09 or 0x00 or 0x0C;

    public static bool IsDelimiter(byte b) => b is (byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%';

    public static bool IsRegular(byte b) => !IsWhiteSpace(b) && !IsDelimiter(b);

    public static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    /// <summary>The value of a hexadecimal digit, or -1.</summary>
    public static int HexValue(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        _ => -1,
    };

    public static byte HexDigit(int value) => Hexadecimal[value & 0xF];
}
