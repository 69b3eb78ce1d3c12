using System.Globalization;
using System.Text;

namespace ESign.Pdf.Fonts;

/// <summary>Writes the CMap that leads from the codes of a subset back to text.</summary>
/// <remarks>
/// ISO 32000-2 §9.10.3. At most 100 entries to a section; a range keeps the high byte of both its codes and its
/// characters, because only the last byte counts up. Characters beyond the BMP are surrogate pairs in UTF-16BE.
/// </remarks>
internal static class ToUnicodeMap
{
    private const int MaximumSectionLength = 100;

    public static byte[] Write(IReadOnlyList<SubsetCharacter> characters)
    {
        var singles = new List<string>();
        var ranges = new List<string>();
        for (int first = 0; first < characters.Count;)
        {
            int last = LastOfRange(characters, first);
            string target = Hex(characters[first].CodePoint);
            if (last == first)
            {
                singles.Add(string.Create(CultureInfo.InvariantCulture, $"<{first + 1:X4}> <{target}>"));
            }
            else
            {
                ranges.Add(string.Create(CultureInfo.InvariantCulture, $"<{first + 1:X4}> <{last + 1:X4}> <{target}>"));
            }

            first = last + 1;
        }

        var map = new StringBuilder();
        map.Append("""
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """.ReplaceLineEndings("\n"));
        AppendSections(map, "bfchar", singles);
        AppendSections(map, "bfrange", ranges);
        map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        return Encoding.ASCII.GetBytes(map.ToString());
    }

    private static int LastOfRange(IReadOnlyList<SubsetCharacter> characters, int first)
    {
        int last = first;
        while (last + 1 < characters.Count
            && characters[last + 1].CodePoint == characters[last].CodePoint + 1
            && characters[last + 1].CodePoint <= 0xFFFF
            && (characters[last + 1].CodePoint & 0xFF) != 0
            && ((last + 2) & 0xFF) != 0)
        {
            last++;
        }

        return last;
    }

    private static string Hex(int codePoint) => Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(char.ConvertFromUtf32(codePoint)));

    private static void AppendSections(StringBuilder map, string kind, List<string> entries)
    {
        foreach (string[] section in entries.Chunk(MaximumSectionLength))
        {
            map.Append(CultureInfo.InvariantCulture, $"{section.Length} begin{kind}\n");
            map.AppendJoin('\n', section);
            map.Append(CultureInfo.InvariantCulture, $"\nend{kind}\n");
        }
    }
}
