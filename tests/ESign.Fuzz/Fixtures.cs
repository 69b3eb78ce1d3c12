using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Fuzz;

/// <summary>What is mutated: small generated files of every structure, and the shared corpus where it is present.</summary>
public static class Fixtures
{
    /// <summary>Files above this mutate too slowly to be worth their time.</summary>
    private const int LargestCorpusFile = 200_000;

    public static IReadOnlyList<byte[]> Generated { get; } =
    [
        TestPdf.WithPages(XrefStyle.Table, pages: 3).ToBytes(),
        TestPdf.WithPages(XrefStyle.Stream, pages: 3).ToBytes(),
        TestPdf.WithPages(XrefStyle.Hybrid, pages: 3).ToBytes(),
        TestPdf.WithPages(XrefStyle.Table, pages: 2, eol: "\r\n", junk: "junk\n").Object(1, "<</Type/Catalog/Pages 2 0 R/AcroForm 20 0 R>>")
            .Object(20, "<</Fields[21 0 R]/SigFlags 3>>").Object(21, "<</FT/Sig/T(a)/Kids[22 0 R]>>").Object(22, "<</Subtype/Widget/Parent 21 0 R/T(b)/Rect[0 0 9 9]>>")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes(),
        new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[10 0 R]/Count 1>>")
            .Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents[11 0 R 12 0 R]>>")
            .Stream(11, "/Filter/ASCIIHexDecode", "48656C6C6F>").Stream(12, "/Filter[/ASCII85Decode/RunLengthDecode]", "!!*-'~>", length: "13 0 R").Object(13, "7")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes(),
    ];

    public static IReadOnlyList<byte[]> Corpus()
    {
        if (SharedData.Root is null)
        {
            return [];
        }

        return [.. new[] { "to-sign", "damaged", "signed", "attacks" }
            .Select(folder => Path.Combine(SharedData.Root, "corpus", folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder))
            .Where(path => new FileInfo(path).Length is > 0 and < LargestCorpusFile)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes)];
    }
}
