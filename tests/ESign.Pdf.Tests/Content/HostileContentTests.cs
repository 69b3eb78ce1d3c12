using System.Text;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Tests.Content;

/// <summary>Content made to exhaust a reader ends with <see cref="PdfErrorCode.LimitExceeded"/>, or is read as far as it makes sense.</summary>
public class HostileContentTests
{
    private readonly ContentFixture _page = new();

    [Fact]
    public void Endless_q() => AssertLimit(string.Concat(Enumerable.Repeat("q ", 100_000)));

    [Fact]
    public void Endless_marked_content() => AssertLimit(string.Concat(Enumerable.Repeat("/P BMC ", 100_000)));

    [Fact]
    public void A_giant_array() => AssertLimit("[" + string.Concat(Enumerable.Repeat("1 ", 300_000)) + "] TJ");

    [Fact]
    public void Deep_arrays_of_arrays() => AssertLimit(new string('[', 1_000_000));

    [Fact]
    public void Deep_dictionaries_are_passed_over() =>
        Assert.Equal("", _page.Glyphs(string.Concat(Enumerable.Repeat("<</A ", 200_000)) + "BT /F1 1 Tf (A) Tj ET"));

    [Fact]
    public void Stray_delimiters_by_the_million() =>
        Assert.Equal("A@0,0", _page.Glyphs(new string(')', 1_000_000) + new string('}', 1_000_000) + " BT /F1 1 Tf (A) Tj ET"));

    [Fact]
    public void Forms_that_double_at_every_level()
    {
        PdfObject form = ContentFixture.Stream("", ("Subtype", ContentFixture.Name("Form")));
        for (int level = 0; level < 30; level++)
        {
            form = _page.Add(ContentFixture.Stream(
                "/X Do /X Do",
                ("Subtype", ContentFixture.Name("Form")),
                ("Resources", ContentFixture.Dict(("XObject", ContentFixture.Dict(("X", form)))))));
        }

        _page.Form("X", form);
        AssertLimit("/X Do");
    }

    [Fact]
    public void Forms_nested_without_end()
    {
        PdfObject form = ContentFixture.Stream("", ("Subtype", ContentFixture.Name("Form")));
        for (int level = 0; level < 100; level++)
        {
            form = ContentFixture.Stream("/X Do", ("Subtype", ContentFixture.Name("Form")), ("Resources", ContentFixture.Dict(("XObject", ContentFixture.Dict(("X", form))))));
        }

        _page.Form("X", form);
        AssertLimit("/X Do");
    }

    [Fact]
    public void More_characters_than_any_page_has() =>
        AssertLimit("BT /F1 1 Tf (" + new string('A', 2_100_000) + ") Tj ET");

    [Fact]
    public void A_million_matches_on_one_spot_take_no_quadratic_time()
    {
        string text = "BT /F1 1 Tf " + string.Concat(Enumerable.Repeat("1 0 0 1 5 5 Tm (A) Tj ", 50_000)) + "ET";
        Assert.Single(_page.Find(text, "A"));
    }

    [Theory]
    [InlineData("1e999 0 0 1 0 0 cm BT /F1 9 Tf (A) Tj ET")]
    [InlineData("999999999999999999999999999999999999999999 0 0 99999999999999999999999999999999999999999 0 0 cm q 99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999 0 0 999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999 0 0 cm 99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999 0 0 999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999 0 0 cm BT /F1 9 Tf 9 9 Td (AA) Tj ET")]
    [InlineData("0 0 0 0 0 0 cm BT /F1 9 Tf (A) Tj ET")]
    [InlineData("BT /F1 0 Tf (A) Tj ET")]
    public void Degenerate_matrices_place_nothing(string content) => Assert.Empty(_page.Find(content, "A"));

    [Fact]
    public void Random_bytes_are_content_of_some_kind()
    {
        uint seed = 2463534242;
        for (int round = 0; round < 200; round++)
        {
            byte[] bytes = new byte[2000];
            for (int i = 0; i < bytes.Length; i++)
            {
                seed ^= seed << 13;
                seed ^= seed >> 17;
                seed ^= seed << 5;
                bytes[i] = (byte)seed;
            }

            _page.Find("A", false, ContentFixture.Stream(Encoding.Latin1.GetString(bytes)), ContentFixture.Stream("BT /F1 9 Tf (A) Tj ET"));
        }
    }

    private void AssertLimit(string content)
    {
        var error = Assert.Throws<PdfFormatException>(() => _page.Find(content, "A"));
        Assert.Equal(PdfErrorCode.LimitExceeded, error.Code);
    }
}
