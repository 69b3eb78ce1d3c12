using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax;

/// <summary>The objects read last, by number and generation; a walk over a huge file starts over rather than holding it all.</summary>
internal sealed class ObjectCache
{
    /// <summary>Kept, in bytes as they are written.</summary>
    public const long MaxBytes = 4 << 20;

    /// <summary>What an object costs beside its bytes: the dictionary of a page takes about so much memory.</summary>
    private const int CostPerObject = 600;

    private readonly Dictionary<long, PdfObject> _objects = [];
    private long _bytes;

    public static long Key(int number, int generation) => ((long)number << 16) | (uint)generation;

    public bool TryGet(long key, out PdfObject? value) => _objects.TryGetValue(key, out value);

    /// <summary>Accounts for bytes that were read for the object that is about to be added.</summary>
    public void Charge(long bytes) => _bytes += bytes;

    public void Add(long key, PdfObject value)
    {
        if (_bytes > MaxBytes)
        {
            Clear();
        }

        _objects[key] = value;
        _bytes += CostPerObject;
    }

    public void Remove(long key) => _objects.Remove(key);

    public void Clear()
    {
        _objects.Clear();
        _bytes = 0;
    }
}
