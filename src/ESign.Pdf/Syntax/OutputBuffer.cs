using System.Buffers;
using System.Buffers.Text;

namespace ESign.Pdf.Syntax;

/// <summary>A growing buffer over one array, pooled unless it is so large that the pool would hoard memory.</summary>
internal sealed class OutputBuffer(int capacity = 4096) : IBufferWriter<byte>, IDisposable
{
    private const int LargestPooled = 1 << 20;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Math.Min(capacity, LargestPooled));

    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write or <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>Written bytes, to be patched in place.</summary>
    public Span<byte> Patch(int start, int length) => _bytes.AsSpan(0, Length).Slice(start, length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - Length));
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _bytes.AsSpan(Length);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Grow(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Write(byte value)
    {
        Grow(1);
        _bytes[Length++] = value;
    }

    public void Write(long value)
    {
        Grow(20);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(Length), out int written);
        Length += written;
    }

    /// <summary>Forgets what was written and keeps the array.</summary>
    public void Clear() => Length = 0;

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            Return(_bytes);
            _bytes = [];
            Length = 0;
        }
    }

    private void Grow(int needed)
    {
        needed = Math.Max(needed, 1);
        if (_bytes.Length - Length >= needed)
        {
            return;
        }

        // Large arrays grow in larger steps: what is not written to is not resident, and what is left behind is.
        int factor = _bytes.Length < LargestPooled ? 2 : 4;
        int size = checked((int)Math.Max(Length + (long)needed, Math.Min(_bytes.Length * (long)factor, Array.MaxLength)));
        byte[] larger = size <= LargestPooled ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);
        _bytes.AsSpan(0, Length).CopyTo(larger);
        Return(_bytes);
        _bytes = larger;
    }

    private static void Return(byte[] bytes)
    {
        if (bytes.Length <= LargestPooled)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
