using System.Globalization;
using System.Text;
using ESign.Testing.PdfBuilder;

namespace ESign.Fuzz.Hostile;

/// <summary>Trees that never end, lie, or are absurdly deep or wide: pages, fields, names, outlines, structure.</summary>
internal static class HostileTrees
{
    public static IReadOnlyList<HostileFile> Files { get; } =
    [
        new("page-tree-cycle", () => Pages("<</Type/Pages/Count 5/Kids[2 0 R 2 0 R 10 0 R]>>")),
        new("page-tree-of-two-that-own-each-other", () => Finish(OnePage("<</Type/Pages/Count 3/Kids[3 0 R 10 0 R]>>").Object(3, "<</Type/Pages/Count 2/Kids[2 0 R 10 0 R 3 0 R]/Parent 2 0 R>>"))),
        new("page-tree-deep", () => Chain("<</Type/Pages/Count 1/Kids[{0} 0 R]>>", 60_000)),
        new("page-tree-doubling", () => Doubling("<</Type/Pages/Count 1073741824/Kids[{0} 0 R {0} 0 R]>>")),
        new("page-tree-count-beyond-all", () => Pages("<</Type/Pages/Count 99999999999999999999/Kids[10 0 R]>>")),
        new("page-tree-count-negative", () => Pages("<</Type/Pages/Count -2147483648/Kids[10 0 R]>>")),
        new("page-tree-count-of-two-billion", () => Pages("<</Type/Pages/Count 2147483647/Kids[10 0 R]>>")),
        new("page-tree-one-page-half-a-million-times", () => Pages($"<</Type/Pages/Count 450000/Kids[{Repeat("10 0 R ", 450_000)}]>>")),
        new("page-tree-of-direct-pages", () => Pages($"<</Type/Pages/Count 100000/Kids[{Repeat("<</Type/Page/MediaBox[0 0 9 9]>>", 100_000)}]>>")),
        new("page-tree-200000-pages", () => Many("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", 200_000, references => (2, $"<</Type/Pages/Count 200000/Kids[{references}]>>"))),
        new("page-tree-200000-pages-miscounted", () => Many("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", 200_000, references => (2, $"<</Type/Pages/Count 7/Kids[{references}]>>"))),
        new("page-parents-cycle", () => Finish(OnePage().Object(10, "<</Type/Page/Parent 11 0 R>>").Object(11, "<</Type/Pages/Parent 12 0 R/Kids[10 0 R]/Count 1>>").Object(12, "<</Type/Pages/Parent 11 0 R/Kids[11 0 R]/Count 1>>"))),
        new("boxes-beyond-all-numbers", () => Finish(OnePage().Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[-1e308 99999999999999999999999999999999999999 1 -9223372036854775808]/CropBox[0 0 0 0]/Rotate 9223372036854775807/UserUnit -1>>"))),
        new("annotations-cycle", () => Finish(OnePage().Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots 5 0 R>>").Object(5, "[5 0 R[5 0 R]10 0 R]"))),
        new("annotations-half-a-million", () => Finish(OnePage().Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots 5 0 R>>").Object(5, $"[{Repeat("6 0 R ", 450_000)}]").Object(6, "<</Subtype/Widget/Rect[0 0 1 1]>>"))),

        new("fields-cycle", () => Form("/Fields[20 0 R]", "<</T(a)/Kids[20 0 R 21 0 R]>>", "<</T(b)/Parent 20 0 R/Kids[20 0 R]>>")),
        new("fields-array-of-itself", () => Form("/Fields 20 0 R", "[20 0 R 20 0 R]")),
        new("fields-parent-cycle", () => Form("/Fields[20 0 R]", "<</T(a)/FT/Sig/Parent 21 0 R>>", "<</T(b)/Parent 20 0 R/Kids[20 0 R]>>")),
        new("fields-deep", () => Chain("<</T(x)/Kids[{0} 0 R]>>", 60_000, catalog: "/AcroForm<</Fields[20 0 R]/SigFlags 3>>")),
        new("fields-deep-with-long-names", () => Chain($"<</T({new string('n', 20_000)})/Kids[{{0}} 0 R]>>", 300, catalog: "/AcroForm<</Fields[20 0 R]/SigFlags 3>>")),
        new("fields-200000", () => Many("<</T(f)/FT/Tx/Rect[0 0 9 9]/Subtype/Widget>>", 200_000, references => (5, $"<</Fields[{references}]>>"), "/AcroForm 5 0 R")),
        new("fields-20000-to-draw", () => Many($"<</T(f)/FT/Tx/Ff 4096/V({Repeat("long value ", 9)})/Rect[0 0 9 9]/Subtype/Widget>>", 20_000, references => (5, $"<</NeedAppearances true/Fields[{references}]>>"), "/AcroForm 5 0 R")),
        new("field-to-draw-of-a-megabyte", () => Many($"<</T(f)/FT/Tx/Ff 4096/V({Repeat("long value ", 90_000)})/Rect[0 0 9 9]/Subtype/Widget>>", 9, references => (5, $"<</NeedAppearances true/Fields[{references}]>>"), "/AcroForm 5 0 R")),
        new("fields-200000-for-signatures", () => Many("<</T(f)/FT/Sig/Rect[0 0 9 9]/Subtype/Widget/P 10 0 R>>", 200_000, references => (5, $"<</Fields[{references}]>>"), "/AcroForm 5 0 R")),
        new("fields-one-half-a-million-times", () => Form($"/Fields[{Repeat("20 0 R ", 400_000)}]", "<</T(a)/FT/Sig>>")),
        new("fields-direct-100000", () => Form($"/Fields[{Repeat("<</T(a)/FT/Sig>>", 100_000)}]")),
        new("field-with-200000-widgets", () => Many("<</Subtype/Widget/Rect[0 0 9 9]/Parent 5 0 R>>", 200_000, references => (5, $"<</T(a)/FT/Sig/Kids[{references}]>>"), "/AcroForm<</Fields[5 0 R]>>")),

        new("outlines-cycle", () => Tree("/Outlines 20 0 R", "<</First 21 0 R/Last 21 0 R/Count 9>>", "<</Title(a)/Parent 20 0 R/First 21 0 R/Next 21 0 R/Prev 21 0 R>>")),
        new("outlines-deep", () => Chain("<</Title(x)/First {0} 0 R/Last {0} 0 R/Next {0} 0 R>>", 100_000, catalog: "/Outlines 20 0 R")),
        new("names-cycle", () => Tree("/Names<</Dests 20 0 R/EmbeddedFiles 20 0 R>>", "<</Kids[20 0 R 21 0 R]>>", "<</Kids[20 0 R]/Limits[(a)(a)]>>")),
        new("names-deep", () => Chain("<</Kids[{0} 0 R]>>", 100_000, catalog: "/Names<</Dests 20 0 R>>")),
        new("structure-deep", () => Chain("<</S/P/K[{0} 0 R]>>", 100_000, catalog: "/StructTreeRoot 20 0 R/MarkInfo<</Marked true>>")),
        new("extensions-of-everything", () => Tree("/Extensions 20 0 R/Version 20 0 R/Perms 20 0 R/DSS 20 0 R/Metadata 20 0 R/OutputIntents 20 0 R", "[20 0 R]")),
    ];

    internal static TestPdf OnePage(string pages = "<</Type/Pages/Count 1/Kids[10 0 R]>>", string catalog = "") =>
        new TestPdf().Object(1, $"<</Type/Catalog/Pages 2 0 R{catalog}>>").Object(2, pages).Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>");

    internal static byte[] Finish(TestPdf pdf) => pdf.EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();

    internal static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static byte[] Pages(string pages) => Finish(OnePage(pages));

    private static byte[] Form(string entries, params string[] objects) => Tree($"/AcroForm<<{entries}/SigFlags 3>>", objects);

    private static byte[] Tree(string catalog, params string[] objects)
    {
        TestPdf pdf = OnePage(catalog: catalog);
        for (int i = 0; i < objects.Length; i++)
        {
            pdf.Object(20 + i, objects[i]);
        }

        return Finish(pdf);
    }

    /// <summary>Objects from 20 on, each naming the next.</summary>
    private static byte[] Chain(string body, int count, string catalog = "")
    {
        TestPdf pdf = OnePage(catalog.Length == 0 ? "<</Type/Pages/Count 1/Kids[20 0 R]>>" : "<</Type/Pages/Count 1/Kids[10 0 R]>>", catalog);
        for (int number = 20; number < 20 + count; number++)
        {
            pdf.Object(number, string.Format(CultureInfo.InvariantCulture, body, number + 1));
        }

        return Finish(pdf.Object(20 + count, catalog.Length == 0 ? "<</Type/Page/MediaBox[0 0 9 9]>>" : "<</T(end)/FT/Sig>>"));
    }

    /// <summary>Thirty levels, each naming the next twice: two to the thirtieth leaves.</summary>
    private static byte[] Doubling(string body)
    {
        TestPdf pdf = OnePage("<</Type/Pages/Count 1073741824/Kids[20 0 R 20 0 R]>>");
        for (int number = 20; number < 50; number++)
        {
            pdf.Object(number, string.Format(CultureInfo.InvariantCulture, body, number + 1));
        }

        return Finish(pdf.Object(50, "<</Type/Page/MediaBox[0 0 9 9]>>"));
    }

    /// <summary>Many objects of one body, from 20 on, and one that names them all.</summary>
    private static byte[] Many(string body, int count, Func<string, (int Number, string Body)> owner, string catalog = "")
    {
        TestPdf pdf = OnePage(catalog: catalog);
        var references = new StringBuilder();
        for (int number = 20; number < 20 + count; number++)
        {
            pdf.Object(number, body);
            references.Append(CultureInfo.InvariantCulture, $"{number} 0 R ");
        }

        (int at, string text) = owner(references.ToString());
        return Finish(pdf.Object(at, text));
    }
}
