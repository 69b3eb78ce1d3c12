using System.Text;
using ESign.Pdf.Fonts;

namespace ESign.Pdf.Tests.Fonts;

/// <summary>ISO 32000-2 §9.10.3.</summary>
public class ToUnicodeMapTests
{
    [Fact]
    public void Single_characters_ranges_and_surrogate_pairs()
    {
        string map = Write('合', '同', 'A', 'B', 'C', 0x20BB7);
        Assert.Contains("3 beginbfchar\n<0001> <5408>\n<0002> <540C>\n<0006> <D842DFB7>\nendbfchar\n1 beginbfrange\n<0003> <0005> <0041>\nendbfrange\n", map, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_ends_where_the_last_byte_of_a_character_or_code_would_overflow()
    {
        Assert.Contains("2 beginbfrange\n<0001> <0002> <4EFE>\n<0003> <0004> <4F00>\nendbfrange", Write(0x4EFE, 0x4EFF, 0x4F00, 0x4F01), StringComparison.Ordinal);
        int[] many = [.. Enumerable.Range(0, 254).Select(i => 0x4E00 + (i * 2) % 0x1FF), 0x6000, 0x6001];
        Assert.DoesNotContain("<00FF> <0100>", Write(many), StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_has_at_most_100_entries()
    {
        string map = Write([.. Enumerable.Range(0, 150).Select(i => 0x4E00 + (i * 2))]);
        Assert.Contains("100 beginbfchar", map, StringComparison.Ordinal);
        Assert.Contains("50 beginbfchar", map, StringComparison.Ordinal);
    }

    private static string Write(params int[] characters) =>
        Encoding.ASCII.GetString(ToUnicodeMap.Write([.. characters.Select(c => new SubsetCharacter(c, 1, 1000))]));
}
