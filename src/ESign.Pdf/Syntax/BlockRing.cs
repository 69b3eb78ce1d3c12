using System.Buffers;

namespace ESign.Pdf.Syntax;

/// <summary>A few blocks that one thread fills and another empties, in order; until the first takes over, the second does both.</summary>
/// <remarks>
/// Whoever has nothing to do sleeps: semaphores spin first, for longer than a block takes, on the processor that a third thread needs.
/// </remarks>
internal sealed class BlockRing : IDisposable
{
    /// <summary>Large enough that handing over costs nothing, small enough for a processor's own cache.</summary>
    public const int BlockSize = 256 << 10;

    /// <summary>One being emptied, one being filled, one to spare for either.</summary>
    private const int Blocks = 3;

    private readonly byte[][] _blocks = [.. Enumerable.Range(0, Blocks).Select(_ => ArrayPool<byte>.Shared.Rent(BlockSize))];
    private readonly int[] _lengths = new int[Blocks];
    private readonly object _gate = new();
    private int _filled;
    private int _emptied;
    private bool _ended;
    private long? _start;

    /// <summary>Whether a thread has come to fill blocks; once the ring has ended none does.</summary>
    public bool HasReader { get; private set; }

    /// <summary>Called by the thread that came to fill blocks: waits until the other lets it.</summary>
    /// <returns>The position to begin at, or <see langword="null"/> once the ring has ended.</returns>
    public long? TakeOver()
    {
        lock (_gate)
        {
            HasReader = !_ended;
            while (!_ended && _start is null)
            {
                Monitor.Wait(_gate);
            }

            return _ended ? null : _start;
        }
    }

    /// <summary>Called by the thread that has emptied all it has filled: leaves filling to the one that came for it, if one did.</summary>
    public bool HandOver(long position)
    {
        lock (_gate)
        {
            if (HasReader)
            {
                _start = position;
                Monitor.Pulse(_gate);
            }

            return HasReader;
        }
    }

    /// <summary>Waits for a block to fill.</summary>
    /// <returns>It, or <see langword="null"/> once the ring has ended.</returns>
    public byte[]? NextToFill()
    {
        lock (_gate)
        {
            while (!_ended && _filled - _emptied == Blocks)
            {
                Monitor.Wait(_gate);
            }

            return _ended ? null : _blocks[_filled % Blocks];
        }
    }

    /// <summary>Hands the block over; it may be read, not written, until it is given to be filled again.</summary>
    public void Fill(int length)
    {
        lock (_gate)
        {
            _lengths[_filled++ % Blocks] = length;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for a block to empty.</summary>
    /// <returns>Its bytes, or none once the ring has ended and all is emptied.</returns>
    public ReadOnlySpan<byte> NextToEmpty()
    {
        lock (_gate)
        {
            while (!_ended && _filled == _emptied)
            {
                Monitor.Wait(_gate);
            }

            int block = _emptied % Blocks;
            return _filled == _emptied ? default : _blocks[block].AsSpan(0, _lengths[block]);
        }
    }

    /// <summary>Gives the block back.</summary>
    public void Empty()
    {
        lock (_gate)
        {
            _emptied++;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Neither thread waits for the other any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>When both threads are done.</summary>
    public void Dispose()
    {
        foreach (byte[] block in _blocks)
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
