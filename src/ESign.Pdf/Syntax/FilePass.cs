using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace ESign.Pdf.Syntax;

/// <summary>Takes the bytes of a pass over a file, in order.</summary>
/// <param name="position">Where they stand in the file.</param>
/// <param name="bytes">Valid until the next call.</param>
internal delegate void BlockAction(long position, ReadOnlySpan<byte> bytes);

/// <summary>One pass over a file that is read on one thread while it is worked on by another.</summary>
/// <remarks>To read 500 MB from the page cache takes a quarter of the time that hashing them takes: it need not be added to it.</remarks>
internal static class FilePass
{
    /// <summary>Below this, starting a second thread costs more than reading does.</summary>
    public const long WorthwhileFrom = 8 << 20;

    /// <summary>Large enough that handing over costs nothing, small enough for a processor's own cache.</summary>
    public const int BlockSize = 256 << 10;

    /// <summary>One being worked on, one being read, one to spare for either.</summary>
    private const int Blocks = 3;

    /// <summary>Whether a stream is nothing but a file, so that its handle may be used beside it.</summary>
    public static bool IsPlainFile(Stream stream) => stream.GetType() == typeof(FileStream) && stream.CanSeek;

    /// <summary>Runs over a part of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="from">The first byte.</param>
    /// <param name="to">The end.</param>
    /// <param name="take">Called by this thread.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <param name="beside">Called with the same blocks by the thread that reads them, after it has handed them over.</param>
    /// <exception cref="EndOfStreamException">The file ends before <paramref name="to"/>.</exception>
    public static void Run(SafeFileHandle file, long from, long to, BlockAction take, CancellationToken cancellationToken, BlockAction? beside = null)
    {
        byte[][] blocks = [.. Enumerable.Range(0, Blocks).Select(_ => ArrayPool<byte>.Shared.Rent(BlockSize))];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var free = new SemaphoreSlim(Blocks);
        using var full = new SemaphoreSlim(0);
        int[] lengths = new int[Blocks];
        Task reading = Task.Run(() => Read(file, from, to, blocks, lengths, beside, free, full, stop.Token), CancellationToken.None);
        try
        {
            int block = 0;
            for (long position = from; position < to; block = (block + 1) % Blocks)
            {
                full.Wait(cancellationToken);
                int length = lengths[block];
                if (length == 0)
                {
                    break; // what went wrong is told below
                }

                take(position, blocks[block].AsSpan(0, length));
                position += length;
                free.Release();
            }
        }
        finally
        {
            stop.Cancel();
            ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
            foreach (byte[] block in blocks)
            {
                ArrayPool<byte>.Shared.Return(block);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (reading.IsFaulted)
        {
            reading.GetAwaiter().GetResult();
        }
    }

    private static void Read(SafeFileHandle file, long from, long to, byte[][] blocks, int[] lengths, BlockAction? beside, SemaphoreSlim free, SemaphoreSlim full, CancellationToken stop)
    {
        int block = 0;
        try
        {
            for (long position = from; position < to;)
            {
                free.Wait(stop);
                Span<byte> bytes = blocks[block].AsSpan(0, (int)Math.Min(BlockSize, to - position));
                int read = RandomAccess.Read(file, bytes, position);
                lengths[block] = read > 0 ? read : throw new EndOfStreamException("The file became shorter while it was being read.");
                full.Release();
                block = (block + 1) % Blocks; // where the other thread looks next, should this fail
                beside?.Invoke(position, bytes[..read]);
                position += read;
            }
        }
        catch
        {
            lengths[block] = 0;
            full.Release();
            throw;
        }
    }
}
