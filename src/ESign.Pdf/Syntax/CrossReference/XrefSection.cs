using System.Buffers.Binary;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax.CrossReference;

/// <summary>
/// One cross-reference section. Its entries stay as the bytes they are and are decoded one at a time when asked for, so
/// that opening a file costs nothing per object.
/// </summary>
internal sealed class XrefSection
{
    private readonly Subsection[] _subsections;
    private readonly bool _sorted;
    private readonly ReadOnlyMemory<byte> _rows;
    private readonly (int Type, int Second, int Third) _widths;
    private readonly IReadOnlyDictionary<int, XrefEntry>? _rebuilt;

    private XrefSection(XrefKind kind, long position, PdfDictionary trailer, List<Subsection> subsections)
    {
        Kind = kind;
        Position = position;
        Trailer = trailer;
        _subsections = [.. subsections];
        _sorted = true;
        for (int i = 0; i < _subsections.Length; i++)
        {
            HighestNumber = Math.Max(HighestNumber, _subsections[i].First + _subsections[i].Count - 1);
            _sorted &= i == 0 || _subsections[i].First >= _subsections[i - 1].First + _subsections[i - 1].Count;
        }
    }

    private XrefSection(long position, PdfDictionary trailer, List<Subsection> subsections, ReadOnlyMemory<byte> rows, (int Type, int Second, int Third) widths)
        : this(XrefKind.Stream, position, trailer, subsections)
    {
        _rows = rows;
        _widths = widths;
    }

    private XrefSection(PdfDictionary trailer, IReadOnlyDictionary<int, XrefEntry> rebuilt)
        : this(XrefKind.Rebuilt, 0, trailer, [])
    {
        _rebuilt = rebuilt;
        foreach (int number in rebuilt.Keys)
        {
            HighestNumber = Math.Max(HighestNumber, number);
        }
    }

    public XrefKind Kind { get; }

    /// <summary>The physical offset of the <c>xref</c> keyword or of the stream object.</summary>
    public long Position { get; }

    /// <summary>The trailer dictionary, or the dictionary of the cross-reference stream.</summary>
    public PdfDictionary Trailer { get; }

    /// <summary>The highest object number with an entry here, in use or free; -1 when there is none.</summary>
    public int HighestNumber { get; private set; } = -1;

    /// <summary>How many entries this section has, free ones too.</summary>
    public int EntryCount => (_rebuilt?.Count ?? _subsections.Sum(s => s.Count)) + (Beside?.EntryCount ?? 0);

    /// <summary>The stream beside a hybrid table.</summary>
    public XrefSection? Beside { get; private init; }

    /// <summary>The file offset just after the trailer dictionary or the stream object: where <c>startxref</c> follows.</summary>
    public long EndPosition { get; init; }

    public static XrefSection FromTable(long position, PdfDictionary trailer, List<Subsection> subsections, XrefSection? beside, long endPosition) =>
        new(beside is null ? XrefKind.Table : XrefKind.Hybrid, position, trailer, subsections) { Beside = beside, EndPosition = endPosition };

    public static XrefSection FromStream(long position, PdfDictionary dictionary, List<Subsection> subsections, ReadOnlyMemory<byte> rows, (int Type, int Second, int Third) widths, long endPosition) =>
        new(position, dictionary, subsections, rows, widths) { EndPosition = endPosition };

    public static XrefSection FromScan(PdfDictionary trailer, IReadOnlyDictionary<int, XrefEntry> entries) => new(trailer, entries);

    /// <summary>Finds the entry of an object in this section.</summary>
    /// <param name="number">The object number.</param>
    /// <param name="source">The file.</param>
    /// <param name="shift">What offsets in the file are relative to: the position of the header.</param>
    /// <param name="entry">The entry.</param>
    public bool TryFind(int number, ByteSource source, long shift, out XrefEntry entry)
    {
        if (_rebuilt is not null)
        {
            return _rebuilt.TryGetValue(number, out entry);
        }

        bool found = TryFindOwn(number, source, shift, out entry);
        if (Beside is null || (found && entry.Kind != XrefEntryKind.Free))
        {
            return found;
        }

        // §7.5.8.4: what the table hides as free, or does not have, is looked up in the stream beside it.
        if (Beside.TryFindOwn(number, source, shift, out XrefEntry hidden))
        {
            entry = hidden;
            return true;
        }

        return found;
    }

    /// <summary>The numbers this section has entries for (free ones too), in file order; used by revision analysis.</summary>
    public IEnumerable<int> Numbers()
    {
        if (_rebuilt is not null)
        {
            return _rebuilt.Keys;
        }

        IEnumerable<int> own = _subsections.SelectMany(s => Enumerable.Range(s.First, s.Count));
        return Beside is null ? own : own.Concat(Beside.Numbers()).Distinct();
    }

    /// <summary>
    /// The objects for which there are two entries that differ, here or in the stream beside: some readers take the first and
    /// some the last. That the table hides as free what the stream has is no dispute (§7.5.8.4).
    /// </summary>
    public IEnumerable<int> FindDisputed(ByteSource source, long shift)
    {
        var entries = new Dictionary<int, XrefEntry>();
        foreach (XrefSection part in Beside is null ? [this] : (XrefSection[])[this, Beside])
        {
            foreach (Subsection subsection in part._subsections)
            {
                for (int index = 0; index < subsection.Count; index++)
                {
                    int number = subsection.First + index;
                    XrefEntry entry = part.EntryAt(subsection, index, source, shift);
                    bool isHidden = part != this && entries.TryGetValue(number, out XrefEntry first) && first.Kind == XrefEntryKind.Free;
                    if (isHidden)
                    {
                        entries[number] = entry;
                    }
                    else if (!entries.TryAdd(number, entry) && entries[number] != entry)
                    {
                        yield return number;
                    }
                }
            }
        }
    }

    private bool TryFindOwn(int number, ByteSource source, long shift, out XrefEntry entry)
    {
        int at = IndexOf(number);
        if (at < 0)
        {
            entry = default;
            return false;
        }

        entry = EntryAt(_subsections[at], number - _subsections[at].First, source, shift);
        return true;
    }

    private XrefEntry EntryAt(in Subsection subsection, int index, ByteSource source, long shift) => subsection.Parsed is { } parsed
        ? parsed[index]
        : Kind == XrefKind.Stream
            ? DecodeRow(subsection.Start + ((long)index * RowWidth), shift)
            : DecodeLine(source, subsection.Start + ((long)index * subsection.EntryWidth), shift);

    private int RowWidth => _widths.Type + _widths.Second + _widths.Third;

    private int IndexOf(int number)
    {
        if (_sorted && _subsections.Length > 8)
        {
            int low = 0;
            int high = _subsections.Length - 1;
            while (low <= high)
            {
                int middle = (low + high) >>> 1;
                if (_subsections[middle].Contains(number))
                {
                    return middle;
                }

                (low, high) = number < _subsections[middle].First ? (low, middle - 1) : (middle + 1, high);
            }

            return -1;
        }

        for (int i = 0; i < _subsections.Length; i++)
        {
            if (_subsections[i].Contains(number))
            {
                return i;
            }
        }

        return -1;
    }

    private XrefEntry DecodeRow(long start, long shift)
    {
        ReadOnlySpan<byte> row = _rows.Span.Slice((int)start, RowWidth);
        long type = _widths.Type == 0 ? 1 : BigEndian(row[.._widths.Type]);
        long second = BigEndian(row.Slice(_widths.Type, _widths.Second));
        long third = BigEndian(row[(_widths.Type + _widths.Second)..]);
        return type switch
        {
            1 when second > 0 => new(XrefEntryKind.InFile, second + shift, (int)Math.Clamp(third, 0, 65535)),
            2 when second is > 0 and < int.MaxValue => new(XrefEntryKind.InStream, second, (int)Math.Clamp(third, 0, int.MaxValue)),
            // §7.5.8.3: other types are references to null; so is an in-use object at the header's place.
            _ => XrefEntry.Free,
        };
    }

    private static long BigEndian(ReadOnlySpan<byte> bytes)
    {
        Span<byte> wide = stackalloc byte[8];
        wide.Clear();
        bytes.CopyTo(wide[(8 - bytes.Length)..]);
        return BinaryPrimitives.ReadInt64BigEndian(wide);
    }

    /// <summary><c>nnnnnnnnnn ggggg n</c>.</summary>
    internal static XrefEntry DecodeLine(ByteSource source, long position, long shift)
    {
        ReadOnlySpan<byte> window = source.Window(position, 18);
        if (window.Length < 18
            || !TryDigits(window[..10], out long offset)
            || window[10] != ' '
            || !TryDigits(window[11..16], out long generation)
            || window[16] != ' '
            || window[17] is not ((byte)'n' or (byte)'f'))
        {
            throw new PdfFormatException(PdfErrorCode.CrossReference, "交叉引用条目不是 'nnnnnnnnnn ggggg n' 的形式 / a cross-reference entry is not 'nnnnnnnnnn ggggg n'", position, "7.5.4");
        }

        // Offset 0 is the header's place: writers use it for "no such object".
        return window[17] == 'f' || offset == 0 ? XrefEntry.Free : new(XrefEntryKind.InFile, offset + shift, (int)generation);
    }

    private static bool TryDigits(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        foreach (byte b in digits)
        {
            if (!CharacterClass.IsDigit(b))
            {
                return false;
            }

            value = (value * 10) + (b - '0');
        }

        return true;
    }

    /// <summary>A run of consecutive object numbers.</summary>
    /// <param name="First">The first object number.</param>
    /// <param name="Count">How many.</param>
    /// <param name="Start">Where the entries begin: in the file for a table, in the decoded rows for a stream.</param>
    /// <param name="EntryWidth">Bytes per entry of a table.</param>
    /// <param name="Parsed">The entries themselves where a table's lines are not of one width.</param>
    internal readonly record struct Subsection(int First, int Count, long Start, int EntryWidth, XrefEntry[]? Parsed)
    {
        public bool Contains(int number) => (uint)(number - First) < (uint)Count;
    }
}
