namespace ESign.Pdf.Syntax;

/// <summary>A file followed by what is appended to it while it is open: what was read before stays where it was.</summary>
/// <remarks>The file itself is read as before; only what is appended lies in memory.</remarks>
/// <param name="original">The file; disposed of with this.</param>
internal sealed class GrowingSource(ByteSource original) : ByteSource
{
    private OutputBuffer? _tail;
    private byte[] _seam = [];

    public override long Length => original.Length + (_tail?.Length ?? 0);

    /// <summary>Opens a seekable stream, which stays open and whose position is not kept.</summary>
    public static new GrowingSource Open(Stream stream) => new(ByteSource.Open(stream));

    /// <summary>Puts bytes after the last; spans handed out earlier are void.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => (_tail ??= new OutputBuffer(bytes.Length)).Write(bytes);

    public override ReadOnlySpan<byte> Window(long offset, int minimum)
    {
        long into = offset - original.Length;
        if (into >= 0)
        {
            return _tail is not null && into < _tail.Length ? _tail.WrittenSpan[(int)into..] : default;
        }

        ReadOnlySpan<byte> window = original.Window(offset, minimum);
        if (window.Length >= minimum || _tail is null || offset < 0)
        {
            return window;
        }

        // Across the seam: the original's last bytes and the first of the tail, side by side.
        int length = (int)Math.Min(minimum, Length - offset);
        if (_seam.Length < length)
        {
            _seam = GC.AllocateUninitializedArray<byte>(length);
        }

        window.CopyTo(_seam);
        _tail.WrittenSpan[..(length - window.Length)].CopyTo(_seam.AsSpan(window.Length));
        return _seam.AsSpan(0, length);
    }

    public override ReadOnlyMemory<byte> Read(long offset, int length)
    {
        if (offset + length <= original.Length)
        {
            return original.Read(offset, length);
        }

        // The tail moves when it grows, and what is returned must stay.
        return Window(offset, length)[..length].ToArray();
    }

    public override void Pass(long to, BlockAction take, CancellationToken cancellationToken)
    {
        if (to <= original.Length)
        {
            original.Pass(to, take, cancellationToken);
        }
        else
        {
            base.Pass(to, take, cancellationToken);
        }
    }

    public override async Task CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        await original.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
        if (_tail is not null)
        {
            await destination.WriteAsync(_tail.WrittenMemory, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override void Dispose(bool disposing)
    {
        original.Dispose();
        _tail?.Dispose();
    }
}
