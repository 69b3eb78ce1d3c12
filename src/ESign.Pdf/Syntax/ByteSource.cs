namespace ESign.Pdf.Syntax;

/// <summary>The bytes of a file, reached by 64-bit offset. What lies in memory is never copied; what does not is windowed.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>Below this a stream is simply read whole (and stays out of the large-object heap).</summary>
    private const int ReadWholeBelow = 64 << 10;

    private const int ScanStep = 64 << 10;

    private const int PassStep = 128 << 10;

    public abstract long Length { get; }

    /// <summary>Opens a seekable stream, which stays open and whose position is not kept.</summary>
    public static ByteSource Open(Stream stream)
    {
        if (!stream.CanSeek || !stream.CanRead)
        {
            throw new ArgumentException("the stream must be readable and seekable", nameof(stream));
        }

        if (stream is MemoryStream memory && memory.TryGetBuffer(out ArraySegment<byte> buffer))
        {
            return new MemorySource(buffer);
        }

        if (stream.Length > ReadWholeBelow)
        {
            return new WindowedSource(stream);
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
        stream.Position = 0;
        stream.ReadExactly(bytes);
        return new MemorySource(bytes);
    }

    public static ByteSource FromMemory(ReadOnlyMemory<byte> bytes) => new MemorySource(bytes);

    /// <summary>
    /// The bytes from an offset on: at least <paramref name="minimum"/> of them, or all that are left; perhaps many more.
    /// </summary>
    /// <returns>A span that is valid until the next call.</returns>
    public abstract ReadOnlySpan<byte> Window(long offset, int minimum);

    /// <summary>Exactly the given bytes, valid for as long as the caller likes.</summary>
    public abstract ReadOnlyMemory<byte> Read(long offset, int length);

    /// <summary>Passes over the file in order, once.</summary>
    /// <param name="to">Where the pass ends.</param>
    /// <param name="take">Takes the bytes, block by block.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    public virtual void Pass(long to, BlockAction take, CancellationToken cancellationToken)
    {
        for (long position = 0; position < to;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int length = (int)Math.Min(PassStep, to - position);
            take(position, Window(position, length)[..length]);
            position += length;
        }
    }

    /// <summary>Copies the whole file to a stream.</summary>
    public abstract Task CopyToAsync(Stream destination, CancellationToken cancellationToken);

    /// <summary>The first place of a pattern in [from, to), or -1.</summary>
    public long IndexOf(ReadOnlySpan<byte> pattern, long from, long to)
    {
        to = Math.Min(to, Length);
        // What is at hand first: where matches are dense, each must not cost a window of its own.
        for (int step = pattern.Length; from < to; step = ScanStep)
        {
            ReadOnlySpan<byte> window = Window(from, (int)Math.Min(step, to - from));
            window = window[..(int)Math.Min(window.Length, to - from)];
            int at = window.IndexOf(pattern);
            if (at >= 0)
            {
                return from + at;
            }

            if (from + window.Length >= to)
            {
                return -1;
            }

            from += Math.Max(1, window.Length - pattern.Length + 1);
        }

        return -1;
    }

    /// <summary>The last place of a pattern in [from, to), or -1.</summary>
    public long LastIndexOf(ReadOnlySpan<byte> pattern, long from, long to)
    {
        long end = Math.Min(to, Length);
        // The last kilobyte first: that is where startxref nearly always is.
        for (int step = 1024; end > from; step = ScanStep)
        {
            long start = Math.Max(from, end - step);
            int length = (int)(end - start);
            int at = Window(start, length)[..length].LastIndexOf(pattern);
            if (at >= 0)
            {
                return start + at;
            }

            if (start == from)
            {
                return -1;
            }

            end = start + pattern.Length - 1;
        }

        return -1;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    private sealed class MemorySource(ReadOnlyMemory<byte> bytes) : ByteSource
    {
        public override long Length => bytes.Length;

        public override ReadOnlySpan<byte> Window(long offset, int minimum) =>
            offset < 0 || offset >= bytes.Length ? default : bytes.Span[(int)offset..];

        public override ReadOnlyMemory<byte> Read(long offset, int length) => bytes.Slice(checked((int)offset), length);

        public override async Task CopyToAsync(Stream destination, CancellationToken cancellationToken) =>
            await destination.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }
}
