using System.Globalization;
using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Verification.Modifications;

/// <summary>
/// A contract of two pages with a signed field, one waiting for a signature, text fields, a strip and a note; updates are
/// appended as text. The signatures cover their revisions exactly, and are no more than that: what is judged here is what comes after.
/// </summary>
/// <remarks>
/// 1 catalog · 2 pages · 4 form · 5 metadata · 6 information · 10, 11 pages · 12 content · 13 font · 14, 15 forms nobody shows ·
/// 20 signed field, 21 its signature, 23 its appearance · 22 waiting field · 30 amount, 34 its appearance · 33 strip with 35, 36 · 38 note.
/// </remarks>
internal sealed class SignedFile
{
    public const string Trailer = "/Root 1 0 R/Info 6 0 R/ID[<01><02>]";
    public const string Font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";
    public const string FormEntries = "/Type/XObject/Subtype/Form/BBox[0 0 100 50]/Resources<</Font<</F1 13 0 R>>>>";
    public const string Page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 13 0 R>>>>/Contents 12 0 R/Annots[20 0 R 22 0 R 30 0 R 35 0 R 38 0 R]>>";
    public const string Amount = "<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/V(1000)/DA(/F1 10 Tf)/F 4/Rect[300 600 400 620]/P 10 0 R/AP<</N 34 0 R>>>>";
    public const string Form = "<</Fields[20 0 R 22 0 R 30 0 R 33 0 R]/SigFlags 3/DA(/F1 0 Tf)/DR<</Font<</F1 13 0 R>>>>>>";
    public const string Catalog = "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Metadata 5 0 R/OpenAction[10 0 R/Fit]>>";
    public const string Waiting = "<</Type/Annot/Subtype/Widget/FT/Sig/T(B)/F 132/Rect[300 100 400 150]/P 10 0 R>>";

    private const string Range = "/ByteRange[0 0000000001 0000000002 0000000003]";

    private readonly TestPdf _pdf = new();
    private readonly List<int> _ends = [];
    private readonly XrefStyle _style;

    private SignedFile(XrefStyle style) => _style = style;

    /// <summary>The base: signed by A.</summary>
    /// <param name="signature">Further entries of A's signature dictionary, such as /Reference.</param>
    /// <param name="field">Further entries of A's field, such as /Lock.</param>
    /// <param name="page">Further entries of the first page.</param>
    /// <param name="style">How the cross-reference is written.</param>
    /// <param name="more">Writes further objects.</param>
    public static SignedFile Create(string signature = "", string field = "", string page = "", XrefStyle style = XrefStyle.Table, Action<TestPdf>? more = null)
    {
        var file = new SignedFile(style);
        file._pdf.Object(1, Catalog)
            .Object(2, "<</Type/Pages/Count 2/Kids[10 0 R 11 0 R]>>")
            .Object(4, Form)
            .Stream(5, "/Type/Metadata/Subtype/XML", "<x/>")
            .Object(6, "<</Title(Contract)>>")
            .Object(10, Page[..^2] + page + ">>")
            .Object(11, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 13 0 R>>>>/Contents 12 0 R/Annots[36 0 R]>>")
            .Stream(12, "", "BT /F1 12 Tf 72 700 Td (Pay 1000 yuan) Tj ET")
            .Object(13, Font)
            .Stream(14, FormEntries, "BT /F1 10 Tf 2 2 Td (9000) Tj ET")
            .Stream(15, FormEntries, "0 0 100 50 re f")
            .Object(20, $"<</Type/Annot/Subtype/Widget/FT/Sig/T(A)/F 132/Rect[100 100 200 150]/P 10 0 R/V 21 0 R/AP<</N 23 0 R>>{field}>>")
            .Object(21, Signature("/Reason(agreed)" + signature))
            .Object(22, Waiting)
            .Stream(23, FormEntries, "BT /F1 10 Tf 2 2 Td (Signed by A) Tj ET")
            .Object(30, Amount)
            .Object(33, "<</T(Strip)/Kids[35 0 R 36 0 R]>>")
            .Stream(34, FormEntries, "BT /F1 10 Tf 2 2 Td (1000) Tj ET")
            .Object(35, Strip("p1", 10, "37 0 R"))
            .Object(36, Strip("p2", 11, "37 0 R"))
            .Stream(37, FormEntries, "")
            .Object(38, "<</Type/Annot/Subtype/Text/Contents(note)/Rect[20 20 40 40]/P 10 0 R>>");
        more?.Invoke(file._pdf);
        return file.End(null);
    }

    /// <summary>A signature dictionary that covers the revision it is written in.</summary>
    public static string Signature(string entries = "", string type = "Sig", string subFilter = "ETSI.CAdES.detached") =>
        $"<</Type/{type}/Filter/Adobe.PPKLite/SubFilter/{subFilter}{entries}{Range}/Contents<{new string('0', 64)}>>>";

    /// <summary>A part of a cross-page seal: a read-only text field.</summary>
    public static string Strip(string name, int page, string appearance) =>
        $"<</Type/Annot/Subtype/Widget/FT/Tx/Ff 1/T({name})/Parent 33 0 R/P {page} 0 R/F 132/Rect[565 400 595 460]/AP<</N {appearance}>>>>";

    public static string DocMdp(int permissions) =>
        $"/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P {permissions}/V/1.2>>>>]";

    public static string FieldMdp(string action, params string[] fields) =>
        $"/Reference[<</Type/SigRef/TransformMethod/FieldMDP/TransformParams<</Type/TransformParams/Action/{action}/Fields[{string.Concat(fields.Select(name => $"({name})"))}]/V/1.2>>>>]";

    public static string Lock(string action, params string[] fields) =>
        $"/Lock<</Type/SigFieldLock/Action/{action}/Fields[{string.Concat(fields.Select(name => $"({name})"))}]>>";

    /// <summary>Appends a revision.</summary>
    public SignedFile Update(Action<TestPdf> write, string? trailer = null, XrefStyle? style = null)
    {
        write(_pdf);
        return End(trailer, style);
    }

    /// <summary>Appends bytes as they are; what it gets is where they begin.</summary>
    public SignedFile Append(Func<int, string> write)
    {
        _pdf.Raw(write(_pdf.ToBytes().Length));
        _ends.Add(_pdf.ToBytes().Length);
        return this;
    }

    public byte[] ToBytes()
    {
        string text = Encoding.Latin1.GetString(_pdf.ToBytes());
        int from = 0;
        for (int at; (at = text.IndexOf(Range, from, StringComparison.Ordinal)) >= 0; from = at + 1)
        {
            int gap = text.IndexOf("/Contents<", at, StringComparison.Ordinal) + "/Contents".Length;
            int after = text.IndexOf('>', gap) + 1;
            int end = _ends.First(candidate => candidate > at);
            text = text.Remove(at, Range.Length).Insert(at, string.Create(CultureInfo.InvariantCulture, $"/ByteRange[0 {gap:0000000000} {after:0000000000} {end - after:0000000000}]"));
        }

        return Encoding.Latin1.GetBytes(text);
    }

    /// <summary>What is said about the signature of a field.</summary>
    public ModificationVerdict Judge(string field = "A") => Judge(ToBytes(), field);

    public static ModificationVerdict Judge(byte[] file, string field = "A")
    {
        using PdfDocument document = PdfDocument.Open(file);
        var history = new DocumentHistory(document);
        IReadOnlyList<SignatureUnderTest> signatures = new SignatureFinder(document, history).Find();
        // A field that was renamed is still the oldest signature there is.
        return new ModificationAnalyzer(document, history, signatures).After(signatures.FirstOrDefault(signature => signature.FieldName == field) ?? signatures[0]);
    }

    private SignedFile End(string? trailer, XrefStyle? style = null)
    {
        _pdf.EndRevision(style ?? _style, trailer ?? Trailer);
        _ends.Add(_pdf.ToBytes().Length);
        return this;
    }
}
