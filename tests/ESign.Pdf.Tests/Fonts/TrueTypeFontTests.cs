using ESign.Pdf.Fonts;

namespace ESign.Pdf.Tests.Fonts;

public class TrueTypeFontTests
{
    private static readonly TrueTypeFont Font = TrueTypeFont.Read(HandmadeFont.Build());

    [Theory]
    [InlineData('A', HandmadeFont.Square)]
    [InlineData('B', HandmadeFont.Ring)]
    [InlineData('C', HandmadeFont.Both)]
    [InlineData('D', 0)]
    [InlineData('Z', HandmadeFont.Endless)]
    [InlineData(0x20BB7, HandmadeFont.Ring)]
    [InlineData(-1, 0)]
    [InlineData(0x110000, 0)]
    public void Cmap_format_12_leads_from_characters_of_all_planes_to_glyphs(int character, int glyph) => Assert.Equal(glyph, Font.GlyphIndex(character));

    [Theory]
    [InlineData('A', HandmadeFont.Square)]
    [InlineData('C', HandmadeFont.Both)]
    [InlineData('D', 0)]
    [InlineData('Z', HandmadeFont.Endless)]
    [InlineData(0x20BB7, 0)]
    public void Cmap_format_4_leads_from_BMP_characters_to_glyphs(int character, int glyph) =>
        Assert.Equal(glyph, TrueTypeFont.Read(HandmadeFont.Build(withAllPlanes: false)).GlyphIndex(character));

    [Fact]
    public void Hmtx_gives_glyphs_after_the_last_metric_its_width()
    {
        Assert.Equal(0.3, Font.Advance(0));
        Assert.Equal(0.6, Font.Advance(HandmadeFont.Square));
        Assert.Equal(0.6, Font.Advance(HandmadeFont.Both));
        Assert.Equal(150, Font.LeftSideBearingUnits(HandmadeFont.Both));
        Assert.Equal(13.2, Font.Measure("AB", 11), precision: 9);
    }

    [Fact]
    public void An_outline_of_lines_is_a_move_lines_and_a_close()
    {
        GlyphOutline square = Font.GetOutline('A');
        Assert.Equal("M 0.1 0 L 0.5 0 L 0.5 0.5 L 0.1 0.5 Z", Path(square));
        Assert.Equal(new PdfRectangle(0.1, 0, 0.5, 0.5), square.Bounds);
        Assert.Equal(0.6, square.Advance);
    }

    [Fact]
    public void A_contour_without_on_curve_points_starts_half_way_and_becomes_cubic()
    {
        GlyphOutline ring = Font.GetOutline('B');
        Assert.Equal(6, ring.Segments.Count);
        Assert.Equal(new PdfPoint(0, 0.2), ring.Segments[0].P1);
        OutlineSegment first = ring.Segments[1];
        Assert.Equal(OutlineVerb.CurveTo, first.Verb);
        Assert.Equal(0.2 / 3, first.P1.Y, precision: 12); // ⅔ of the way from (0, 0.2) to (0, 0)
        Assert.Equal(0.2 / 3, first.P2.X, precision: 12); // ⅔ of the way from (0.2, 0) to (0, 0)
        Assert.Equal(new PdfPoint(0.2, 0), first.P3);
        Assert.Equal(new PdfPoint(0, 0.2), ring.Segments[4].P3);
    }

    [Fact]
    public void A_composite_is_its_components_scaled_and_moved()
    {
        GlyphOutline both = Font.GetOutline('C');
        Assert.Equal(Font.GetOutline('A').Segments, both.Segments.Take(5));
        Assert.Equal(new PdfPoint(0.01, 0.09), both.Segments[5].P1); // (0, 0.2) halved, then (+10, −10) units
    }

    [Fact]
    public void A_composite_that_contains_itself_is_refused() =>
        Assert.Equal(PdfErrorCode.Font, Assert.Throws<PdfFormatException>(() => Font.GetOutline('Z')).Code);

    [Fact]
    public void Cff_outlines_are_refused_by_name()
    {
        byte[] file = HandmadeFont.Build();
        "OTTO"u8.CopyTo(file);
        Assert.Contains("CFF", Assert.Throws<PdfFormatException>(() => TrueTypeFont.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_character_without_glyph_is_named()
    {
        var error = Assert.Throws<MissingGlyphException>(() => Font.GetOutline('丧'));
        Assert.Equal('丧', error.CodePoint);
        Assert.Contains("“丧”(U+4E27)", error.Message, StringComparison.Ordinal);
    }

    private static string Path(GlyphOutline outline) => string.Join(' ', outline.Segments.Select(s => s.Verb switch
    {
        OutlineVerb.MoveTo => FormattableString.Invariant($"M {s.P1.X} {s.P1.Y}"),
        OutlineVerb.LineTo => FormattableString.Invariant($"L {s.P1.X} {s.P1.Y}"),
        OutlineVerb.CurveTo => FormattableString.Invariant($"C {s.P1.X} {s.P1.Y} {s.P2.X} {s.P2.Y} {s.P3.X} {s.P3.Y}"),
        _ => "Z",
    }));
}
