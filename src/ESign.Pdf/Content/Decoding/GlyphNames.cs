using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace ESign.Pdf.Content.Decoding;

/// <summary>Glyph names to Unicode: the Adobe Glyph List and its rules for made-up names.</summary>
/// <remarks>Adobe Glyph List Specification §2: drop the suffix after a full stop, split at underscores, then list, <c>uniXXXX</c>, <c>uXXXXXX</c>.</remarks>
internal static class GlyphNames
{
    /// <summary>Names are at most 63 characters long by the specification; longer ones are not looked at.</summary>
    private const int MaxLength = 127;

    private static readonly Lazy<FrozenDictionary<string, string>> List = new(ReadList);

    /// <summary>The text of a glyph name; <see langword="null"/> when the name says nothing, as "g123" or ".notdef".</summary>
    public static string? ToText(string name)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return null;
        }

        if (List.Value.TryGetValue(name, out string? text))
        {
            return text;
        }

        int dot = name.IndexOf('.', StringComparison.Ordinal);
        string stem = dot >= 0 ? name[..dot] : name;
        if (!stem.Contains('_', StringComparison.Ordinal))
        {
            return Component(stem);
        }

        var builder = new StringBuilder();
        foreach (string component in stem.Split('_'))
        {
            if (Component(component) is not { } part)
            {
                return null;
            }

            builder.Append(part);
        }

        return builder.ToString();
    }

    private static string? Component(string name)
    {
        if (List.Value.TryGetValue(name, out string? text))
        {
            return text;
        }

        if (name.StartsWith("uni", StringComparison.Ordinal) && name.Length >= 7 && (name.Length - 3) % 4 == 0)
        {
            return Units(name.AsSpan(3));
        }

        return name.Length is >= 5 and <= 7 && name[0] == 'u' && TryHexadecimal(name.AsSpan(1), out int value) && Rune.TryCreate(value, out Rune rune)
            ? rune.ToString()
            : null;
    }

    private static string? Units(ReadOnlySpan<char> digits)
    {
        var builder = new StringBuilder(digits.Length / 4);
        for (int i = 0; i < digits.Length; i += 4)
        {
            if (!TryHexadecimal(digits.Slice(i, 4), out int unit))
            {
                return null;
            }

            builder.Append((char)unit);
        }

        return builder.ToString();
    }

    private static bool TryHexadecimal(ReadOnlySpan<char> digits, out int value) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    private static FrozenDictionary<string, string> ReadList()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in EmbeddedTable.ReadLines("glyphs.txt"))
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            int value = int.Parse(line.AsSpan(space + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            names[line[..space]] = char.ConvertFromUtf32(value);
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
