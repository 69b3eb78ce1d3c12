using System.Buffers.Binary;
using System.Numerics;

namespace ESign.Pki.Keys.Gm;

/// <summary>The SM3 message digest.</summary>
/// <remarks>GB/T 32905-2016 (GM/T 0004-2012); names follow the standard's clauses 4 and 5.</remarks>
internal sealed class Sm3Digest : BlockDigest
{
    public const int SizeInBytes = 32;

    private static readonly uint[] s_initial =
    [
        0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
    ];

    public Sm3Digest()
        : base(s_initial, words: SizeInBytes / 4)
    {
    }

    private Sm3Digest(Sm3Digest other)
        : base(other)
    {
    }

    public static void HashData(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        var state = new Sm3Digest();
        state.Append(data);
        state.Finish(destination);
    }

    public override ManagedDigest Clone() => new Sm3Digest(this);

    protected override void Compress(ReadOnlySpan<byte> block)
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

        uint a = State[0], b = State[1], c = State[2], d = State[3], e = State[4], f = State[5], g = State[6], h = State[7];
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

        State[0] ^= a;
        State[1] ^= b;
        State[2] ^= c;
        State[3] ^= d;
        State[4] ^= e;
        State[5] ^= f;
        State[6] ^= g;
        State[7] ^= h;
    }

    private static uint P0(uint x) => x ^ BitOperations.RotateLeft(x, 9) ^ BitOperations.RotateLeft(x, 17);

    private static uint P1(uint x) => x ^ BitOperations.RotateLeft(x, 15) ^ BitOperations.RotateLeft(x, 23);
}
