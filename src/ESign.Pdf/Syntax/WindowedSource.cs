using System.Buffers;

namespace ESign.Pdf.Syntax;

/// <summary>A seekable stream seen through a few pooled windows: memory stays flat however large the file is.</summary>
internal sealed class WindowedSource(Stream stream) : ByteSource
{
    /// <summary>Eight windows of 16 KB: the tail, the cross-reference, the page tree and the objects at work.</summary>
    private const int Windows = 8;

    private const int WindowSize = 16 << 10;
    private const int Alignment = 4 << 10;

    private readonly Slot[] _slots = new Slot[Windows];
    private int _clock;

    public override long Length { get; } = stream.Length;

    public override ReadOnlySpan<byte> Window(long offset, int minimum)
    {
        if (offset < 0 || offset >= Length)
        {
            return default;
        }

        long needed = Math.Min(minimum, Length - offset);
        int oldest = 0;
        for (int i = 0; i < Windows; i++)
        {
            ref Slot slot = ref _slots[i];
            if (slot.Count > 0 && offset >= slot.Start && offset + needed <= slot.Start + slot.Count)
            {
                slot.LastUse = ++_clock;
                return slot.Bytes.AsSpan((int)(offset - slot.Start), (int)(slot.Start + slot.Count - offset));
            }

            oldest = slot.LastUse < _slots[oldest].LastUse ? i : oldest;
        }

        return Fill(ref _slots[oldest], offset, needed);
    }

    public override ReadOnlyMemory<byte> Read(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Length);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    public override void Pass(long to, BlockAction take, CancellationToken cancellationToken)
    {
        if (to >= FilePass.WorthwhileFrom && FilePass.IsPlainFile(stream))
        {
            FilePass.Run(((FileStream)stream).SafeFileHandle, 0, to, take, cancellationToken);
        }
        else
        {
            base.Pass(to, take, cancellationToken);
        }
    }

    public override async Task CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        stream.Position = 0;
        await stream.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        for (int i = 0; i < Windows; i++)
        {
            if (_slots[i].Bytes is { Length: > 0 } bytes)
            {
                ArrayPool<byte>.Shared.Return(bytes);
                _slots[i] = default;
            }
        }
    }

    private ReadOnlySpan<byte> Fill(ref Slot slot, long offset, long needed)
    {
        long start = offset & ~(long)(Alignment - 1);
        int size = (int)Math.Min(Length - start, Math.Max(WindowSize, offset - start + needed));
        if (slot.Bytes is null || slot.Bytes.Length < size || slot.Bytes.Length > 16 * Math.Max(size, WindowSize))
        {
            if (slot.Bytes is not null)
            {
                ArrayPool<byte>.Shared.Return(slot.Bytes);
            }

            slot.Bytes = ArrayPool<byte>.Shared.Rent(size);
        }

        slot.Count = 0;
        stream.Position = start;
        stream.ReadExactly(slot.Bytes.AsSpan(0, size));
        (slot.Start, slot.Count, slot.LastUse) = (start, size, ++_clock);
        return slot.Bytes.AsSpan((int)(offset - start), size - (int)(offset - start));
    }

    private struct Slot
    {
        public byte[]? Bytes;
        public long Start;
        public int Count;
        public int LastUse;
    }
}
