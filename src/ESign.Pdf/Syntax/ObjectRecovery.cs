using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.CrossReference;

namespace ESign.Pdf.Syntax;

/// <summary>Finds by scanning the file what its cross-reference does not lead to: single objects, or all of them.</summary>
internal sealed class ObjectRecovery(ObjectStore store, IndirectObjectReader reader)
{
    private CrossReferenceScan? _scan;
    private bool _streamsAdded;
    private Dictionary<int, XrefEntry>? _mended;

    /// <summary>The trailer, and all objects that are not in object streams: what may be encrypted needs these first.</summary>
    /// <exception cref="PdfFormatException">There is not even one object.</exception>
    public CrossReferenceTable RebuildTable(PdfFormatException cause)
    {
        _scan ??= CrossReferenceScan.Run(store.Source, store.Limits, reader);
        return _scan.Entries.Count > 0
            ? AsTable(_scan.Trailer)
            : throw new PdfFormatException(PdfErrorCode.CrossReference, "没有交叉引用，也没有可据以重建的对象 / no cross-reference and no object to rebuild it from", cause.Offset, "7.5.4", cause);
    }

    /// <summary>The table with the objects in streams too, and with a catalog found among them where the trailer names none.</summary>
    public CrossReferenceTable AddCompressed()
    {
        Dictionary<int, XrefEntry> entries = FindAll();
        return AsTable(_scan!.Trailer.ContainsKey("Root") || FindCatalog(entries) is not { } catalog ? _scan.Trailer : _scan.Trailer.With("Root", catalog));
    }

    /// <summary>Where an object is, whatever its entry says; false when it is nowhere or just where the entry says.</summary>
    public bool TryFind(int number, out XrefEntry entry) => FindAll().TryGetValue(number, out entry) && entry != store.Table.Find(number);

    /// <summary>Remembers that an entry is wrong, and what it should be.</summary>
    public void Mend(int number, XrefEntry entry) => (_mended ??= [])[number] = entry;

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

        foreach ((int number, XrefEntry scanned) in FindAll())
        {
            if (store.Table.Find(number) is { Kind: XrefEntryKind.InFile } entry && !entry.Equals(scanned) && !StandsAt(number, entry.Position))
            {
                _mended[number] = scanned;
            }
        }

        return _mended;
    }

    /// <summary>Whether more entries are wrong than right: such a table leads nowhere.</summary>
    public bool IsMostlyMended => _mended is not null && MendedEntries().Count * 2 > FindAll().Count;

    private CrossReferenceTable AsTable(PdfDictionary trailer) => new(store.Source, [XrefSection.FromScan(trailer, _scan!.Entries)], 0);

    private bool StandsAt(int number, long position)
    {
        try
        {
            return reader.ReadAt(position).Number == number;
        }
        catch (PdfFormatException)
        {
            return false;
        }
    }

    private Dictionary<int, XrefEntry> FindAll()
    {
        _scan ??= CrossReferenceScan.Run(store.Source, store.Limits, reader);
        if (!_streamsAdded)
        {
            _streamsAdded = true;
            foreach (long position in _scan.ObjectStreams)
            {
                AddObjectsIn(position, _scan.Entries);
            }
        }

        return _scan.Entries;
    }

    private void AddObjectsIn(long position, Dictionary<int, XrefEntry> entries)
    {
        try
        {
            IndirectObject read = reader.ReadAt(position);
            if (read.DataStart < 0 || entries[read.Number].Position != position || store.Finish(read) is not PdfStream stream)
            {
                return;
            }

            int index = 0;
            foreach (int number in ObjectStream.Open(stream.Dictionary, store.Decode(stream), store, store.Limits, position).Numbers)
            {
                // An object of the same number that stands later in the file is newer.
                bool isOlder = entries.TryGetValue(number, out XrefEntry other) && other.Kind == XrefEntryKind.InFile && other.Position > position;
                if (!isOlder && number is > 0 && number <= store.Limits.MaxObjectNumber && entries.Count < store.Limits.MaxRebuiltObjects)
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

    private PdfReference? FindCatalog(Dictionary<int, XrefEntry> entries)
    {
        foreach ((int number, XrefEntry entry) in entries)
        {
            if (entry.Kind == XrefEntryKind.InStream && store.Resolve(new PdfReference(number)) is PdfDictionary candidate && candidate["Type"] is PdfName { Value: "Catalog" })
            {
                return new PdfReference(number);
            }
        }

        return null;
    }
}
