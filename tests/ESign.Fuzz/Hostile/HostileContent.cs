using System.Globalization;
using System.Text;
using ESign.Testing.PdfBuilder;
using static ESign.Fuzz.Hostile.HostileCrossReferences;
using static ESign.Fuzz.Hostile.HostileStreams;
using static ESign.Fuzz.Hostile.HostileTrees;

namespace ESign.Fuzz.Hostile;

/// <summary>Page contents, forms and fonts that are deep, circular, endless or dense: what looking for a keyword must survive.</summary>
internal static class HostileContent
{
    private const string Font = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";

    public static IReadOnlyList<HostileFile> Files { get; } =
    [
        new("content-saves-deep", () => Deflated("q " + Repeat("q ", 4_000_000))),
        new("content-operands", () => Deflated(Repeat("1 ", 10_000_000))),
        new("content-arrays-deep", () => Deflated(Repeat("[", 5_000_000))),
        new("content-one-string", () => Deflated("BT /F 1 Tf (" + new string('a', 20_000_000) + ") Tj ET")),
        new("content-a-million-shows", () => Deflated("BT /F 1 Tf " + Repeat("(aa) Tj ", 3_000_000) + " ET")),
        new("content-a-million-lines", () => Deflated("BT /F 1 Tf " + Repeat("0 -1 Td (a b) Tj ", 1_000_000) + " ET")),
        new("content-all-in-one-place", () => Deflated("BT /F 1 Tf " + Repeat("1 0 0 1 9 9 Tm (the) Tj ", 600_000) + " ET")),
        new("content-numbers-beyond", () => Deflated("BT /F 1e300 Tf 99999999999999999999 0 0 -1e300 1e300 1e300 Tm (the) Tj 1e300 Tz 1e300 Tc (the) Tj ET")),
        new("content-inline-image-without-end", () => Deflated(Repeat("BI /W 9 /H 9 ID ", 500_000))),
        new("content-marks-deep", () => Deflated(Repeat("/A <</B 1>> BDC ", 1_000_000))),
        new("content-fonts-again-and-again", () => Deflated("BT " + Repeat("/F 1 Tf ", 2_000_000) + " ET")),
        new("content-half-a-million-streams", () => Finish(OnePage().Object(10, $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents[{Repeat("5 0 R ", 450_000)}]>>").Stream(5, "", "q"))),
        new("content-one-big-stream-many-times", () => Finish(OnePage().Object(10, $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents[{Repeat("5 0 R ", 5_000)}]>>").Stream(5, "/Filter/FlateDecode", Latin(Deflate(Encoding.ASCII.GetBytes(Repeat("0 0 m ", 60_000))))))),
        new("form-of-itself", () => Forms("/A Do", ("/Resources<</XObject<</A 20 0 R>>>>", "/A Do /A Do"))),
        new("forms-doubling", () => FormChain(40, 2)),
        new("forms-deep", () => FormChain(5_000, 1)),
        new("forms-drawn-half-a-million-times", () => Forms(Repeat("/A Do ", 500_000), ("", "q Q"))),
        new("resources-of-themselves", () => Finish(OnePage().Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 20 0 R/Resources 5 0 R>>").Object(5, "<</Font 5 0 R/XObject 5 0 R/F 5 0 R/A 5 0 R>>").Stream(20, "", "BT /F 1 Tf (the) Tj ET /A Do"))),
        new("font-widths-half-a-million", () => Fonts($"<</Type/Font/Subtype/Type1/BaseFont/X/FirstChar 0/LastChar 2147483647/Widths[{Repeat("1 ", 450_000)}]>>")),
        new("font-encoding-differences", () => Fonts($"<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</Differences[{Repeat("0/a ", 200_000)} 2147483647/b/c/d -5/e]>>>>")),
        new("font-descendant-of-itself", () => Fonts("<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 5 0 R>>")),
        new("font-widths-of-all", () => Fonts("<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/W[0 2147483647 5 1[" + Repeat("1 ", 400_000) + "]]>>]>>")),
        new("tounicode-ranges-of-all", () => ToUnicode(Repeat("1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange ", 10_000))),
        new("tounicode-ranges-of-two-bytes", () => ToUnicode(Repeat("1 beginbfrange <0000> <FFFF> <0041> endbfrange ", 10_000))),
        new("tounicode-a-million", () => ToUnicode("1000000 beginbfchar " + string.Concat(Enumerable.Range(0, 600_000).Select(n => $"<{n:X8}> <0041> ")) + "endbfchar")),
        new("tounicode-long-targets", () => ToUnicode($"1 beginbfchar <41> <{Repeat("0041", 500_000)}> endbfchar")),
        new("tounicode-arrays", () => ToUnicode($"1 beginbfrange <0000> <FFFF> [{Repeat("<0041> ", 300_000)}] endbfrange")),
        new("tounicode-open", () => ToUnicode(Repeat("begincmap 1 begincodespacerange <", 200_000))),
        new("cmap-uses-itself", () => Fonts("<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 30 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2>>]>>", pdf => pdf.Stream(30, "/Type/CMap/UseCMap 30 0 R", "begincmap endcmap"))),
        new("font-program-cut", () => Fonts("<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/FontDescriptor<</FontFile2 30 0 R>>>>]>>", pdf => pdf.Stream(30, "", "\u0000\u0001\u0000\u0000\u00FF\u00FF\u0000\u0000\u0000\u0000\u0000\u0000cmap\u0000\u0000\u0000\u0000\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF"))),
        new("font-program-bomb", () => Fonts("<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/FontDescriptor<</FontFile3 30 0 R>>>>]>>", pdf => pdf.Stream(30, "/Subtype/CIDFontType0C/Filter/FlateDecode", HostileCrossReferences.Deflated(30_000_000)))),
        new("pages-5000-dense", Dense),
    ];

    private static byte[] Deflated(string content) => Page(content, Font);

    private static byte[] Page(string content, string resources, Func<TestPdf, TestPdf>? add = null)
    {
        TestPdf pdf = OnePage().Object(10, $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<{resources}>>/Contents 4 0 R>>")
            .Stream(4, "/Filter/FlateDecode", Latin(Deflate(Encoding.Latin1.GetBytes(content))));
        return Finish(add is null ? pdf : add(pdf));
    }

    private static byte[] Fonts(string font, Func<TestPdf, TestPdf>? add = null) =>
        Page("BT /F 1 Tf (the \u0000\u0001\u00FF) Tj ET", "/Font<</F 5 0 R>>", pdf => (add is null ? pdf : add(pdf)).Object(5, font));

    private static byte[] ToUnicode(string map) =>
        Fonts("<</Type/Font/Subtype/TrueType/BaseFont/X/ToUnicode 30 0 R>>", pdf => pdf.Stream(30, "/Filter/FlateDecode", Latin(Deflate(Encoding.Latin1.GetBytes(map)))));

    private static byte[] Forms(string content, params (string Entries, string Data)[] forms) => Page(content, "/XObject<</A 20 0 R>>", pdf =>
    {
        for (int i = 0; i < forms.Length; i++)
        {
            pdf.Stream(20 + i, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + forms[i].Entries, forms[i].Data);
        }

        return pdf;
    });

    private static byte[] FormChain(int count, int times) => Forms("/A Do", [.. Enumerable.Range(0, count)
        .Select(i => (string.Create(CultureInfo.InvariantCulture, $"/Resources<</XObject<</A {21 + i} 0 R>>>>"), Repeat("/A Do ", times)))]);

    /// <summary>Five thousand pages that all show one content of a megabyte.</summary>
    private static byte[] Dense()
    {
        TestPdf pdf = OnePage($"<</Type/Pages/Count 5000/Kids[{string.Concat(Enumerable.Range(100, 5000).Select(n => $"{n} 0 R "))}]/Resources<<{Font}>>>>")
            .Stream(4, "/Filter/FlateDecode", Latin(Deflate(Encoding.Latin1.GetBytes("BT /F 1 Tf " + Repeat("(aaaaaaa) Tj ", 70_000) + " ET"))));
        for (int number = 100; number < 5100; number++)
        {
            pdf.Object(number, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>");
        }

        return Finish(pdf);
    }
}
