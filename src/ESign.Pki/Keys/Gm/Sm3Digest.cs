using System.Buffers.Binary;
using System.Numerics;

namespace ESign.Pki.Keys.Gm;

/// <summary>The SM3 message digest.</summary>
/// <remarks>GB/T 32905-2016 (GM/T 0004-2012); names follow the standard's clauses 4 and 5.</remarks>
internal sealed class Sm3Digest : ManagedDigest
{
    public const int SizeInBytes = 32;
    private const int BlockSize = 64;

    private readonly uint[] _v =
    [
        0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
    ];

    private readonly byte[] _block = new byte[BlockSize];
    private int _inBlock;
    private ulong _length;

    public Sm3Digest()
    {
    }

    private Sm3Digest(Sm3Digest other)
    {
        other._v.CopyTo(_v, 0);
        other._block.CopyTo(_block, 0);
        _inBlock = other._inBlock;
        _length = other._length;
    }

    public static void HashData(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        var state = new Sm3Digest();
        state.Append(data);
        state.Finish(destination);
    }

    public override ManagedDigest Clone() => new Sm3Digest(this);

    public override void Append(ReadOnlySpan<byte> data)
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

    public override void Finish(Span<byte> destination)
    {
        ulong bitLength = _length * 8;
        Span<byte> padding = stackalloc byte[BlockSize * 2];
        padding.Clear();
        padding[0] = 0x80;
        int padded = _inBlock < 56 ? 56 - _inBlock : 120 - _inBlock;
        BinaryPrimitives.WriteUInt64BigEndian(padding[padded..], bitLength);
        Append(padding[..(padded + 8)]);
        for (int i = 0; i < _v.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[(4 * i)..], _v[i]);
        }
    }

    private void Compress(ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[68];
        for (int j = 0; j < 16; j++)
        {
            w[j] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * j)..]);
        }

        for (int j = 16; j < 68; j++)
        {
            w[j] = P1(w[j - 16] ^ w[j - 9] ^ BitOperations.RotateLeft(w[j - 3], 15))
                ^ BitOperations.RotateLeft(w[j - 13], 7) ^ w[j - 6];
        }

        uint a = _v[0], b = _v[1], c = _v[2], d = _v[3], e = _v[4], f = _v[5], g = _v[6], h = _v[7];
        for (int j = 0; j < 64; j++)
        {
            bool early = j < 16;
            uint t = BitOperations.RotateLeft(early ? 0x79CC4519u : 0x7A879D8Au, j % 32);
            uint ss1 = BitOperations.RotateLeft(BitOperations.RotateLeft(a, 12) + e + t, 7);
            uint ss2 = ss1 ^ BitOperations.RotateLeft(a, 12);
            uint ff = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
            uint gg = early ? e ^ f ^ g : (e & f) | (~e & g);
            uint tt1 = ff + d + ss2 + (w[j] ^ w[j + 4]);
            uint tt2 = gg + h + ss1 + w[j];
            d = c;
            c = BitOperations.RotateLeft(b, 9);
            b = a;
            a = tt1;
            h = g;
            g = BitOperations.RotateLeft(f, 19);
            f = e;
            e = P0(tt2);
        }

        _v[0] ^= a;
        _v[1] ^= b;
        _v[2] ^= c;
        _v[3] ^= d;
        _v[4] ^= e;
        _v[5] ^= f;
        _v[6] ^= g;
        _v[7] ^= h;
    }

    private static uint P0(uint x) => x ^ BitOperations.RotateLeft(x, 9) ^ BitOperations.RotateLeft(x, 17);

    private static uint P1(uint x) => x ^ BitOperations.RotateLeft(x, 15) ^ BitOperations.RotateLeft(x, 23);
}
