using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.CrossReference;
using ESign.Pdf.Syntax.Encryption;

namespace ESign.Pdf.Syntax;

/// <summary>
/// The objects of a file by number: looks them up, reads, decrypts and caches them. A cross-reference that cannot be
/// followed is rebuilt by scanning; where single entries are wrong, only those are mended. Not thread-safe.
/// </summary>
internal sealed class ObjectStore : IObjectResolver
{
    private const int MaxReferenceChain = 32;

    private readonly IndirectObjectReader _reader;
    private readonly StreamDecoding _decoding;
    private readonly ObjectCache _cache = new();
    private readonly ObjectStreamCache _streams = new();
    private readonly HashSet<long> _loading = [];
    private readonly ObjectRecovery? _recovery;
    private ReadObjects? _shared;
    private int _encryptNumber = -1;

    private ObjectStore(ByteSource source, ReaderLimits limits)
    {
        Source = source;
        Limits = limits;
        _reader = new IndirectObjectReader(source, limits);
        _decoding = new StreamDecoding(limits);
        _recovery = new ObjectRecovery(this, _reader);
        Table = new CrossReferenceTable(source, [XrefSection.FromScan(PdfDictionary.Empty, new Dictionary<int, XrefEntry>())], 0);
        Trailer = PdfDictionary.Empty;
    }

    /// <summary>The objects before some sections were appended: what they cost is still the one document's.</summary>
    private ObjectStore(ObjectStore newest, int sections)
    {
        Source = newest.Source;
        Limits = newest.Limits;
        _reader = newest._reader;
        _decoding = newest._decoding;
        _shared = newest._shared ??= new ReadObjects(ObjectCache.MaxBytes);
        _encryptNumber = newest._encryptNumber;
        Security = newest.Security;
        Table = newest.Table.Skip(sections);
        Trailer = Table.MergedTrailer();
    }

    /// <summary>What reading may cost.</summary>
    public ReaderLimits Limits { get; }

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

    /// <summary>Whether the table could be followed, and more of its entries were wrong than right.</summary>
    public bool IsMostlyMended => !IsRebuilt && _recovery is { IsMostlyMended: true };

    /// <summary>Opens the objects of a file; the catalog is there when this returns.</summary>
    public static ObjectStore Open(ByteSource source, long headerOffset, ReaderLimits limits, string? password)
    {
        var store = new ObjectStore(source, limits);
        try
        {
            var reader = new CrossReferenceReader(source, limits, store._reader);
            store.Use(reader.Read(headerOffset), password);
            store.HadToSearchNearby = reader.HadToSearchNearby;
            if (!store.HasCatalog())
            {
                store.Rebuild(store.NoCatalog("文件尾的 /Root 不是带 /Pages 的文档目录 / the trailer's /Root is not a catalog with /Pages", "7.5.5"), password);
            }
        }
        catch (PdfFormatException e) when (store.RepairCause is null && IsRepairable(e))
        {
            store.Rebuild(e, password);
        }

        return store.HasCatalog() ? store : throw store.NoCatalog($"找不到文档目录（{store.RepairCause}） / no document catalog was found ({store.RepairCause})", "7.7.2");
    }

    /// <summary>The objects as they were before the newest <paramref name="sections"/> were appended; shares the source.</summary>
    public ObjectStore Before(int sections) => new(this, sections);

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
                _cache.Remove(ObjectCache.Key(number, entry.Generation));
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

    public ReadOnlyMemory<byte> Decode(PdfStream stream) => _decoding.Decode(stream, this);

    /// <summary>Where an object stands in the file, for error messages; -1 when it is direct, missing or in an object stream.</summary>
    public long PositionOf(PdfObject? reference) => reference is PdfReference { Number: var number } && Table.Find(number) is { Kind: XrefEntryKind.InFile } entry ? entry.Position : -1;

    /// <summary>Entries that are wrong, with what they should be: for an update to carry.</summary>
    public IReadOnlyDictionary<int, XrefEntry> MendedEntries() => _recovery?.MendedEntries() ?? new Dictionary<int, XrefEntry>();

    /// <summary>Makes a stream of a dictionary with data, and decrypts.</summary>
    internal PdfObject Finish(IndirectObject read)
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

    private static bool IsRepairable(PdfFormatException e) =>
        e.Code is PdfErrorCode.CrossReference or PdfErrorCode.Syntax or PdfErrorCode.Structure or PdfErrorCode.Stream;

    private bool HasCatalog() => Resolve(Trailer["Root"]) is PdfDictionary catalog && Resolve(catalog["Pages"]) is PdfDictionary;

    /// <summary>The trailer is to blame, or the end of a file that has none.</summary>
    private PdfFormatException NoCatalog(string message, string clause) =>
        new(PdfErrorCode.Structure, message, IsRebuilt ? Source.Length : Table.Sections[0].Position, clause);

    private void Use(CrossReferenceTable table, string? password)
    {
        Table = table;
        Trailer = table.MergedTrailer();
        ForgetObjects();
        Security = null;
        _encryptNumber = (Trailer["Encrypt"] as PdfReference)?.Number ?? -1;
        if (!Trailer.ContainsKey("Encrypt"))
        {
            return;
        }

        XrefEntry entry = _encryptNumber >= 0 ? table.Find(_encryptNumber) : XrefEntry.Free;
        long position = entry.Kind == XrefEntryKind.InFile ? entry.Position : table.Sections[0].Position;
        if (Resolve(Trailer["Encrypt"]) is not PdfDictionary encrypt)
        {
            throw new PdfFormatException(PdfErrorCode.Structure, "文件尾的 /Encrypt 不是字典 / the trailer's /Encrypt is not a dictionary", position, "7.6.2");
        }

        byte[] id = Resolve(Trailer["ID"]) is PdfArray { Count: > 0 } ids && Resolve(ids[0]) is PdfString first ? first.Bytes.ToArray() : [];
        try
        {
            EncryptionParameters parameters = EncryptionParameters.Read(encrypt, id, this);
            // What was read so far was read without decryption.
            ForgetObjects();
            Security = SecurityHandler.Open(parameters, password);
        }
        catch (PdfFormatException e) when (e.Offset < 0)
        {
            throw e.At(position);
        }
    }

    /// <summary>Lets go of what was read; it is read again when it is asked for.</summary>
    public void ForgetObjects()
    {
        _cache.Clear();
        _streams.Clear();
    }

    private void Rebuild(PdfFormatException cause, string? password)
    {
        RepairCause = cause.Detail;
        IsRebuilt = true;
        Use(_recovery!.RebuildTable(cause), password);
        Table = _recovery.AddCompressed();
        Trailer = Table.Sections[0].Trailer;
        ForgetObjects();
    }

    private PdfObject Load(int number, int generation)
    {
        long key = ObjectCache.Key(number, generation);
        if (_cache.TryGet(key, out PdfObject? known))
        {
            return known!;
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

        _cache.Add(key, value);
        return value;
    }

    /// <summary>
    /// An entry led nowhere: if the object is elsewhere in the file, takes it from there. In an older revision, and in a
    /// file that was rebuilt already, it is null.
    /// </summary>
    private PdfObject LoadMended(int number, int generation, PdfFormatException cause)
    {
        if (_recovery is null || IsRebuilt)
        {
            return PdfNull.Instance;
        }

        RepairCause ??= cause.Detail;
        try
        {
            if (_recovery.TryFind(number, out XrefEntry entry))
            {
                PdfObject value = LoadEntry(number, generation, entry);
                _recovery.Mend(number, entry);
                return value;
            }
        }
        catch (PdfFormatException e) when (IsRepairable(e))
        {
            // What stands there is no object either.
        }

        return PdfNull.Instance;
    }

    private PdfObject LoadEntry(int number, int generation, XrefEntry entry)
    {
        switch (entry.Kind)
        {
            case XrefEntryKind.InFile:
                IndirectObject read = ReadAt(entry.Position);
                if (read.Number != number)
                {
                    throw new PdfFormatException(PdfErrorCode.CrossReference, $"交叉引用称是对象 {number} 之处，实为对象 {read.Number} / object {read.Number} stands where the cross-reference puts object {number}", entry.Position, "7.5.4");
                }

                // §7.3.10: a reference to a generation that is not there is a reference to null.
                _cache.Charge(read.End - entry.Position);
                return read.Generation == generation ? Finish(read) : PdfNull.Instance;
            case XrefEntryKind.InStream:
                ObjectStream? container = generation == 0 ? OpenObjectStream((int)entry.Position) : null;
                _cache.Charge(container?.AverageSize ?? 0);
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
}
