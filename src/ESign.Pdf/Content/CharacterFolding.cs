using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using ESign.Pdf.Content.Decoding;

namespace ESign.Pdf.Content;

/// <summary>
/// Makes characters that a person takes for the same compare equal: full-width and half-width forms, CJK compatibility
/// ideographs and radicals, ligatures, no-break spaces. Case and accents stay as they are.
/// </summary>
/// <remarks>
/// Unicode normalization form KC, character by character, from a table of our own: the platform's normalization depends
/// on ICU, which small containers leave out. Radicals (U+2E80, U+2F00) matter because producers confuse them with
/// ideographs in ToUnicode maps.
/// </remarks>
internal static class CharacterFolding
{
    private static readonly Lazy<FrozenDictionary<char, string>> Table = new(Load);

    /// <summary>Appends the folded form of one character; characters that show nothing are left out.</summary>
    public static void Append(char character, StringBuilder folded)
    {
        if (character < '\u00A0' || character is >= '\u3400' and <= '\u9FFF')
        {
            folded.Append(character);
        }
        else if (!IsInvisible(character))
        {
            folded.Append(Table.Value.TryGetValue(character, out string? plain) ? plain : character.ToString());
        }
    }

    /// <summary>Whether it counts as white space, the control characters and NUL among it.</summary>
    public static bool IsSpace(char character) => character <= ' ' || char.IsWhiteSpace(character) || character == '\u007F';

    /// <summary>Letters and digits of scripts that separate words by spaces.</summary>
    public static bool IsSpacedLetter(char folded) => folded < '\u2E80' && char.IsLetterOrDigit(folded);

    /// <summary>Soft hyphen, zero-width characters, direction marks, byte-order mark and variation selectors.</summary>
    private static bool IsInvisible(char character) => character is
        '\u00AD' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2064') or '\uFEFF' or (>= '\uFE00' and <= '\uFE0F');

    private static FrozenDictionary<char, string> Load()
    {
        var table = new Dictionary<char, string>();
        foreach (string line in EmbeddedTable.ReadLines("folding.txt"))
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            table[(char)int.Parse(line.AsSpan(0, space), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)] = line[(space + 1)..];
        }

        return table.ToFrozenDictionary();
    }
}
