using System.Globalization;
using System.Text;

namespace ESign.Testing.PdfBuilder;

/// <summary>
/// Writes small PDFs as text, byte for byte as a test asks: any cross-reference style, object streams, revisions, odd
/// ends of line, junk before the header. Knows nothing of ESign's own writer.
/// </summary>
public sealed class TestPdf
{
    private readonly StringBuilder _text = new();
    private readonly SortedDictionary<int, string> _table = new() { [0] = "0000000000 65535 f" };
    private readonly SortedDictionary<int, (int Stream, int Index)> _compressed = [];
    private readonly SortedDictionary<int, (long Offset, int Generation)> _offsets = [];
    private readonly string _eol;
    private readonly int _junk;
    private int _size = 1;
    private long _previous = -1;

    public TestPdf(string version = "1.7", string eol = "\n", string junk = "")
    {
        _eol = eol;
        _junk = junk.Length;
        _text.Append(junk).Append("%PDF-").Append(version).Append(eol).Append("%\u00E2\u00E3\u00CF\u00D3").Append(eol);
    }

    /// <summary>Offsets count from the header.</summary>
    private long Offset => _text.Length - _junk;

    /// <summary>A file with catalog 1, pages 2 and pages from number 10 on, complete with its cross-reference.</summary>
    public static TestPdf WithPages(XrefStyle style = XrefStyle.Table, int pages = 1, string eol = "\n", string junk = "", string catalog = "", string page = "", string trailer = "")
    {
        var pdf = new TestPdf(eol: eol, junk: junk);
        string catalogBody = $"<</Type/Catalog/Pages 2 0 R{catalog}>>";
        string pagesBody = $"<</Type/Pages/Count {pages}/Kids[{string.Join(' ', Enumerable.Range(10, pages).Select(n => $"{n} 0 R"))}]>>";
        if (style == XrefStyle.Table)
        {
            pdf.Object(1, catalogBody).Object(2, pagesBody);
        }
        else
        {
            pdf.ObjectStream(3, (1, catalogBody), (2, pagesBody));
        }

        for (int number = 10; number < 10 + pages; number++)
        {
            pdf.Object(number, $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>{page}>>");
        }

        return pdf.EndRevision(style, "/Root 1 0 R" + trailer);
    }

    public TestPdf Raw(string text)
    {
        _text.Append(text);
        return this;
    }

    public TestPdf Object(int number, string body, int generation = 0)
    {
        _offsets[number] = (Offset, generation);
        _size = Math.Max(_size, number + 1);
        _text.Append(CultureInfo.InvariantCulture, $"{number} {generation} obj{_eol}{body}{_eol}endobj{_eol}");
        return this;
    }

    public TestPdf Stream(int number, string entries, string data, string? length = null) =>
        Object(number, string.Create(CultureInfo.InvariantCulture, $"<<{entries}/Length {length ?? data.Length.ToString(CultureInfo.InvariantCulture)}>>{_eol}stream\n{data}{_eol}endstream"));

    public TestPdf ObjectStream(int number, params (int Number, string Body)[] objects)
    {
        var index = new StringBuilder();
        var bodies = new StringBuilder();
        for (int i = 0; i < objects.Length; i++)
        {
            index.Append(CultureInfo.InvariantCulture, $"{objects[i].Number} {bodies.Length} ");
            bodies.Append(objects[i].Body).Append(' ');
            _compressed[objects[i].Number] = (number, i);
            _size = Math.Max(_size, objects[i].Number + 1);
        }

        return Stream(number, string.Create(CultureInfo.InvariantCulture, $"/Type/ObjStm/N {objects.Length}/First {index.Length}"), index.ToString() + bodies);
    }

    /// <summary>Writes cross-reference, trailer, startxref and %%EOF for the objects since the last revision.</summary>
    public TestPdf EndRevision(XrefStyle style, string trailer, string? startXref = null, string? finalEol = null)
    {
        string previous = _previous < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"/Prev {_previous}");
        string beside = "";
        if (style == XrefStyle.Hybrid)
        {
            beside = string.Create(CultureInfo.InvariantCulture, $"/XRefStm {Offset}");
            WriteStream(_size + 1, compressedOnly: true, "");
            _size += 2;
        }

        long position = Offset;
        if (style == XrefStyle.Stream)
        {
            WriteStream(_size, compressedOnly: false, trailer + previous);
            _size++;
        }
        else
        {
            WriteTable(trailer + previous + beside);
        }

        _text.Append("startxref").Append(_eol).Append(startXref ?? position.ToString(CultureInfo.InvariantCulture)).Append(_eol).Append("%%EOF").Append(finalEol ?? _eol);
        _previous = position;
        _offsets.Clear();
        _compressed.Clear();
        return this;
    }

    public byte[] ToBytes() => Encoding.Latin1.GetBytes(_text.ToString());

    private void WriteTable(string trailer)
    {
        _text.Append("xref").Append(_eol);
        string end = _eol.Length == 2 ? _eol : " " + _eol;
        var lines = new SortedDictionary<int, string>(_table);
        foreach ((int number, (long offset, int generation)) in _offsets)
        {
            lines[number] = string.Create(CultureInfo.InvariantCulture, $"{offset:0000000000} {generation:00000} n");
        }

        foreach (int hidden in _compressed.Keys)
        {
            lines[hidden] = "0000000000 65535 f";
        }

        foreach (List<int> run in Runs(lines.Keys))
        {
            _text.Append(CultureInfo.InvariantCulture, $"{run[0]} {run.Count}{_eol}");
            foreach (int number in run)
            {
                _text.Append(lines[number]).Append(end);
            }
        }

        _text.Append(CultureInfo.InvariantCulture, $"trailer{_eol}<</Size {_size}{trailer}>>{_eol}");
    }

    private void WriteStream(int number, bool compressedOnly, string trailer)
    {
        var rows = new SortedDictionary<int, string>();
        foreach ((int n, (int stream, int index)) in _compressed)
        {
            rows[n] = Row(2, stream, index);
        }

        if (!compressedOnly)
        {
            rows[0] = Row(0, 0, 65535);
            rows[number] = Row(1, Offset, 0);
            foreach ((int n, (long offset, int generation)) in _offsets)
            {
                rows[n] = Row(1, offset, generation);
            }
        }

        string runs = string.Join(' ', Runs(rows.Keys).Select(r => $"{r[0]} {r.Count}"));
        string data = string.Concat(rows.Values);
        int size = Math.Max(_size, number + 1);
        _text.Append(CultureInfo.InvariantCulture, $"{number} 0 obj{_eol}<</Type/XRef/Size {size}/W[1 4 2]/Index[{runs}]/Length {data.Length}{trailer}>>{_eol}stream\n{data}{_eol}endstream{_eol}endobj{_eol}");
    }

    private static string Row(int type, long second, int third) =>
        new([(char)type, (char)((second >> 24) & 0xFF), (char)((second >> 16) & 0xFF), (char)((second >> 8) & 0xFF), (char)(second & 0xFF), (char)(third >> 8), (char)(third & 0xFF)]);

    private static List<List<int>> Runs(IEnumerable<int> numbers)
    {
        var runs = new List<List<int>>();
        foreach (int number in numbers)
        {
            if (runs.Count == 0 || runs[^1][^1] != number - 1)
            {
                runs.Add([]);
            }

            runs[^1].Add(number);
        }

        return runs;
    }
}
