namespace ESign.Testing;

/// <summary>A read-only stream of any length that is spaces but for a few pieces: a file of many gigabytes that takes no room.</summary>
public sealed class SparseStream(long length, params (long Offset, byte[] Bytes)[] pieces) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, length - Position);
        buffer[..count].Fill((byte)' ');
        foreach ((long offset, byte[] bytes) in pieces)
        {
            long from = Math.Max(offset, Position);
            long to = Math.Min(offset + bytes.Length, Position + count);
            if (from < to)
            {
                bytes.AsSpan((int)(from - offset), (int)(to - from)).CopyTo(buffer[(int)(from - Position)..]);
            }
        }

        Position += count;
        return count;
    }

    /// <summary>The bytes from an offset to the end.</summary>
    public byte[] ReadAllFrom(long offset)
    {
        byte[] bytes = new byte[length - offset];
        Position = offset;
        ReadExactly(bytes);
        return bytes;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
