using System.Globalization;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.Filters;

namespace ESign.Pdf.Syntax.CrossReference;

/// <summary>Finds and reads the chain of cross-reference sections from the end of the file.</summary>
/// <remarks>
/// ISO 32000-2 §7.5.4 to §7.5.8: tables, streams, hybrids, /Prev chains. Anything it cannot follow is an error of code
/// <see cref="PdfErrorCode.CrossReference"/>, upon which the caller may rebuild the table by scanning.
/// </remarks>
internal sealed class CrossReferenceReader(ByteSource source, ReaderLimits limits, IndirectObjectReader objects)
{
    /// <summary>How far from where a pointer points its target is still looked for: writers miscount by an end-of-line or two.</summary>
    private const int Slack = 32;

    private long _rowsLeft = limits.MaxInflation;

    /// <summary>The number after the last <c>startxref</c>, as written.</summary>
    public long StartXref { get; private set; }

    /// <summary>Whether a pointer missed its section by a few bytes.</summary>
    public bool HadToSearchNearby { get; private set; }

    /// <summary>Reads all sections.</summary>
    /// <param name="headerOffset">Where <c>%PDF</c> stands: offsets count from there (annex of ISO 32000-1: within the first 1024 bytes).</param>
    /// <param name="known">The sections read before the file was appended to: the chain is followed until it meets them.</param>
    public CrossReferenceTable Read(long headerOffset, CrossReferenceTable? known = null)
    {
        StartXref = FindStartXref();
        long shift = headerOffset;
        if (!TryLocate(StartXref + shift, nearby: false, out long position, out bool isTable)
            && !(headerOffset > 0 && TryLocate(StartXref + (shift = 0), nearby: false, out position, out isTable))
            && !TryLocate(StartXref + (shift = headerOffset), nearby: true, out position, out isTable))
        {
            throw Broken($"startxref {StartXref} 没有指向交叉引用 / startxref {StartXref} does not lead to a cross-reference section", StartXref);
        }

        var sections = new List<XrefSection>();
        var visited = new HashSet<long>();
        CrossReferenceTable? met = null;
        while (visited.Add(position))
        {
            if (position == known?.Sections[0].Position && shift == known.Shift)
            {
                met = known;
                sections.AddRange(known.Sections);
                break;
            }

            if (sections.Count >= limits.MaxSections)
            {
                throw new PdfFormatException(PdfErrorCode.LimitExceeded, $"交叉引用超过 {limits.MaxSections} 节 / more than {limits.MaxSections} cross-reference sections", position, "7.5.6");
            }

            XrefSection section = isTable ? ReadTable(position, shift) : ReadStream(position);
            sections.Add(section);
            if (section.Trailer["Prev"] is not { } previous)
            {
                break;
            }

            long target = previous switch
            {
                PdfInteger integer => integer.Value,
                PdfReal real => (long)real.Value,
                _ => throw Broken("/Prev 不是数字 / /Prev is not a number", position),
            };
            if (target == 0)
            {
                break;
            }

            if (!TryLocate(target + shift, nearby: true, out position, out isTable))
            {
                throw Broken($"/Prev {target} 没有指向交叉引用 / /Prev {target} does not lead to a cross-reference section", target);
            }
        }

        return new CrossReferenceTable(source, sections, shift, met);
    }

    private long FindStartXref()
    {
        long at = source.LastIndexOf("startxref"u8, 0, source.Length);
        if (at < 0)
        {
            throw Broken("没有 startxref / no startxref", source.Length);
        }

        var lexer = new Lexer(source.Window(at + 9, 64), at + 9);
        if (!lexer.Next() || lexer.Kind != TokenKind.Integer || lexer.Integer <= 0 || lexer.Integer >= source.Length)
        {
            throw Broken("startxref 之后不是文件之内的偏移 / startxref is not followed by an offset within the file", at);
        }

        return lexer.Integer;
    }

    /// <summary>Whether a section begins at an offset, white space allowed, or near it.</summary>
    private bool TryLocate(long target, bool nearby, out long position, out bool isTable)
    {
        if (IsSection(target, out position, out isTable))
        {
            return true;
        }

        if (!nearby || target < 0 || target >= source.Length)
        {
            return false;
        }

        long from = Math.Max(0, target - Slack);
        ReadOnlySpan<byte> window = source.Window(from, 3 * Slack);
        window = window[..Math.Min(3 * Slack, window.Length)];
        for (int at = window.IndexOf("xref"u8); at >= 0; at = Next(window, at))
        {
            if ((at == 0 || CharacterClass.IsWhiteSpace(window[at - 1])) && IsSection(from + at, out position, out isTable))
            {
                return HadToSearchNearby = true;
            }
        }

        // A pointer into the middle of "N G obj": back to the beginning of the line.
        for (long back = target - 1; back >= from; back--)
        {
            if (IsSection(back, out position, out isTable) && !isTable)
            {
                ReadOnlySpan<byte> before = source.Window(Math.Max(0, back - 1), 1);
                if (back == 0 || !CharacterClass.IsDigit(before[0]))
                {
                    return HadToSearchNearby = true;
                }
            }
        }

        return false;

        static int Next(ReadOnlySpan<byte> window, int at)
        {
            int next = window[(at + 1)..].IndexOf("xref"u8);
            return next < 0 ? -1 : at + 1 + next;
        }
    }

    private bool IsSection(long target, out long position, out bool isTable)
    {
        isTable = false;
        position = -1;
        if (target < 0 || target >= source.Length)
        {
            return false;
        }

        var lexer = new Lexer(source.Window(target, 128), target);
        if (!lexer.Next())
        {
            return false;
        }

        position = lexer.TokenOffset;
        isTable = lexer.IsKeyword("xref"u8);
        return isTable || (lexer.Kind == TokenKind.Integer && lexer.Next() && lexer.Kind == TokenKind.Integer && lexer.Next() && lexer.IsKeyword("obj"u8));
    }

    private XrefSection ReadTable(long position, long shift)
    {
        var subsections = new List<XrefSection.Subsection>();
        long cursor = position + 4;
        while (true)
        {
            var lexer = new Lexer(source.Window(cursor, 256), cursor);
            lexer.Next();
            if (lexer.IsKeyword("trailer"u8))
            {
                cursor = lexer.BaseOffset + lexer.Position;
                break;
            }

            long first = lexer.Integer;
            bool isNumber = lexer.Kind == TokenKind.Integer;
            if (!isNumber || !lexer.Next() || lexer.Kind != TokenKind.Integer || first < 0 || lexer.Integer < 0 || first + lexer.Integer > limits.MaxObjectNumber + 1L)
            {
                throw Broken("交叉引用表的小节没有以范围之内的两个数字开头 / a subsection of the cross-reference table does not begin with two numbers in range", lexer.TokenOffset);
            }

            int count = (int)lexer.Integer;
            lexer.SkipWhiteSpaceAndComments();
            cursor = lexer.BaseOffset + lexer.Position;
            if (count > 0)
            {
                subsections.Add(ReadSubsection((int)first, count, ref cursor, shift));
            }
        }

        IndirectObject trailer = objects.ReadDirectAt(cursor);
        if (trailer.Value is not PdfDictionary dictionary)
        {
            throw Broken("文件尾不是字典 / the trailer is not a dictionary", cursor);
        }

        return XrefSection.FromTable(position, dictionary, subsections, ReadBeside(dictionary, shift), trailer.End);
    }

    /// <summary>§7.5.8.4. A hybrid whose stream is broken is still readable as the table it is for old readers.</summary>
    private XrefSection? ReadBeside(PdfDictionary trailer, long shift)
    {
        if (trailer["XRefStm"] is not PdfInteger { Value: > 0 } at || !TryLocate(at.Value + shift, nearby: true, out long position, out bool isTable) || isTable)
        {
            return null;
        }

        try
        {
            return ReadStream(position);
        }
        catch (PdfFormatException e) when (e.Code is not PdfErrorCode.LimitExceeded)
        {
            return null;
        }
    }

    private XrefSection.Subsection ReadSubsection(int first, int count, ref long cursor, long shift)
    {
        ReadOnlySpan<byte> entry = source.Window(cursor, 24);
        // "1 5" over entries that begin with the head of the free list: a common miscount, which all readers mend.
        if (first == 1 && entry.StartsWith("0000000000 65535 f"u8))
        {
            first = 0;
        }

        int width = EntryWidth(entry);
        long end = cursor + ((long)width * count);
        if (width > 0 && end < source.Length && FollowsSubsection(end) && IsEntry(end - width, shift))
        {
            var plain = new XrefSection.Subsection(first, count, cursor, width, null);
            cursor = end;
            return plain;
        }

        return ReadUneven(first, count, ref cursor, shift);
    }

    private bool IsEntry(long position, long shift)
    {
        try
        {
            XrefSection.DecodeLine(source, position, shift);
            return true;
        }
        catch (PdfFormatException)
        {
            return false;
        }
    }

    /// <summary>20 by the standard; 19 or 21 where the end-of-line has one byte or three; 0 when it is no entry.</summary>
    private static int EntryWidth(ReadOnlySpan<byte> entry)
    {
        if (entry.Length < 20 || entry[17] is not ((byte)'n' or (byte)'f'))
        {
            return 0;
        }

        int width = 18;
        while (width < Math.Min(entry.Length, 21) && CharacterClass.IsWhiteSpace(entry[width]))
        {
            width++;
        }

        return width is 19 or 20 or 21 ? width : 0;
    }

    private bool FollowsSubsection(long position)
    {
        var lexer = new Lexer(source.Window(position, 64), position);
        return lexer.Next() && (lexer.Kind == TokenKind.Integer || lexer.IsKeyword("trailer"u8));
    }

    /// <summary>Entries whose lines are not of one width, or fewer than announced: read one by one.</summary>
    private XrefSection.Subsection ReadUneven(int first, int count, ref long cursor, long shift)
    {
        var entries = new List<XrefEntry>();
        while (entries.Count < count)
        {
            var lexer = new Lexer(source.Window(cursor, 128), cursor);
            if (lexer.Next() && lexer.IsKeyword("trailer"u8))
            {
                break;
            }

            long offset = lexer.Integer;
            bool isEntry = lexer.Kind == TokenKind.Integer && lexer.Next() && lexer.Kind == TokenKind.Integer;
            long generation = lexer.Integer;
            if (!isEntry || !lexer.Next() || !(lexer.IsKeyword("n"u8) || lexer.IsKeyword("f"u8)))
            {
                throw Broken("交叉引用条目不是 'nnnnnnnnnn ggggg n' 的形式 / a cross-reference entry is not 'nnnnnnnnnn ggggg n'", lexer.TokenOffset);
            }

            if (entries.Count >= limits.MaxRebuiltObjects)
            {
                throw new PdfFormatException(PdfErrorCode.LimitExceeded, $"长短不一的交叉引用条目超过 {limits.MaxRebuiltObjects} 个 / more than {limits.MaxRebuiltObjects} cross-reference entries of uneven length", cursor, "7.5.4");
            }

            entries.Add(lexer.IsKeyword("f"u8) || offset <= 0 ? XrefEntry.Free : new(XrefEntryKind.InFile, offset + shift, (int)Math.Clamp(generation, 0, 65535)));
            cursor = lexer.BaseOffset + lexer.Position;
        }

        return new XrefSection.Subsection(first, entries.Count, 0, 0, [.. entries]);
    }

    private XrefSection ReadStream(long position)
    {
        IndirectObject read = objects.ReadAt(position);
        if (read.Value is not PdfDictionary dictionary || read.DataStart < 0 || dictionary["W"] is not PdfArray { Count: >= 3 } w)
        {
            throw Broken("此处没有交叉引用流 / no cross-reference stream here", position);
        }

        (int Type, int Second, int Third) widths = (Width(w[0], position), Width(w[1], position), Width(w[2], position));
        int rowWidth = widths.Type + widths.Second + widths.Third;
        if (rowWidth == 0)
        {
            throw Broken("/W 中没有宽度 / /W has no width", position);
        }

        long length = objects.FindStreamLength(read.DataStart, (dictionary["Length"] as PdfInteger)?.Value);
        if (length > limits.MaxStoredStream)
        {
            throw new PdfFormatException(PdfErrorCode.LimitExceeded, "交叉引用流过大 / the cross-reference stream is too large", position, "7.5.8");
        }

        // Rows are kept: those of all sections together may take no more than a document's streams may.
        ReaderLimits left = limits with { MaxDecodedStream = (int)Math.Min(limits.MaxDecodedStream, _rowsLeft) };
        ReadOnlyMemory<byte> rows = StreamFilters.Decode(dictionary, source.Read(read.DataStart, (int)length), resolver: null, left);
        _rowsLeft -= rows.Length;
        List<XrefSection.Subsection> subsections = ReadIndex(dictionary, rows.Length / rowWidth, rowWidth, position);
        return XrefSection.FromStream(position, dictionary, subsections, rows, widths, read.DataStart + length);
    }

    /// <summary>Counts beyond the rows there are, and rows beyond the counts, are ignored: /Size and /Index lie.</summary>
    private List<XrefSection.Subsection> ReadIndex(PdfDictionary dictionary, int rows, int rowWidth, long position)
    {
        var subsections = new List<XrefSection.Subsection>();
        PdfArray index = dictionary["Index"] as PdfArray ?? new PdfArray(0, dictionary["Size"] ?? 0);
        int row = 0;
        for (int i = 0; i + 1 < index.Count && row < rows; i += 2)
        {
            if (index[i] is not PdfInteger { Value: >= 0 } first || index[i + 1] is not PdfInteger { Value: >= 0 } count || first.Value > limits.MaxObjectNumber)
            {
                throw Broken("/Index 中有超出范围的内容 / /Index holds something other than numbers in range", position);
            }

            int taken = (int)Math.Min(Math.Min(count.Value, rows - row), limits.MaxObjectNumber + 1L - first.Value);
            if (taken > 0)
            {
                subsections.Add(new((int)first.Value, taken, (long)row * rowWidth, 0, null));
                row += taken;
            }
        }

        return subsections;
    }

    private static int Width(PdfObject value, long position) => value is PdfInteger { Value: >= 0 and <= 8 } integer
        ? (int)integer.Value
        : throw Broken(string.Create(CultureInfo.InvariantCulture, $"/W holds {value}"), position);

    private static PdfFormatException Broken(string message, long offset) => new(PdfErrorCode.CrossReference, message, offset, "7.5");
}
