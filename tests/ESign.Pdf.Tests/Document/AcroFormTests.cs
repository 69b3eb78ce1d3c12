using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Document;

/// <summary>ISO 32000-2 §12.7.4: the field tree.</summary>
public sealed class AcroFormTests
{
    private static PdfDocument Open(string form, params (int Number, string Body)[] objects)
    {
        var pdf = new TestPdf().Object(1, $"<</Type/Catalog/Pages 2 0 R/AcroForm {form}>>").Object(2, "<</Type/Pages/Kids[]/Count 0>>");
        foreach ((int number, string body) in objects)
        {
            pdf.Object(number, body);
        }

        return PdfDocument.Open(pdf.EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes());
    }

    [Fact]
    public void Trap24_merged_widgets_kid_widgets_and_inherited_entries()
    {
        using PdfDocument document = Open(
            "3 0 R",
            (3, "<</Fields 4 0 R/SigFlags 3>>"),
            (4, "[5 0 R 6 0 R <</T(direct)/FT/Tx/Subtype/Widget>>]"),
            (5, "<</T(merged)/FT/Sig/Subtype/Widget/Rect[0 0 1 1]>>"),
            (6, "<</T(group)/FT/Sig/Ff 1/Kids[7 0 R 8 0 R]>>"),
            (7, "<</T(a)/Parent 6 0 R/Kids[9 0 R]/V 10 0 R>>"),
            (8, "<</T(b)/Parent 6 0 R/FT/Tx>>"),
            (9, "<</Subtype/Widget/Parent 7 0 R/Rect[0 0 2 2]>>"),
            (10, "<</Type/Sig/Contents<00>>>"));
        Assert.Equal(["merged", "group.a", "group.b", "direct"], document.AcroForm.Fields.Select(f => f.Name));
        Assert.Equal(["merged", "group.a"], document.SignatureFields.Select(f => f.Name));
        Assert.Equal([false, true], document.SignatureFields.Select(f => f.IsSigned));
        FormField group = document.AcroForm.Fields[1];
        Assert.Equal(1, group.Flags);
        Assert.Equal(new PdfReference(9), Assert.Single(group.Widgets).Reference);
        Assert.Equal(new PdfReference(5), Assert.Single(document.AcroForm.Fields[0].Widgets).Reference);
        Assert.Null(document.AcroForm.Fields[3].Reference);
        Assert.Equal(3, document.AcroForm.SignatureFlags);
    }

    [Fact]
    public void Cycles_end()
    {
        using PdfDocument document = Open("<</Fields[3 0 R 3 0 R]>>", (3, "<</T(x)/Kids[4 0 R 3 0 R]>>"), (4, "<</T(y)/Kids[3 0 R 5 0 R]>>"), (5, "<</T(z)/FT/Sig/Parent 4 0 R>>"));
        Assert.Equal("x.y.z", Assert.Single(document.AcroForm.Fields, f => f.FieldType == "Sig").Name);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("(no form)")]
    [InlineData("<</Fields 7>>")]
    [InlineData("<</Fields[1 2 (x) 99 0 R]>>")]
    public void Nonsense_is_no_form(string form)
    {
        using PdfDocument document = Open(form);
        Assert.Empty(document.AcroForm.Fields);
    }
}
