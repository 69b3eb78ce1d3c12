using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.CrossReference;
using ESign.Pdf.Syntax.Encryption;
using ESign.Pdf.Syntax.Filters;

namespace ESign.Pdf.Syntax;

/// <summary>
/// The objects of a file by number: looks them up, reads, decrypts and caches them. A cross-reference that cannot be
/// followed is rebuilt by scanning; where single entries are wrong, only those are mended. Not thread-safe.
/// </summary>
internal sealed class ObjectStore : IObjectResolver
{
    private const int MaxReferenceChain = 32;

    /// <summary>Objects kept, in bytes as they are written; a walk over a huge file starts over rather than holding it all.</summary>
    private const long MaxCachedBytes = 4 << 20;

    /// <summary>What an object costs beside its bytes.</summary>
    private const int CostPerObject = 64;

    /// <summary>What reading may cost.</summary>
    public ReaderLimits Limits { get; }
    private readonly IndirectObjectReader _reader;
    private readonly string? _password;
    private readonly bool _mayRepair;
    private readonly Dictionary<long, PdfObject> _cache = [];
    private readonly ObjectStreamCache _streams = new();
    private readonly HashSet<long> _loading = [];
    private ReadObjects? _shared;
    private long _cachedBytes;
    private long _inflation;
    private int _encryptNumber = -1;
    private Dictionary<int, XrefEntry>? _scanned;
    private Dictionary<int, XrefEntry>? _mended;

    private ObjectStore(ByteSource source, ReaderLimits limits, string? password, bool mayRepair)
    {
        Source = source;
        Limits = limits;
        _password = password;
        _mayRepair = mayRepair;
        _reader = new IndirectObjectReader(source, limits);
        Table = new CrossReferenceTable(source, [XrefSection.FromScan(PdfDictionary.Empty, new Dictionary<int, XrefEntry>())], 0);
        Trailer = PdfDictionary.Empty;
    }

    public ByteSource Source { get; }

    public CrossReferenceTable Table { get; private set; }

    /// <summary>The newest trailer, completed from older ones.</summary>
    public PdfDictionary Trailer { get; private set; }

    /// <summary>Null when the file is not encrypted.</summary>
    public SecurityHandler? Security { get; private set; }

    /// <summary>Why the cross-reference was rebuilt or an entry mended; null when neither was needed.</summary>
    public string? RepairCause { get; private set; }

    /// <summary>Whether the whole table comes from a scan: an update has nothing to continue from.</summary>
    public bool IsRebuilt { get; private set; }

    /// <summary>Whether a cross-reference pointer was off by a few bytes and its target was found nearby.</summary>
    public bool HadToSearchNearby { get; private set; }

    /// <summary>Opens the objects of a file; the catalog is there when this returns.</summary>
    public static ObjectStore Open(ByteSource source, long headerOffset, ReaderLimits limits, string? password)
    {
        var store = new ObjectStore(source, limits, password, mayRepair: true);
        try
        {
            var reader = new CrossReferenceReader(source, limits, store._reader);
            store.Use(reader.Read(headerOffset));
            store.HadToSearchNearby = reader.HadToSearchNearby;
            if (!store.HasCatalog())
            {
                store.Repair(new PdfFormatException(PdfErrorCode.Structure, "the trailer's /Root is not a catalog with /Pages", clause: "7.5.5"));
            }
        }
        catch (PdfFormatException e) when (store.RepairCause is null && IsRepairable(e))
        {
            store.Repair(e);
        }

        if (!store.HasCatalog())
        {
            throw new PdfFormatException(PdfErrorCode.Structure, $"no document catalog was found ({store.RepairCause})", clause: "7.7.2");
        }

        return store;
    }

    /// <summary>The objects as they were before the newest <paramref name="sections"/> were appended; shares the source.</summary>
    public ObjectStore Before(int sections)
    {
        var store = new ObjectStore(Source, Limits, _password, mayRepair: false);
        store.Table = Table.Skip(sections);
        store.Trailer = store.Table.MergedTrailer();
        store.Security = Security;
        store._encryptNumber = _encryptNumber;
        store._shared = _shared ??= new ReadObjects(MaxCachedBytes);
        return store;
    }

    /// <summary>
    /// Takes in what was appended to the source: reads the new cross-reference sections and forgets what they replace. All
    /// other objects stay as they were read.
    /// </summary>
    /// <param name="headerOffset">Where <c>%PDF</c> stands.</param>
    /// <param name="appended">How many bytes were appended.</param>
    public void TakeAppended(long headerOffset, long appended)
    {
        _reader.Allow(appended);
        int known = Table.Sections.Count;
        Table = new CrossReferenceReader(Source, Limits, _reader).Read(headerOffset, Table);
        Trailer = Table.MergedTrailer();
        foreach (XrefSection section in Table.Sections.Take(Table.Sections.Count - known))
        {
            foreach (int number in section.Numbers())
            {
                section.TryFind(number, Source, Table.Shift, out XrefEntry entry);
                _cache.Remove(KeyOf(number, entry.Generation));
            }
        }
    }

    public PdfObject Resolve(PdfObject? value)
    {
        for (int i = 0; value is PdfReference reference; i++)
        {
            if (i == MaxReferenceChain)
            {
                return PdfNull.Instance;
            }

            value = Load(reference.Number, reference.Generation);
        }

        return value ?? PdfNull.Instance;
    }

    public ReadOnlyMemory<byte> Decode(PdfStream stream)
    {
        if (_inflation > Limits.MaxInflation)
        {
            throw new PdfFormatException(PdfErrorCode.LimitExceeded, "the document's streams decode to absurdly more than they store", clause: "7.4");
        }

        ReadOnlyMemory<byte> stored = stream.Data.ToMemory();
        try
        {
            ReadOnlyMemory<byte> decoded = StreamFilters.Decode(stream.Dictionary, stored, this, Limits);
            _inflation += Math.Max(0, decoded.Length - ((long)stored.Length * Limits.UnsuspiciousRatio));
            return decoded;
        }
        catch (PdfFormatException e) when (e.Code == PdfErrorCode.LimitExceeded)
        {
            _inflation += Limits.MaxDecodedStream;
            throw;
        }
    }

    private static bool IsRepairable(PdfFormatException e) =>
        e.Code is PdfErrorCode.CrossReference or PdfErrorCode.Syntax or PdfErrorCode.Structure or PdfErrorCode.Stream;

    private bool HasCatalog() => Resolve(Trailer["Root"]) is PdfDictionary catalog && Resolve(catalog["Pages"]) is PdfDictionary;

    private void Use(CrossReferenceTable table)
    {
        Table = table;
        Trailer = table.MergedTrailer();
        ForgetObjects();
        _streams.Clear();
        Security = null;
        _encryptNumber = (Trailer["Encrypt"] as PdfReference)?.Number ?? -1;
        if (Resolve(Trailer["Encrypt"]) is PdfDictionary encrypt)
        {
            byte[] id = Resolve(Trailer["ID"]) is PdfArray { Count: > 0 } ids && Resolve(ids[0]) is PdfString first ? first.Bytes.ToArray() : [];
            EncryptionParameters parameters = EncryptionParameters.Read(encrypt, id, this);
            // What was read so far was read without decryption.
            ForgetObjects();
            _streams.Clear();
            Security = SecurityHandler.Open(parameters, _password);
        }
        else if (Trailer.ContainsKey("Encrypt"))
        {
            throw new PdfFormatException(PdfErrorCode.Structure, "the trailer's /Encrypt is not a dictionary", clause: "7.6.2");
        }
    }

    private static long KeyOf(int number, int generation) => ((long)number << 16) | (uint)generation;

    private void ForgetObjects()
    {
        _cache.Clear();
        _cachedBytes = 0;
    }

    private PdfObject Load(int number, int generation)
    {
        long key = KeyOf(number, generation);
        if (_cache.TryGetValue(key, out PdfObject? known))
        {
            return known;
        }

        // An object that is needed to read itself (a /Length in its own stream) is null.
        if (!_loading.Add(key))
        {
            return PdfNull.Instance;
        }

        PdfObject value;
        try
        {
            value = LoadEntry(number, generation, Table.Find(number));
        }
        catch (PdfFormatException e) when (IsRepairable(e))
        {
            value = LoadMended(number, generation, e);
        }
        finally
        {
            _loading.Remove(key);
        }

        if (_cachedBytes > MaxCachedBytes)
        {
            ForgetObjects();
        }

        _cache[key] = value;
        _cachedBytes += CostPerObject;
        return value;
    }

    /// <summary>
    /// An entry led nowhere: if the object is elsewhere in the file, takes it from there. In an older revision, and in a
    /// file that was rebuilt already, it is null.
    /// </summary>
    private PdfObject LoadMended(int number, int generation, PdfFormatException cause)
    {
        if (!_mayRepair || IsRebuilt)
        {
            return PdfNull.Instance;
        }

        RepairCause ??= cause.Detail;
        if (!FindByScanning().TryGetValue(number, out XrefEntry entry) || entry == Table.Find(number))
        {
            return PdfNull.Instance;
        }

        try
        {
            PdfObject value = LoadEntry(number, generation, entry);
            (_mended ??= [])[number] = entry;
            return value;
        }
        catch (PdfFormatException e) when (IsRepairable(e))
        {
            return PdfNull.Instance;
        }
    }

    /// <summary>
    /// Entries that are wrong, with what they should be: for an update to carry. Checks every entry when one was found
    /// wrong, and none otherwise.
    /// </summary>
    public IReadOnlyDictionary<int, XrefEntry> MendedEntries()
    {
        if (_mended is null)
        {
            return new Dictionary<int, XrefEntry>();
        }

        foreach ((int number, XrefEntry scanned) in FindByScanning())
        {
            if (Table.Find(number) is { Kind: XrefEntryKind.InFile } entry && !entry.Equals(scanned) && !StandsAt(number, entry.Position))
            {
                _mended[number] = scanned;
            }
        }

        return _mended;
    }

    private bool StandsAt(int number, long position)
    {
        try
        {
            return _reader.ReadAt(position).Number == number;
        }
        catch (PdfFormatException)
        {
            return false;
        }
    }

    private Dictionary<int, XrefEntry> FindByScanning()
    {
        if (_scanned is null)
        {
            CrossReferenceScan scan = CrossReferenceScan.Run(Source, Limits, _reader);
            _scanned = scan.Entries;
            foreach (long position in scan.ObjectStreams)
            {
                AddObjectsInStream(position, _scanned);
            }
        }

        return _scanned;
    }

    private PdfObject LoadEntry(int number, int generation, XrefEntry entry)
    {
        switch (entry.Kind)
        {
            case XrefEntryKind.InFile:
                IndirectObject read = ReadAt(entry.Position);
                if (read.Number != number)
                {
                    throw new PdfFormatException(PdfErrorCode.CrossReference, $"object {read.Number} stands where the cross-reference puts object {number}", entry.Position, "7.5.4");
                }

                // §7.3.10: a reference to a generation that is not there is a reference to null.
                _cachedBytes += read.End - entry.Position;
                return read.Generation == generation ? Finish(read) : PdfNull.Instance;
            case XrefEntryKind.InStream:
                ObjectStream? container = generation == 0 ? OpenObjectStream((int)entry.Position) : null;
                _cachedBytes += container?.AverageSize ?? 0;
                return container?.Read(number, entry.Extra) ?? PdfNull.Instance;
            default:
                return PdfNull.Instance;
        }
    }

    private IndirectObject ReadAt(long position)
    {
        if (_shared is null)
        {
            return _reader.ReadAt(position);
        }

        if (!_shared.TryGet(position, out IndirectObject read))
        {
            read = _reader.ReadAt(position);
            _shared.Add(position, read);
        }

        return read;
    }

    /// <summary>Makes a stream of a dictionary with data, and decrypts.</summary>
    private PdfObject Finish(IndirectObject read)
    {
        bool isClear = Security is null || read.Number == _encryptNumber;
        PdfObject value = isClear ? read.Value : StringDecryption.Apply(read.Value, Security!, read.Number, read.Generation);
        if (read.DataStart < 0)
        {
            return value;
        }

        var dictionary = (PdfDictionary)value;
        long? declared = Resolve(dictionary["Length"]) is PdfInteger integer ? integer.Value : null;
        long length = _reader.FindStreamLength(read.DataStart, declared);
        CryptMethod method = isClear ? CryptMethod.Identity : Security!.MethodOf(dictionary, this);
        return new PdfStream(dictionary, new StoredStreamData(Source, read.DataStart, length, Limits)
        {
            Security = method == CryptMethod.Identity ? null : Security,
            Method = method,
            Owner = (read.Number, read.Generation),
        });
    }

    private ObjectStream? OpenObjectStream(int number)
    {
        if (_streams.TryGet(number, out ObjectStream? known))
        {
            return known;
        }

        // §7.5.7: an object stream lies in the file itself, never in another one.
        XrefEntry entry = Table.Find(number);
        ObjectStream? opened = entry.Kind == XrefEntryKind.InFile && Load(number, entry.Generation) is PdfStream stream
            ? ObjectStream.Open(stream.Dictionary, Decode(stream), this, Limits, entry.Position)
            : null;
        _streams.Add(number, opened);
        return opened;
    }

    private void Repair(PdfFormatException cause)
    {
        RepairCause = cause.Detail;
        IsRebuilt = true;
        CrossReferenceScan scan = CrossReferenceScan.Run(Source, Limits, _reader);
        if (scan.Entries.Count == 0)
        {
            throw new PdfFormatException(PdfErrorCode.CrossReference, "no cross-reference and no object to rebuild it from", cause.Offset, "7.5.4", cause);
        }

        Use(new CrossReferenceTable(Source, [XrefSection.FromScan(scan.Trailer, scan.Entries)], 0));
        foreach (long position in scan.ObjectStreams)
        {
            AddObjectsInStream(position, scan.Entries);
        }

        Table = new CrossReferenceTable(Source, [XrefSection.FromScan(scan.Trailer, scan.Entries)], 0);
        ForgetObjects();
        if (!scan.Trailer.ContainsKey("Root"))
        {
            FindCatalogInStreams(scan);
        }
    }

    private void AddObjectsInStream(long position, Dictionary<int, XrefEntry> entries)
    {
        try
        {
            IndirectObject read = _reader.ReadAt(position);
            if (read.DataStart < 0 || entries[read.Number].Position != position || Finish(read) is not PdfStream stream)
            {
                return;
            }

            int index = 0;
            foreach (int number in ObjectStream.Open(stream.Dictionary, Decode(stream), this, Limits, position).Numbers)
            {
                // An object of the same number that stands later in the file is newer.
                bool isOlder = entries.TryGetValue(number, out XrefEntry other) && other.Kind == XrefEntryKind.InFile && other.Position > position;
                if (!isOlder && number is > 0 && number <= Limits.MaxObjectNumber && entries.Count < Limits.MaxRebuiltObjects)
                {
                    entries[number] = new XrefEntry(XrefEntryKind.InStream, read.Number, index);
                }

                index++;
            }
        }
        catch (PdfFormatException e) when (e.Code is not PdfErrorCode.LimitExceeded)
        {
            // A damaged object stream gives no objects; what refers to them finds null.
        }
    }

    private void FindCatalogInStreams(CrossReferenceScan scan)
    {
        foreach ((int number, XrefEntry entry) in scan.Entries)
        {
            if (entry.Kind == XrefEntryKind.InStream && Load(number, 0) is PdfDictionary candidate && candidate["Type"] is PdfName { Value: "Catalog" })
            {
                Trailer = scan.Trailer.With("Root", new PdfReference(number));
                Table = new CrossReferenceTable(Source, [XrefSection.FromScan(Trailer, scan.Entries)], 0);
                return;
            }
        }
    }
}
