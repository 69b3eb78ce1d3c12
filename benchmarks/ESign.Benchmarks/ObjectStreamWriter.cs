using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;
using ESign.Pdf.Syntax.Filters;

namespace ESign.Benchmarks;

/// <summary>Writes a file as office programs do: whatever is not a stream goes into object streams, found by a cross-reference stream.</summary>
/// <remarks>ISO 32000-2 §7.5.7, §7.5.8.</remarks>
internal sealed class ObjectStreamWriter(Stream output) : IObjectSink
{
    private const int ObjectsPerStream = 100;

    private readonly SortedDictionary<int, PdfObject> _plain = [];
    private readonly SortedDictionary<int, PdfStream> _streams = [];
    private readonly SortedDictionary<int, (byte Kind, int Second, ushort Third)> _rows = new() { [0] = (0, 0, 65535) };
    private int _last;
    private int _position;

    public PdfReference Reserve() => new(++_last);

    public PdfReference Add(PdfObject value)
    {
        PdfReference reference = Reserve();
        Set(reference, value);
        return reference;
    }

    public void Set(PdfReference reference, PdfObject value)
    {
        if (value is PdfStream stream)
        {
            _streams.Add(reference.Number, stream);
        }
        else
        {
            _plain.Add(reference.Number, value);
        }
    }

    public void Finish(PdfReference catalog)
    {
        Put("%PDF-1.7\n%\u00B5\u00B6\u00B5\u00B6\n"u8);
        foreach (KeyValuePair<int, PdfObject>[] group in _plain.Chunk(ObjectsPerStream))
        {
            Pack(group);
        }

        foreach ((int number, PdfStream stream) in _streams)
        {
            WriteStream(number, stream);
        }

        WriteCrossReference(catalog);
    }

    private void Pack(KeyValuePair<int, PdfObject>[] group)
    {
        int container = ++_last;
        var index = new StringBuilder();
        var bodies = new MemoryStream();
        for (int i = 0; i < group.Length; i++)
        {
            index.Append(CultureInfo.InvariantCulture, $"{group[i].Key} {bodies.Length} ");
            bodies.Write(ObjectWriter.ToBytes(group[i].Value));
            bodies.WriteByte((byte)'\n');
            _rows[group[i].Key] = (2, container, (ushort)i);
        }

        byte[] head = Encoding.ASCII.GetBytes(index.ToString());
        _streams.Add(container, new PdfStream(
            new PdfDictionary(
                ("Type", new PdfName("ObjStm")),
                ("N", group.Length),
                ("First", head.Length),
                ("Filter", new PdfName("FlateDecode"))),
            FlateFilter.Encode([.. head, .. bodies.ToArray()])));
    }

    private void WriteStream(int number, PdfStream stream)
    {
        _rows[number] = (1, _position, 0);
        using var buffer = new OutputBuffer();
        new ObjectWriter(buffer).WriteIndirect(new PdfReference(number), stream);
        Put(buffer.WrittenSpan);
    }

    private void WriteCrossReference(PdfReference catalog)
    {
        int own = ++_last;
        int position = _position;
        _rows[own] = (1, position, 0);
        byte[] rows = new byte[(_last + 1) * 7];
        foreach ((int number, (byte kind, int second, ushort third)) in _rows)
        {
            Span<byte> row = rows.AsSpan(number * 7, 7);
            row[0] = kind;
            BinaryPrimitives.WriteInt32BigEndian(row[1..], second);
            BinaryPrimitives.WriteUInt16BigEndian(row[5..], third);
        }

        WriteStream(own, new PdfStream(
            new PdfDictionary(
                ("Type", new PdfName("XRef")),
                ("Size", _last + 1),
                ("W", new PdfArray(1, 4, 2)),
                ("Root", catalog),
                ("Filter", new PdfName("FlateDecode"))),
            FlateFilter.Encode(rows)));
        Put(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"startxref\n{position}\n%%EOF\n")));
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        _position += bytes.Length;
    }
}
