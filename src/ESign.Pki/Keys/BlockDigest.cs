using System.Buffers.Binary;

namespace ESign.Pki.Keys;

/// <summary>What SHA-2 of 32-bit words and SM3 have in common: blocks of 64 octets, and how the message is padded to them.</summary>
/// <remarks>FIPS 180-4 §5.1.1 and GB/T 32905-2016 clause 5.2: one bit 1, zeros, and the length in bits as 64-bit big-endian number.</remarks>
internal abstract class BlockDigest : ManagedDigest
{
    private const int BlockSize = 64;

    private readonly byte[] _block = new byte[BlockSize];
    private readonly int _words;
    private int _inBlock;
    private ulong _length;

    /// <param name="initial">The state to begin with.</param>
    /// <param name="words">How many of its words are the digest.</param>
    protected BlockDigest(ReadOnlySpan<uint> initial, int words)
    {
        State = initial.ToArray();
        _words = words;
    }

    protected BlockDigest(BlockDigest other)
    {
        State = [.. other.State];
        other._block.CopyTo(_block, 0);
        _words = other._words;
        _inBlock = other._inBlock;
        _length = other._length;
    }

    protected uint[] State { get; }

    public sealed override void Append(ReadOnlySpan<byte> data)
    {
        _length += (ulong)data.Length;
        if (_inBlock > 0)
        {
            int take = Math.Min(BlockSize - _inBlock, data.Length);
            data[..take].CopyTo(_block.AsSpan(_inBlock));
            _inBlock += take;
            data = data[take..];
            if (_inBlock < BlockSize)
            {
                return;
            }

            Compress(_block);
            _inBlock = 0;
        }

        while (data.Length >= BlockSize)
        {
            Compress(data[..BlockSize]);
            data = data[BlockSize..];
        }

        data.CopyTo(_block);
        _inBlock = data.Length;
    }

    public sealed override void Finish(Span<byte> destination)
    {
        ulong bitLength = _length * 8;
        Span<byte> padding = stackalloc byte[BlockSize * 2];
        padding.Clear();
        padding[0] = 0x80;
        int padded = _inBlock < 56 ? 56 - _inBlock : 120 - _inBlock;
        BinaryPrimitives.WriteUInt64BigEndian(padding[padded..], bitLength);
        Append(padding[..(padded + 8)]);
        for (int i = 0; i < _words; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[(4 * i)..], State[i]);
        }
    }

    /// <summary>Takes one block into the state.</summary>
    protected abstract void Compress(ReadOnlySpan<byte> block);
}
