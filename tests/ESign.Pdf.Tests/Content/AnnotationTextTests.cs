using ESign.Pdf.Content;
using ESign.Pdf.Objects;
using static ESign.Pdf.Tests.Content.ContentFixture;

namespace ESign.Pdf.Tests.Content;

/// <summary>Text that annotations show (ISO 32000-2 §12.5.5).</summary>
public class AnnotationTextTests
{
    private readonly ContentFixture _page = new();

    [Fact]
    public void The_appearance_is_fitted_into_the_rectangle()
    {
        TextMatch match = Assert.Single(Find(Annotation(("Subtype", Name("FreeText")))));
        Assert.Equal("110 135.8 123.34 158", Box(match));
    }

    [Fact]
    public void A_state_chooses_the_appearance()
    {
        PdfDictionary annotation = Annotation(("Subtype", Name("Widget")), ("FT", Name("Btn")), ("AS", Name("On")));
        PdfObject appearance = ((PdfDictionary)annotation["AP"]!)["N"]!;
        Assert.Single(Find(annotation.With("AP", Dict(("N", Dict(("On", appearance)))))));
        Assert.Empty(Find(annotation.With("AP", Dict(("N", Dict(("Off", appearance)))))));
    }

    [Theory]
    [InlineData("Widget", 2, null)]
    [InlineData("Widget", 32, null)]
    [InlineData("Popup", 0, null)]
    [InlineData("Widget", 0, "Sig")]
    public void Hidden_annotations_popups_and_signatures_are_not_searched(string subtype, int flags, string? fieldType)
    {
        PdfDictionary annotation = Annotation(("Subtype", Name(subtype)), ("F", flags));
        Assert.Empty(Find(fieldType is null ? annotation : annotation.With("FT", Name(fieldType))));
        Assert.Single(Find(annotation.With("F", 4).With("Subtype", Name("Widget"))));
    }

    [Theory]
    [InlineData("Rect")]
    [InlineData("AP")]
    public void Annotations_that_show_nothing_are_passed_over(string missing) => Assert.Empty(Find(Annotation().Without(missing)));

    private PdfDictionary Annotation(params (string, PdfObject)[] entries) => Dict(
    [
        ("Rect", new PdfArray(100, 120, 140, 160)),
        ("AP", Dict(("N", _page.Add(Stream(
            "BT /H 10 Tf 5 10 Td (A) Tj ET",
            ("Subtype", Name("Form")),
            ("BBox", new PdfArray(0, 0, 20, 20)),
            ("Matrix", new PdfArray(1, 0, 0, 1, 7, 7)),
            ("Resources", Dict(("Font", Dict(("H", Helvetica)))))))))),
        .. entries,
    ]);

    private IReadOnlyList<TextMatch> Find(PdfDictionary annotation) => new PageSearcher(_page).Find(
        Dict(("Annots", new PdfArray(_page.Add(annotation)))), PdfDictionary.Empty, _page.Geometry, 1, FoldedKeyword.Parse("A", false));
}
