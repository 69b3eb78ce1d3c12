using System.Globalization;
using System.Text;

namespace ESign.Pdf.Tests.Verification;

/// <summary>The smallest signed file, object by object (ISO 32000-2 §12.8.1), so that each entry can be wrong.</summary>
internal sealed record HandmadePdf
{
    /// <summary>Bytes of the signature value, padding included.</summary>
    private const int Room = 8192;

    /// <summary>Stands where /ByteRange will be, in a width of its own.</summary>
    private const string RangeMark = "%RANGE%                                                       ";

    private const string ContentsMark = "%CONTENTS%";

    /// <summary>Object 1.</summary>
    public string Catalog { get; init; } = "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/SigFlags 3>>>>";

    /// <summary>Object 3.</summary>
    public string Page { get; init; } = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[4 0 R]>>";

    /// <summary>Object 4.</summary>
    public string Field { get; init; } = "<</FT/Sig/T(Signature1)/V 5 0 R/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132/P 3 0 R>>";

    /// <summary>Object 5; RANGE and CONTENTS are filled in.</summary>
    public string Signature { get; init; } = "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:20260106080000Z)/ByteRange RANGE/Contents CONTENTS>>";

    /// <summary>Object 6.</summary>
    public string Other { get; init; } = "null";

    /// <summary>How the value is written; between delimiters, in hexadecimal, by default.</summary>
    public Func<byte[], string> WriteContents { get; init; } = static value => "<" + Convert.ToHexString(value) + ">";

    /// <summary>How the range is written, given where the value's text begins, where it ends, and the file's length.</summary>
    public Func<int, int, int, string> WriteRange { get; init; } = static (start, end, length) => Text($"[0 {start} {end} {length - end}]");

    /// <summary>The whole file around the value that is made of the bytes it covers.</summary>
    public byte[] Build(Func<byte[], byte[]> sign)
    {
        string contents = WriteContents(new byte[Room]);
        string file = Assemble().Replace(ContentsMark, contents, StringComparison.Ordinal);
        int start = file.IndexOf(contents, StringComparison.Ordinal);
        int end = start + contents.Length;
        string range = start < 0 ? "" : WriteRange(start, end, file.Length);
        file = file.Replace(RangeMark, range.PadRight(RangeMark.Length), StringComparison.Ordinal);
        if (start < 0)
        {
            return Encoding.Latin1.GetBytes(file);
        }

        byte[] value = new byte[Room];
        sign(Encoding.Latin1.GetBytes(file[..start] + file[end..])).CopyTo(value, 0);
        return Encoding.Latin1.GetBytes(file[..start] + WriteContents(value) + file[end..]);
    }

    private string Assemble()
    {
        string[] objects = [Catalog, "<</Type/Pages/Count 1/Kids[3 0 R]>>", Page, Field, Signature, Other];
        var file = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        for (int i = 0; i < objects.Length; i++)
        {
            offsets.Add(Length(file));
            string body = objects[i].Replace("RANGE", RangeMark, StringComparison.Ordinal).Replace("CONTENTS", ContentsMark, StringComparison.Ordinal);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{body}\nendobj\n");
        }

        int table = Length(file);
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        return file.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").ToString();
    }

    /// <summary>How long the file will be: the value takes more room than its mark.</summary>
    private int Length(StringBuilder file)
    {
        string text = file.ToString();
        return text.Length + (text.Contains(ContentsMark, StringComparison.Ordinal) ? WriteContents(new byte[Room]).Length - ContentsMark.Length : 0);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
