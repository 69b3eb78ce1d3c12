using System.Buffers.Binary;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.Filters;

namespace ESign.Pdf.Syntax.CrossReference;

/// <summary>Writes the cross-reference section of an incremental update, of the same kind as the one before it.</summary>
/// <remarks>
/// ISO 32000-2 §7.5.4, §7.5.6, §7.5.8. After a table or a hybrid comes a table, after a stream a stream; a table only
/// holds offsets of ten digits, so beyond those a stream is written whatever came before.
/// </remarks>
internal sealed class CrossReferenceWriter(long shift)
{
    private const long LargestTableOffset = 9_999_999_999;

    /// <summary>From here on compressing the rows of a stream saves more than it costs.</summary>
    private const int CompressFrom = 4096;

    private readonly Dictionary<int, Row> _rows = new() { [0] = new Row(XrefEntry.Free) };
    private long _largestOffset;

    /// <summary>What a trailer does not inherit from the section before: what describes that section itself.</summary>
    private static readonly HashSet<string> OfTheSection = new(StringComparer.Ordinal)
    {
        "Type", "Size", "Index", "W", "Prev", "XRefStm", "Length", "Filter", "DecodeParms", "F", "FFilter", "FDecodeParms", "DL", "DocChecksum",
    };

    public void Add(int number, XrefEntry entry)
    {
        _rows[number] = new Row(entry);
        if (entry.Kind == XrefEntryKind.InFile)
        {
            _largestOffset = Math.Max(_largestOffset, entry.Position - shift);
        }
    }

    public void AddIfAbsent(int number, XrefEntry entry)
    {
        if (!_rows.ContainsKey(number))
        {
            Add(number, entry);
        }
    }

    /// <summary>Writes section, trailer, <c>startxref</c> and <c>%%EOF</c>.</summary>
    /// <param name="writer">The writer of the update.</param>
    /// <param name="output">Its buffer.</param>
    /// <param name="previous">The newest section so far.</param>
    /// <param name="trailer">The entries to carry on; those that describe a section are left out.</param>
    /// <param name="nextNumber">The first number that is not used.</param>
    public void Write(ObjectWriter writer, OutputBuffer output, XrefSection previous, PdfDictionary trailer, int nextNumber)
    {
        long position = writer.Position;
        var carried = new List<KeyValuePair<string, PdfObject>>();
        foreach (KeyValuePair<string, PdfObject> entry in trailer.AsSpan())
        {
            if (!OfTheSection.Contains(entry.Key))
            {
                carried.Add(entry);
            }
        }

        carried.Add(new("Prev", previous.Position - shift));
        bool isStream = previous.Kind == XrefKind.Stream || Math.Max(_largestOffset, position - shift) > LargestTableOffset || _rows.Values.Any(row => row.Entry.Kind == XrefEntryKind.InStream);
        if (isStream)
        {
            WriteStream(writer, position, carried, nextNumber);
        }
        else
        {
            WriteTable(writer, output, carried, nextNumber);
        }

        output.Write("startxref\n"u8);
        output.Write(position - shift);
        output.Write("\n%%EOF\n"u8);
    }

    /// <summary>One entry of exactly 20 bytes (§7.5.4).</summary>
    internal static void TableEntry(OutputBuffer output, long offset, int generation, bool inUse)
    {
        Span<byte> entry = output.GetSpan(20);
        Digits(entry[..10], offset);
        entry[10] = (byte)' ';
        Digits(entry[11..16], generation);
        entry[16] = (byte)' ';
        entry[17] = inUse ? (byte)'n' : (byte)'f';
        entry[18] = (byte)' ';
        entry[19] = (byte)'\n';
        output.Advance(20);
    }

    private static void Digits(Span<byte> destination, long value)
    {
        for (int i = destination.Length - 1; i >= 0; i--, value /= 10)
        {
            destination[i] = (byte)('0' + (value % 10));
        }
    }

    private void WriteTable(ObjectWriter writer, OutputBuffer output, List<KeyValuePair<string, PdfObject>> carried, int nextNumber)
    {
        output.Write("xref\n"u8);
        foreach ((int first, int count) in Runs(Numbers()))
        {
            output.Write((long)first);
            output.Write((byte)' ');
            output.Write((long)count);
            output.Write((byte)'\n');
            for (int number = first; number < first + count; number++)
            {
                XrefEntry entry = _rows[number].Entry;
                bool inUse = entry.Kind == XrefEntryKind.InFile;
                TableEntry(output, inUse ? entry.Position - shift : 0, inUse ? entry.Extra : 65535, inUse);
            }
        }

        carried.Add(new("Size", nextNumber));
        output.Write("trailer\n"u8);
        writer.Write(new PdfDictionary(carried));
        output.Write((byte)'\n');
    }

    private void WriteStream(ObjectWriter writer, long position, List<KeyValuePair<string, PdfObject>> carried, int nextNumber)
    {
        // The section lists the stream that holds it.
        Add(nextNumber, new XrefEntry(XrefEntryKind.InFile, position, 0));
        int offsetBytes = 2;
        while (offsetBytes < 8 && _largestOffset >> (8 * offsetBytes) != 0)
        {
            offsetBytes++;
        }

        int[] numbers = Numbers();
        byte[] rows = new byte[numbers.Length * (1 + offsetBytes + 2)];
        Span<byte> row = rows;
        foreach (int number in numbers)
        {
            WriteRow(row, _rows[number].Entry, offsetBytes);
            row = row[(1 + offsetBytes + 2)..];
        }

        carried.Insert(0, new("Type", new PdfName("XRef")));
        carried.Add(new("Size", nextNumber + 1));
        carried.Add(new("Index", new PdfArray(Runs(numbers).SelectMany(r => (PdfObject[])[r.First, r.Count]))));
        carried.Add(new("W", new PdfArray(1, offsetBytes, 2)));
        if (rows.Length >= CompressFrom)
        {
            rows = FlateFilter.Encode(rows);
            carried.Add(new("Filter", new PdfName("FlateDecode")));
        }

        // §7.5.8.2: a cross-reference stream is never encrypted.
        writer.WriteIndirect(new PdfReference(nextNumber), new PdfStream(new PdfDictionary(carried), rows), encrypt: false);
    }

    private void WriteRow(Span<byte> row, XrefEntry entry, int offsetBytes)
    {
        Span<byte> wide = stackalloc byte[8];
        long position = entry.Kind == XrefEntryKind.InFile ? entry.Position - shift : entry.Position;
        BinaryPrimitives.WriteInt64BigEndian(wide, position);
        row[0] = (byte)entry.Kind;
        wide[(8 - offsetBytes)..].CopyTo(row[1..]);
        BinaryPrimitives.WriteUInt16BigEndian(row[(1 + offsetBytes)..], (ushort)(entry.Kind == XrefEntryKind.Free ? 65535 : entry.Extra));
    }

    private int[] Numbers()
    {
        int[] numbers = [.. _rows.Keys];
        Array.Sort(numbers);
        return numbers;
    }

    /// <summary>The runs of consecutive numbers, in order.</summary>
    private static List<(int First, int Count)> Runs(int[] numbers)
    {
        var runs = new List<(int, int)>();
        int first = 0;
        for (int i = 1; i <= numbers.Length; i++)
        {
            if (i == numbers.Length || numbers[i] != numbers[i - 1] + 1)
            {
                runs.Add((numbers[first], i - first));
                first = i;
            }
        }

        return runs;
    }

    private sealed record Row(XrefEntry Entry);
}
