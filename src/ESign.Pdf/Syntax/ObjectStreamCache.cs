namespace ESign.Pdf.Syntax;

/// <summary>Decoded object streams by number; emptied when they hold too much.</summary>
internal sealed class ObjectStreamCache
{
    private const int MaxBytes = 8 << 20;

    private readonly Dictionary<int, ObjectStream?> _streams = [];
    private long _bytes;

    public bool TryGet(int number, out ObjectStream? stream) => _streams.TryGetValue(number, out stream);

    /// <summary>Keeps a stream, or that a number is no object stream.</summary>
    public void Add(int number, ObjectStream? stream)
    {
        _bytes += stream?.Size ?? 0;
        if (_bytes > MaxBytes)
        {
            Clear();
            _bytes = stream?.Size ?? 0;
        }

        _streams[number] = stream;
    }

    public void Clear()
    {
        _streams.Clear();
        _bytes = 0;
    }
}
