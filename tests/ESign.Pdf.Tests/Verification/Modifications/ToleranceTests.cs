using System.Text;
using ESign.Pdf.Verification.Modifications;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Verification.Modifications;

/// <summary>The same thing written differently is the same thing.</summary>
public class ToleranceTests
{
    private static readonly Dictionary<string, Action<TestPdf>> Updates = new(StringComparer.Ordinal)
    {
        ["every object again"] = pdf => pdf
            .Object(1, SignedFile.Catalog).Object(2, "<</Kids[10 0 R 11 0 R]/Count 2/Type/Pages>>").Object(4, SignedFile.Form).Object(10, SignedFile.Page)
            .Stream(12, "", "BT /F1 12 Tf 72 700 Td (Pay 1000 yuan) Tj ET").Object(13, SignedFile.Font).Object(30, SignedFile.Amount),
        ["whole numbers as reals"] = pdf => pdf.Object(10, SignedFile.Page.Replace("0 0 595 842", "0.0 0.0 595.00 842.0", StringComparison.Ordinal)),
        ["content in another encoding"] = pdf => pdf.Stream(12, "/Filter/ASCIIHexDecode", Convert.ToHexString(Encoding.ASCII.GetBytes("BT /F1 12 Tf 72 700 Td (Pay 1000 yuan) Tj ET")) + ">"),
        ["direct for indirect"] = pdf => pdf.Object(10, SignedFile.Page.Replace("/F1 13 0 R", "/F1 " + SignedFile.Font, StringComparison.Ordinal)),
        ["indirect for direct"] = pdf => pdf.Object(10, SignedFile.Page.Replace("[0 0 595 842]", " 50 0 R", StringComparison.Ordinal)).Object(50, "[0 0 595 842]"),
        ["another number for the same font"] = pdf => pdf.Object(10, SignedFile.Page.Replace("/F1 13 0 R", "/F1 50 0 R", StringComparison.Ordinal)).Object(50, SignedFile.Font),
        ["null for missing"] = pdf => pdf.Object(10, SignedFile.Page[..^2] + "/Rotate null/Thumb 99 0 R>>"),
        ["strings in hexadecimal, names escaped"] = pdf => pdf.Object(30, SignedFile.Amount.Replace("(1000)", "<31303030>", StringComparison.Ordinal).Replace("/Widget", "/Wi#64get", StringComparison.Ordinal)),
        ["a page tree arranged anew"] = pdf => pdf
            .Object(2, "<</Type/Pages/Count 2/Kids[50 0 R 11 0 R]>>").Object(50, "<</Type/Pages/Count 1/Parent 2 0 R/Kids[10 0 R]>>").Object(10, SignedFile.Page.Replace("/Parent 2", "/Parent 50", StringComparison.Ordinal)),
        ["an entry of the page moved up the tree"] = pdf => pdf
            .Object(2, "<</Type/Pages/Count 2/Kids[10 0 R 11 0 R]/MediaBox[0 0 595 842]>>").Object(10, SignedFile.Page.Replace("/MediaBox[0 0 595 842]", "", StringComparison.Ordinal)),
        ["a form under another number"] = pdf => pdf.Object(1, SignedFile.Catalog.Replace("4 0 R", "50 0 R", StringComparison.Ordinal)).Object(50, SignedFile.Form),
        ["an object nobody uses"] = pdf => pdf.Object(50, "<</Nothing true>>"),
    };

    [Theory]
    [InlineData("every object again")]
    [InlineData("whole numbers as reals")]
    [InlineData("content in another encoding")]
    [InlineData("direct for indirect")]
    [InlineData("indirect for direct")]
    [InlineData("another number for the same font")]
    [InlineData("null for missing")]
    [InlineData("strings in hexadecimal, names escaped")]
    [InlineData("a page tree arranged anew")]
    [InlineData("an entry of the page moved up the tree")]
    [InlineData("a form under another number")]
    [InlineData("an object nobody uses")]
    public void Nothing_changed(string update)
    {
        ModificationVerdict verdict = SignedFile.Create(signature: SignedFile.DocMdp(1)).Update(Updates[update]).Judge();

        Assert.True(verdict.Permitted, string.Join('\n', verdict.Findings));
        Assert.Equal(ModificationLevel.None, verdict.Level);
    }

    [Theory]
    [InlineData(XrefStyle.Table, XrefStyle.Stream)]
    [InlineData(XrefStyle.Stream, XrefStyle.Stream)]
    [InlineData(XrefStyle.Hybrid, XrefStyle.Table)]
    [InlineData(XrefStyle.Hybrid, XrefStyle.Hybrid)]
    public void The_kind_of_the_cross_reference_does_not_matter(XrefStyle before, XrefStyle after)
    {
        ModificationVerdict same = SignedFile.Create(style: before).Update(pdf => pdf.Object(10, SignedFile.Page), style: after).Judge();
        ModificationVerdict changed = SignedFile.Create(style: before).Update(pdf => pdf.Stream(12, "", "BT ET"), style: after).Judge();

        Assert.Equal(ModificationLevel.None, same.Level);
        Assert.False(changed.Permitted);
    }

    [Fact]
    public void Objects_in_a_later_object_stream_are_compared_as_what_they_are()
    {
        ModificationVerdict same = SignedFile.Create(style: XrefStyle.Stream).Update(pdf => pdf.ObjectStream(50, (10, SignedFile.Page), (30, SignedFile.Amount)), style: XrefStyle.Stream).Judge();
        ModificationVerdict changed = SignedFile.Create(style: XrefStyle.Stream).Update(pdf => pdf.ObjectStream(50, (10, SignedFile.Page[..^2] + "/Rotate 90>>")), style: XrefStyle.Stream).Judge();

        Assert.Equal(ModificationLevel.None, same.Level);
        Assert.Contains(changed.Findings, finding => finding.Rule == "page-changed");
    }

    [Fact]
    public void An_object_stream_overwritten_in_place_changes_what_is_in_it()
    {
        SignedFile file = SignedFile.Create(style: XrefStyle.Stream, more: pdf => pdf.ObjectStream(40, (13, SignedFile.Font), (41, "<<>>")));

        ModificationVerdict verdict = file
            .Update(pdf => pdf.ObjectStream(40, (41, "<</A 1>>"), (13, SignedFile.Font.Replace("Helvetica", "Symbol", StringComparison.Ordinal))), style: XrefStyle.Stream)
            .Judge();

        Assert.Contains(verdict.Findings, finding => finding is { Rule: "page-resources-changed", Permitted: false });
    }
}
