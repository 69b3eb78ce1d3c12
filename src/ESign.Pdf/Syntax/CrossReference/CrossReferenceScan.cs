using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax.CrossReference;

/// <summary>Rebuilds what a broken cross-reference should have said by scanning the file for <c>N G obj</c>.</summary>
/// <remarks>The last object of a number wins, as the newest revision would. Objects inside streams are added by the caller, who can decode them.</remarks>
internal sealed class CrossReferenceScan
{
    /// <summary>"4294967295 65535 " before <c>obj</c>, with room for blanks.</summary>
    private const int Before = 40;

    private readonly ByteSource _source;
    private readonly ReaderLimits _limits;
    private readonly IndirectObjectReader _objects;
    private readonly List<(long Position, PdfDictionary Trailer)> _trailers = [];
    private PdfReference? _catalog;
    private int _attempts;

    private CrossReferenceScan(ByteSource source, ReaderLimits limits, IndirectObjectReader objects) => (_source, _limits, _objects) = (source, limits, objects);

    /// <summary>Every object number and where its last definition stands.</summary>
    public Dictionary<int, XrefEntry> Entries { get; } = [];

    /// <summary>The object streams, in file order.</summary>
    public List<long> ObjectStreams { get; } = [];

    /// <summary>The trailer put together from all that were found; empty of /Root when there is no catalog either.</summary>
    public PdfDictionary Trailer { get; private set; } = PdfDictionary.Empty;

    public static CrossReferenceScan Run(ByteSource source, ReaderLimits limits, IndirectObjectReader objects)
    {
        var scan = new CrossReferenceScan(source, limits, objects);
        scan.FindObjects();
        scan.FindTrailers();
        scan.MergeTrailers();
        return scan;
    }

    private void FindObjects()
    {
        for (long at = _source.IndexOf("obj"u8, 0, _source.Length); at >= 0; at = _source.IndexOf("obj"u8, at + 3, _source.Length))
        {
            if (!TryReadBackwards(at, out int number, out int generation, out long position))
            {
                continue;
            }

            if (Entries.Count >= _limits.MaxRebuiltObjects)
            {
                throw new PdfFormatException(PdfErrorCode.LimitExceeded, $"没有可用交叉引用的文件中，对象超过 {_limits.MaxRebuiltObjects} 个 / more than {_limits.MaxRebuiltObjects} objects in a file without a usable cross-reference", at, "7.5.4");
            }

            Entries[number] = new XrefEntry(XrefEntryKind.InFile, position, generation);
            Classify(at + 3, position, number, generation);
        }
    }

    private bool TryReadBackwards(long at, out int number, out int generation, out long position)
    {
        (number, generation, position) = (0, 0, 0);
        int length = (int)Math.Min(Before, at);
        ReadOnlySpan<byte> before = _source.Window(at - length, length)[..length];
        int p = length - 1;
        if (!SkipBlanks(before, ref p, atLeast: 0) || !Digits(before, ref p, 65535, out long second) || !SkipBlanks(before, ref p, atLeast: 1) || !Digits(before, ref p, _limits.MaxObjectNumber, out long first))
        {
            return false;
        }

        (number, generation, position) = ((int)first, (int)second, at - length + p + 1);
        return number > 0;
    }

    private static bool SkipBlanks(ReadOnlySpan<byte> text, ref int p, int atLeast)
    {
        int start = p;
        while (p >= 0 && CharacterClass.IsWhiteSpace(text[p]))
        {
            p--;
        }

        return start - p >= atLeast && p >= 0;
    }

    private static bool Digits(ReadOnlySpan<byte> text, ref int p, long maximum, out long value)
    {
        value = 0;
        long scale = 1;
        int start = p;
        for (; p >= 0 && CharacterClass.IsDigit(text[p]) && start - p < 11; p--, scale *= 10)
        {
            value += (text[p] - '0') * scale;
        }

        return p < start && value <= maximum;
    }

    /// <summary>Looks at the first bytes of an object for the few types that matter here.</summary>
    private void Classify(long after, long position, int number, int generation)
    {
        ReadOnlySpan<byte> head = _source.Window(after, 512);
        head = head[..Math.Min(512, head.Length)];
        int end = head.IndexOf("endobj"u8);
        head = end < 0 ? head : head[..end];
        if (head.IndexOf("/ObjStm"u8) >= 0)
        {
            ObjectStreams.Add(position);
        }
        else if (head.IndexOf("/XRef"u8) >= 0)
        {
            AddTrailer(position, isIndirect: true);
        }
        else if (head.IndexOf("/Catalog"u8) >= 0)
        {
            _catalog = new PdfReference(number, generation);
        }
    }

    private void FindTrailers()
    {
        for (long at = _source.IndexOf("trailer"u8, 0, _source.Length); at >= 0; at = _source.IndexOf("trailer"u8, at + 7, _source.Length))
        {
            AddTrailer(at + 7, isIndirect: false);
        }
    }

    private void AddTrailer(long position, bool isIndirect)
    {
        // More trailers than revisions are allowed: an attack on our time, not a document.
        if (++_attempts > _limits.MaxSections)
        {
            return;
        }

        try
        {
            if ((isIndirect ? _objects.ReadAt(position) : _objects.ReadDirectAt(position)).Value is PdfDictionary dictionary)
            {
                _trailers.Add((position, dictionary));
            }
        }
        catch (PdfFormatException)
        {
            // A damaged trailer is no trailer; another one, or the catalog itself, may do.
        }
    }

    private void MergeTrailers()
    {
        _trailers.Sort((a, b) => a.Position.CompareTo(b.Position));
        foreach ((_, PdfDictionary dictionary) in _trailers)
        {
            foreach (string key in (ReadOnlySpan<string>)["Size", "Root", "Encrypt", "ID", "Info"])
            {
                if (dictionary[key] is { } value)
                {
                    Trailer = Trailer.With(key, value);
                }
            }
        }

        if (!(Trailer["Root"] is PdfReference root && Entries.ContainsKey(root.Number)) && _catalog is not null && ObjectStreams.Count == 0)
        {
            Trailer = Trailer.With("Root", _catalog);
        }
        else if (!Trailer.ContainsKey("Root") && _catalog is not null)
        {
            Trailer = Trailer.With("Root", _catalog);
        }
    }
}
