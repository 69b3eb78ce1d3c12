using System.Text;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Tests.Syntax;

/// <summary>ISO 32000-2 §7.2, §7.3: tokens and objects as the standard and the wild write them.</summary>
public sealed class LexerTests
{
    private static PdfObject? Read(string text)
    {
        var lexer = new Lexer(Encoding.Latin1.GetBytes(text));
        return new ObjectReader(ReaderLimits.Default).Read(ref lexer);
    }

    [Theory]
    [InlineData("123", 123)]
    [InlineData("+17", 17)]
    [InlineData("-98", -98)]
    [InlineData("--5", -5)]
    [InlineData("12-34", 12)]
    [InlineData("9223372036854775", 9223372036854775)]
    public void Integers_7_3_3(string text, long expected) => Assert.Equal(new PdfInteger(expected), Read(text));

    [Theory]
    [InlineData("34.5", 34.5)]
    [InlineData("-3.62", -3.62)]
    [InlineData("4.", 4)]
    [InlineData("-.002", -.002)]
    [InlineData(".", 0)]
    [InlineData("1.2.3", 1.2)]
    [InlineData("100000000000000000000", 1e20)]
    public void Reals_7_3_3(string text, double expected) => Assert.Equal(expected, Assert.IsType<PdfReal>(Read(text)).Value, 12);

    [Theory]
    [InlineData("(These \\\ntwo strings)", "These two strings")]
    [InlineData("(a\\\r\nb)", "ab")]
    [InlineData("(a\r\nb\rc)", "a\nb\nc")]
    [InlineData("((balanced) (par)ens)", "(balanced) (par)ens")]
    [InlineData("(\\0533\\053\\53x\\)\\n)", "+3++x)\n")]
    [InlineData("(unterminated", "unterminated")]
    [InlineData("<4E6F76>", "Nov")]
    [InlineData("<4E 6F\n7>", "Nop")]
    [InlineData("()", "")]
    public void Strings_7_3_4(string text, string expected) =>
        Assert.Equal(expected, Encoding.Latin1.GetString(Assert.IsType<PdfString>(Read(text)).Bytes.Span));

    [Theory]
    [InlineData("/Name1", "Name1")]
    [InlineData("/A#42", "AB")]
    [InlineData("/Lime#20Green", "Lime Green")]
    [InlineData("/", "")]
    [InlineData("/C#", "C#")]
    [InlineData("/1.2$$", "1.2$$")]
    public void Names_7_3_5(string text, string expected) => Assert.Equal(new PdfName(expected), Read(text));

    [Fact]
    public void Common_names_are_shared() => Assert.Same(((PdfName)Read("/Type")!).Value, ((PdfName)Read("/Type")!).Value);

    [Fact]
    public void Compact_syntax_and_references()
    {
        var dictionary = Assert.IsType<PdfDictionary>(Read("<</A[1 2 R 3 0 R/N(s)<00>true null]/B 12 0 R/C<</D-1>>/E 5%comment\n>>"));
        Assert.Equal(
            new PdfArray(new PdfReference(1, 2), new PdfReference(3), new PdfName("N"), new PdfString("s"u8.ToArray()), new PdfString(new byte[1]), true, PdfNull.Instance),
            dictionary["A"]);
        Assert.Equal(new PdfReference(12), dictionary["B"]);
        Assert.Equal(5L, ((PdfInteger)dictionary["E"]!).Value);
    }

    [Fact]
    public void Trap19_null_is_missing_and_the_last_of_duplicate_keys_counts()
    {
        var dictionary = Assert.IsType<PdfDictionary>(Read("<</A 1/B 2/A 3/B null/#43 4>>"));
        Assert.Equal(["A", "C"], dictionary.Keys);
        Assert.Equal(new PdfInteger(3), dictionary["A"]);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_an_error_not_a_stack_overflow()
    {
        var error = Assert.Throws<PdfFormatException>(() => Read(new string('[', 100_000)));
        Assert.Equal(PdfErrorCode.LimitExceeded, error.Code);
        Assert.Equal(200, error.Offset);
    }

    [Theory]
    [InlineData("[1 2", 2)]
    [InlineData("[1 2 endobj", 2)]
    [InlineData("[1 foo 3]", 3)]
    public void Unclosed_and_odd_arrays(string text, int count) => Assert.Equal(count, Assert.IsType<PdfArray>(Read(text)).Count);

    [Fact]
    public void ReachedEnd_tells_that_more_data_could_change_a_token()
    {
        var lexer = new Lexer("12 34"u8);
        Assert.True(lexer.Next());
        Assert.False(lexer.ReachedEnd);
        Assert.True(lexer.Next());
        Assert.True(lexer.ReachedEnd);
    }
}
