using System.Globalization;
using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Tests.Verification.Attacks;

/// <summary>Appends an update to a file as an attacker does: byte for byte, with whatever cross-reference is wanted.</summary>
internal sealed class Forgery
{
    private readonly StringBuilder _appended = new();
    private readonly SortedDictionary<int, string> _entries = [];
    private readonly byte[] _file;
    private readonly PdfDocument _document;

    public Forgery(byte[] file)
    {
        _file = file;
        _document = PdfDocument.Open(file);
        if (file[^1] is not ((byte)'\n' or (byte)'\r'))
        {
            _appended.Append('\n');
        }
    }

    /// <summary>Where the next byte will stand.</summary>
    public int Position => _file.Length + _appended.Length;

    /// <summary>The offset of the newest cross-reference.</summary>
    public long Previous => StartXref(_file);

    public PdfDictionary Dictionary(int number) => _document.Resolve(new PdfReference(number)) switch
    {
        PdfDictionary dictionary => dictionary,
        PdfStream stream => stream.Dictionary,
        var other => throw new InvalidOperationException($"{number} is {other}"),
    };

    public int SignatureNumber => ((PdfReference)Dictionary(20)["V"]!).Number;

    /// <summary>An object as it is.</summary>
    public string Text(int number) => Text(_document.Resolve(new PdfReference(number)));

    public static string Text(PdfObject value) => Encoding.Latin1.GetString(ObjectWriter.ToBytes(value));

    public Forgery Object(int number, string body, int generation = 0)
    {
        _entries[number] = string.Create(CultureInfo.InvariantCulture, $"{Position:0000000000} {generation:00000} n");
        _appended.Append(CultureInfo.InvariantCulture, $"{number} {generation} obj\n{body}\nendobj\n");
        return this;
    }

    public Forgery Stream(int number, string entries, string data) =>
        Object(number, string.Create(CultureInfo.InvariantCulture, $"<<{entries}/Length {data.Length}>>\nstream\n{data}\nendstream"));

    /// <summary>An object with some entries replaced, added or, where the value is null, left out.</summary>
    public Forgery Edit(int number, params ReadOnlySpan<(string Key, string? Value)> entries)
    {
        var text = new StringBuilder("<<");
        PdfDictionary old = Dictionary(number);
        foreach ((string key, PdfObject value) in old)
        {
            if (!Contains(entries, key))
            {
                text.Append('/').Append(key).Append(' ').Append(Text(value)).Append(' ');
            }
        }

        foreach ((string key, string? value) in entries)
        {
            if (value is not null)
            {
                text.Append('/').Append(key).Append(' ').Append(value).Append(' ');
            }
        }

        return Object(number, text.Append(">>").ToString());
    }

    /// <summary>An array entry of an object with further items.</summary>
    public Forgery Grow(int number, string key, string items) => Edit(number, (key, Text(Dictionary(number)[key]!)[..^1] + " " + items + "]"));

    public Forgery Raw(string text)
    {
        _appended.Append(text);
        return this;
    }

    /// <summary>An entry of the cross-reference as it is to be written, 18 characters.</summary>
    public Forgery Entry(int number, string line)
    {
        _entries[number] = line;
        return this;
    }

    public Forgery Entry(int number, long position, int generation = 0) =>
        Entry(number, string.Create(CultureInfo.InvariantCulture, $"{position:0000000000} {generation:00000} n"));

    /// <summary>Ends the update with a table.</summary>
    public byte[] End(string? trailer = null, long? previous = null, string? more = null, string? startXref = null)
    {
        long position = Position;
        _appended.Append("xref\n");
        foreach ((int number, string line) in _entries)
        {
            _appended.Append(CultureInfo.InvariantCulture, $"{number} 1\n{line} \n");
        }

        _appended.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size 200{trailer ?? Victim.Trailer}/Prev {previous ?? Previous}{more}>>\nstartxref\n{startXref ?? position.ToString(CultureInfo.InvariantCulture)}\n%%EOF\n");
        return ToBytes();
    }

    /// <summary>Ends the update with a stream; objects may lie in object streams.</summary>
    /// <param name="number">The stream's number.</param>
    /// <param name="compressed">Objects in object streams: number, stream and place in it.</param>
    /// <param name="trailer">Entries of the trailer.</param>
    /// <param name="previous">/Prev.</param>
    public byte[] EndWithStream(int number, IReadOnlyList<(int Number, int Stream, int Index)> compressed, string? trailer = null, long? previous = null)
    {
        long position = Position;
        _appended.Append(XrefStream(number, compressed, trailer, previous));
        _appended.Append(CultureInfo.InvariantCulture, $"startxref\n{position}\n%%EOF\n");
        return ToBytes();
    }

    /// <summary>A cross-reference stream for what was written so far, without the end of a revision.</summary>
    public string XrefStream(int number, IReadOnlyList<(int Number, int Stream, int Index)> compressed, string? trailer = null, long? previous = null)
    {
        var rows = new SortedDictionary<int, string> { [number] = Row(1, Position, 0) };
        foreach ((int n, string line) in _entries)
        {
            rows[n] = line.EndsWith('n') ? Row(1, long.Parse(line.AsSpan(0, 10), CultureInfo.InvariantCulture), int.Parse(line.AsSpan(11, 5), CultureInfo.InvariantCulture)) : Row(0, 0, 65535);
        }

        foreach ((int n, int stream, int index) in compressed)
        {
            rows[n] = Row(2, stream, index);
        }

        string data = string.Concat(rows.Values);
        string index2 = string.Join(' ', rows.Keys.Select(n => string.Create(CultureInfo.InvariantCulture, $"{n} 1")));
        return string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n<</Type/XRef/Size 200/W[1 4 2]/Index[{index2}]/Length {data.Length}{trailer ?? Victim.Trailer}/Prev {previous ?? Previous}>>\nstream\n{data}\nendstream\nendobj\n");
    }

    public byte[] ToBytes() => [.. _file, .. Encoding.Latin1.GetBytes(_appended.ToString())];

    public static long StartXref(byte[] file)
    {
        int at = file.AsSpan().LastIndexOf("startxref"u8) + 9;
        return long.Parse(Encoding.ASCII.GetString(file, at, file.Length - at).Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
    }

    /// <summary>An object stream's entries and data, for <see cref="Stream"/>.</summary>
    public static (string Entries, string Data) Packed(params ReadOnlySpan<(int Number, string Body)> objects)
    {
        var index = new StringBuilder();
        var bodies = new StringBuilder();
        foreach ((int number, string body) in objects)
        {
            index.Append(CultureInfo.InvariantCulture, $"{number} {bodies.Length} ");
            bodies.Append(body).Append(' ');
        }

        return (string.Create(CultureInfo.InvariantCulture, $"/Type/ObjStm/N {objects.Length}/First {index.Length}"), index.ToString() + bodies);
    }

    private static string Row(int type, long second, int third) =>
        new([(char)type, (char)((second >> 24) & 0xFF), (char)((second >> 16) & 0xFF), (char)((second >> 8) & 0xFF), (char)(second & 0xFF), (char)(third >> 8), (char)(third & 0xFF)]);

    private static bool Contains(ReadOnlySpan<(string Key, string? Value)> entries, string key)
    {
        foreach ((string given, _) in entries)
        {
            if (string.Equals(given, key, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
