using System.Globalization;
using System.Text;

namespace ESign.Pdf.Seals.Designs;

/// <summary>What the texts and sizes of seals may be.</summary>
internal static class SealText
{
    /// <summary>The first two characters of the credit codes whose holders may have a legal representative's seal.</summary>
    private static readonly string[] LegalPersonPrefixes = ["51", "52", "53", "91", "12", "N1", "N2", "N3", "54"];

    /// <summary>An organisation's name: 2 to 40 characters, ASCII brackets turned into the full-width ones of registered names.</summary>
    public static string Name(string name) => Require(name, 2, 40, "印章名称 / name").Replace('(', '（').Replace(')', '）');

    public static string HorizontalText(string text) => text.Length == 0 ? text : Require(text, 1, 15, "横向文 / horizontal text");

    public static string? BottomText(string? text) => text is null ? null : Require(text, 1, 20, "下弦文 / bottom text");

    /// <summary>The seal code: 13 digits. Regions number them differently, so only the form is checked.</summary>
    public static string? Code(string? code)
    {
        if (code is null || (code.Length == 13 && code.All(char.IsAsciiDigit)))
        {
            return code;
        }

        throw new ArgumentException($"印章编码应为 13 位数字：'{code}' / The seal code must be 13 digits: '{code}'.", nameof(code));
    }

    public static string TaxpayerNumber(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        if (number.Length is >= 15 and <= 20 && number.All(char.IsAsciiLetterOrDigit))
        {
            return number.ToUpperInvariant();
        }

        throw new ArgumentException($"纳税人识别号应为 15 至 20 位字母或数字：'{number}' / The taxpayer number must be 15 to 20 letters or digits: '{number}'.", nameof(number));
    }

    public static void RequireLegalPersonCode(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.Length != 18 || !code.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException($"统一社会信用代码应为 18 位：'{code}' / The unified social credit code must have 18 letters or digits: '{code}'.", nameof(code));
        }

        if (!LegalPersonPrefixes.Contains(code[..2], StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                "暂不支持创建法定代表人章，当前仅支持主体类型为企业、社会团体、民办非企业单位、基金会的主体创建法定代表人章 / "
                + $"No legal representative's seal for this kind of organisation: the credit code starts with {code[..2]}, allowed are {string.Join(", ", LegalPersonPrefixes)}.",
                nameof(code));
        }
    }

    public static string Date(DateOnly date, string form)
    {
        string pattern = form switch
        {
            "yyyy年m月d日" => "yyyy年M月d日",
            "yyyy/m/d" => "yyyy/M/d",
            "yyyy-m-d" => "yyyy-M-d",
            "yyyy.m.d" => "yyyy.M.d",
            _ => throw new ArgumentException($"不支持的日期格式'{form}' / Unsupported date format '{form}'.", nameof(form)),
        };
        return date.ToString(pattern, CultureInfo.InvariantCulture);
    }

    public static SealSize Size(SealSize size, params ReadOnlySpan<SealSize> allowed)
    {
        if (allowed.Contains(size))
        {
            return size;
        }

        string list = string.Join(", ", allowed.ToArray().Select(Describe));
        throw new ArgumentException($"不支持的印章尺寸 {Describe(size)} mm，可选 {list} / Unsupported seal size {Describe(size)} mm; allowed are {list}.", nameof(size));
    }

    /// <summary>A text with a number of characters (not UTF-16 units) within bounds and none that cannot be drawn.</summary>
    public static string Require(string text, int minimum, int maximum, string what, bool keepIndent = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = keepIndent ? text : text.Trim();
        int length = 0;
        foreach (Rune rune in trimmed.EnumerateRunes())
        {
            length++;
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar)
            {
                throw new ArgumentException($"{what}: 含有无法绘制的字符 (U+{rune.Value:X4}) / contains a character that cannot be drawn (U+{rune.Value:X4}).", nameof(text));
            }
        }

        return length >= minimum && length <= maximum
            ? trimmed
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{what}: 应为 {minimum} 到 {maximum} 个字符，实际 {length} 个 / must have {minimum} to {maximum} characters, has {length}."), nameof(text));
    }

    private static string Describe(SealSize size) => string.Create(CultureInfo.InvariantCulture, $"{size.WidthMillimeters:0.##}×{size.HeightMillimeters:0.##}");
}
