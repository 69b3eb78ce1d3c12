using System.Buffers;

namespace ESign.Pdf.Syntax;

/// <summary>Bytes of unknown number gathered in pooled chunks: a large result costs its own size once, not its doublings.</summary>
internal sealed class ChunkedOutput(int firstChunk) : IDisposable
{
    private const int LargestChunk = 1 << 20;

    private readonly List<byte[]> _full = [];
    private byte[] _chunk = ArrayPool<byte>.Shared.Rent(Math.Clamp(firstChunk, 1024, LargestChunk));
    private int _used;
    private int _before;

    public int Length => _before + _used;

    /// <summary>Room to write into; at least one byte.</summary>
    public Span<byte> GetSpan()
    {
        if (_used == _chunk.Length)
        {
            _before = Length;
            _full.Add(_chunk);
            _chunk = ArrayPool<byte>.Shared.Rent(Math.Min(_chunk.Length * 2, LargestChunk));
            _used = 0;
        }

        return _chunk.AsSpan(_used);
    }

    public void Advance(int count) => _used += count;

    public byte[] ToArray()
    {
        byte[] result = GC.AllocateUninitializedArray<byte>(Length);
        Span<byte> rest = result;
        foreach (byte[] chunk in _full)
        {
            chunk.CopyTo(rest);
            rest = rest[chunk.Length..];
        }

        _chunk.AsSpan(0, _used).CopyTo(rest);
        return result;
    }

    public void Dispose()
    {
        foreach (byte[] chunk in _full)
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        _full.Clear();
        ArrayPool<byte>.Shared.Return(_chunk);
        _chunk = [];
        _used = 0;
    }
}
