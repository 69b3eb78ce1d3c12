using ESign.Pdf.Seals.Images;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Fuzz;

/// <summary>What is mutated: small generated files of every structure, and the shared corpus where it is present.</summary>
public static class Fixtures
{
    /// <summary>Files above this mutate too slowly to be worth their time.</summary>
    private const int LargestCorpusFile = 200_000;

    private const string CharacterMap =
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange " +
        "2 beginbfchar <0041> <0042> <0043> <D83DDE00> endbfchar 2 beginbfrange <0050> <0060> <4E00> <0061> <0062> [<0041> <0042>] endbfrange endcmap end end";

    /// <summary>A certified contract with a seal, its text in an embedded subset, level B-LTA: what signing itself writes.</summary>
    private static byte[] Signed
    {
        get
        {
            using Stream stream = typeof(Fixtures).Assembly.GetManifestResourceStream("signed.pdf")!;
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

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
        new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[10 0 R]/Count 1>>")
            .Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 11 0 R/Resources<</Font<</F1 12 0 R/F2 13 0 R>>/XObject<</X 14 0 R>>>>>>")
            .Stream(11, "", "q 1 0 0 1 20 700 cm BT /F1 12 Tf 14 TL (Hello) Tj T* [(W)-20(orld)] TJ /F2 9 Tf <00410042> Tj ET /X Do /P <</MCID 0>> BDC EMC BI /W 1 /H 1 ID x EI Q")
            .Object(12, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[65/eacute 66/Euro]>>/FirstChar 65/LastChar 66/Widths[500 600]>>")
            .Object(13, "<</Type/Font/Subtype/Type0/BaseFont/Y/Encoding/UniGB-UCS2-H/ToUnicode 15 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 900/W[1[500 600]7 9 400]>>]>>")
            .Stream(14, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Matrix[1 0 0 1 0 0]/Resources<</Font<</F1 12 0 R>>>>", "BT /F1 9 Tf 0 1 -1 0 5 5 Tm (inner) Tj ET")
            .Stream(15, "/Type/CMap", CharacterMap)
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes(),
        Signed,
    ];

    /// <summary>A red and a clear pixel as PNG; the outline of a JPEG that says it lies on its side.</summary>
    public static IReadOnlyList<byte[]> Pictures { get; } =
    [
        PngWriter.Write(new RasterImage(2, 2, [255, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 255], [255, 40, 200, 255])),
        PngWriter.Write(new RasterImage(3, 1, [255, 0, 0, 0, 0, 255, 255, 255, 255], null)),
        Convert.FromHexString("FFD8FFE000104A46494600010100000100010000FFE1001C45786966000049492A00080000000100120103000100000006000000FFC0001108000200020301110002110103110100FFDA000C03010002110311003F00D2CF20FFD9".Replace(" ", "", StringComparison.Ordinal)),
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
