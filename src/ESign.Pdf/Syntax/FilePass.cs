using Microsoft.Win32.SafeHandles;

namespace ESign.Pdf.Syntax;

/// <summary>Takes the bytes of a pass over a file, in order.</summary>
/// <param name="position">Where they stand in the file.</param>
/// <param name="bytes">Valid until the next call.</param>
internal delegate void BlockAction(long position, ReadOnlySpan<byte> bytes);

/// <summary>One pass over a file that is read on one thread while it is worked on by another.</summary>
/// <remarks>
/// To read 500 MB from the page cache takes a quarter of the time that hashing them takes: it need not be added to it. Until the other
/// thread comes, the caller reads itself: of many passes that began at once, on all threads of the pool, each would wait for the pool to grow.
/// </remarks>
internal static class FilePass
{
    /// <summary>Below this, starting a second thread costs more than reading does.</summary>
    public const long WorthwhileFrom = 8 << 20;

    /// <summary>Whether a stream is nothing but a file, so that its handle may be used beside it.</summary>
    public static bool IsPlainFile(Stream stream) => stream.GetType() == typeof(FileStream) && stream.CanSeek;

    /// <summary>Runs over a part of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="from">The first byte.</param>
    /// <param name="to">The end.</param>
    /// <param name="take">Called by this thread.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <param name="beside">Called with the same blocks by the thread that reads each, after it has handed it over.</param>
    /// <exception cref="EndOfStreamException">The file ends before <paramref name="to"/>.</exception>
    public static void Run(SafeFileHandle file, long from, long to, BlockAction take, CancellationToken cancellationToken, BlockAction? beside = null)
    {
        using var ring = new BlockRing();
        Task reading = Task.Run(() => Read(file, to, ring, beside), CancellationToken.None);
        try
        {
            bool isReadAhead = false;
            for (long position = from; position < to;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                isReadAhead = isReadAhead || ring.HandOver(position);
                if (!isReadAhead)
                {
                    ReadBlock(file, position, to, ring, beside);
                }

                ReadOnlySpan<byte> block = ring.NextToEmpty();
                if (block.IsEmpty)
                {
                    break; // what went wrong is told below
                }

                take(position, block);
                position += block.Length;
                ring.Empty();
            }
        }
        finally
        {
            ring.End();
            if (ring.HasReader)
            {
                ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
            }
        }

        if (reading.IsFaulted)
        {
            reading.GetAwaiter().GetResult();
        }
    }

    private static void Read(SafeFileHandle file, long to, BlockRing ring, BlockAction? beside)
    {
        try
        {
            if (ring.TakeOver() is not { } position)
            {
                return;
            }

            int read;
            do
            {
                read = ReadBlock(file, position, to, ring, beside);
                position += read;
            }
            while (read > 0 && position < to);
        }
        finally
        {
            ring.End();
        }
    }

    /// <returns>How many bytes were read; 0 when the ring has ended.</returns>
    private static int ReadBlock(SafeFileHandle file, long position, long to, BlockRing ring, BlockAction? beside)
    {
        if (ring.NextToFill() is not { } block)
        {
            return 0;
        }

        int read = RandomAccess.Read(file, block.AsSpan(0, (int)Math.Min(BlockRing.BlockSize, to - position)), position);
        if (read == 0)
        {
            throw new EndOfStreamException("The file became shorter while it was being read.");
        }

        ring.Fill(read);
        beside?.Invoke(position, block.AsSpan(0, read));
        return read;
    }
}
