namespace ESign.Pdf.Document;

/// <summary>A file on disk (or any seekable stream) followed by bytes in memory, read as one stream.</summary>
internal sealed class ChainStream : Stream
{
    private readonly Stream _original;
    private readonly long _originalLength;
    private readonly ReadOnlyMemory<byte>[] _appended;

    public ChainStream(Stream original, long originalLength, IEnumerable<ReadOnlyMemory<byte>> appended)
    {
        _original = original;
        _originalLength = originalLength;
        _appended = [.. appended];
        Length = originalLength + _appended.Sum(part => (long)part.Length);
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = Position < _originalLength ? ReadOriginal(buffer) : ReadAppended(buffer);
        Position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int ReadOriginal(Span<byte> buffer)
    {
        _original.Position = Position;
        return _original.Read(buffer[..(int)Math.Min(buffer.Length, _originalLength - Position)]);
    }

    private int ReadAppended(Span<byte> buffer)
    {
        long skip = Position - _originalLength;
        foreach (ReadOnlyMemory<byte> part in _appended)
        {
            if (skip < part.Length)
            {
                ReadOnlySpan<byte> rest = part.Span[(int)skip..];
                int count = Math.Min(buffer.Length, rest.Length);
                rest[..count].CopyTo(buffer);
                return count;
            }

            skip -= part.Length;
        }

        return 0;
    }
}
