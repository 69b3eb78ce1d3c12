using System.Text;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Tests.Syntax;

/// <summary>Exact bytes of written objects.</summary>
public sealed class ObjectWriterTests
{
    private static string Written(PdfObject value) => Encoding.Latin1.GetString(ObjectWriter.ToBytes(value));

    [Fact]
    public void Compact_form()
    {
        var value = new PdfDictionary(
            ("Type", new PdfName("Sig")),
            ("N", 12),
            ("R", new PdfReference(3, 1)),
            ("A", new PdfArray(1, 2.5, new PdfName("x y"), new PdfReference(7), PdfString.Hex(new byte[] { 0xAB }), true, PdfNull.Instance)),
            ("S", PdfString.Text("a(b)\\\r")));
        Assert.Equal("<</Type/Sig/N 12/R 3 1 R/A[1 2.5/x#20y 7 0 R<AB>true null]/S(a\\(b\\)\\\\\\r)>>", Written(value));
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-0.0000001, "0")]
    [InlineData(1e-7, "0")]
    [InlineData(595.275591, "595.275591")]
    [InlineData(1e20, "1000000000000000")]
    [InlineData(double.NaN, "0")]
    [InlineData(12345678, "12345678")]
    public void Reals_have_no_exponent(double value, string expected) => Assert.Equal(expected, Written(new PdfReal(value)));

    [Fact]
    public void A_stream_gets_its_true_length()
    {
        var stream = new PdfStream(new PdfDictionary(("Length", 999), ("Filter", new PdfName("FlateDecode"))), "abc"u8.ToArray());
        Assert.Equal("<</Filter/FlateDecode/Length 3>>\nstream\nabc\nendstream", Written(stream));
    }

    [Fact]
    public void Trap31_placeholders_have_room_for_64_bit_numbers_and_their_place_is_noted()
    {
        using var buffer = new OutputBuffer();
        var writer = new ObjectWriter(buffer, startOffset: 20_000_000_000);
        PdfPlaceholder range = PdfPlaceholder.ByteRange();
        PdfPlaceholder contents = PdfPlaceholder.Contents(3);
        writer.WriteIndirect(new PdfReference(4), new PdfDictionary(("ByteRange", range), ("Contents", contents)));
        Assert.Equal("4 0 obj\n<</ByteRange[0 0 0 0" + new string(' ', 54) + "]/Contents<000000>>>\nendobj\n", Encoding.ASCII.GetString(buffer.WrittenSpan));
        Assert.Equal([(range, 20_000_000_020), (contents, 20_000_000_092)], writer.Placeholders);
        Assert.Equal("[0 9223372036854775807 9223372036854775807 9223372036854775807]".Length, range.Width);
    }

    [Fact]
    public void What_is_written_reads_back_equal()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        var value = new PdfDictionary(
            ("S", new PdfString(all)),
            ("H", PdfString.Hex(all)),
            ("Na me#", new PdfName(Encoding.Latin1.GetString(all.AsSpan(1)))),
            ("D", new PdfDictionary(("X", -1.5), ("Y", new PdfArray(new PdfArray(), PdfDictionary.Empty, 1, 2)))));
        var lexer = new Lexer(ObjectWriter.ToBytes(value));
        Assert.Equal(value, new ObjectReader(ReaderLimits.Default).Read(ref lexer));
    }
}
