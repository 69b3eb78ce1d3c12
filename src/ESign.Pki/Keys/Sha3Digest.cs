using System.Buffers.Binary;
using System.Numerics;

namespace ESign.Pki.Keys;

/// <summary>SHA-3 in C#: for SHA3-224, which the BCL does not have, and SHAKE256, which it does not have everywhere; for judging signatures only.</summary>
/// <remarks>
/// FIPS 202 §3 (KECCAK-p[1600, 24]), §4 (sponge), §6.1 (SHA-3: domain bits 01, capacity twice the digest) and §6.2 (SHAKE:
/// domain bits 1111).
/// </remarks>
internal sealed class Sha3Digest : ManagedDigest
{
    private const int StateSize = 200;
    private const int Rounds = 24;

    private static readonly ulong[] s_roundConstants =
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
        0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
        0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    // ρ (§3.2.2) and π (§3.2.3) as one walk over the lanes that starts at lane 1.
    private static readonly byte[] s_rotations = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];
    private static readonly byte[] s_lanes = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

    private readonly ulong[] _a = new ulong[StateSize / 8];
    private readonly byte[] _block;
    private readonly int _digestSize;
    private readonly byte _domain;
    private int _inBlock;

    public Sha3Digest(int digestSize)
        : this(digestSize, StateSize - (2 * digestSize), domain: 0x06)
    {
    }

    private Sha3Digest(int digestSize, int rate, byte domain)
    {
        _digestSize = digestSize;
        _block = new byte[rate];
        _domain = domain;
    }

    /// <summary>SHAKE256 with as many bytes as one block gives, 136 at most.</summary>
    public static Sha3Digest Shake256(int size) => new(size, rate: StateSize - 64, domain: 0x1F);

    public override ManagedDigest Clone()
    {
        var clone = new Sha3Digest(_digestSize, _block.Length, _domain) { _inBlock = _inBlock };
        _a.CopyTo(clone._a, 0);
        _block.CopyTo(clone._block, 0);
        return clone;
    }

    public override void Append(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            int take = Math.Min(_block.Length - _inBlock, data.Length);
            data[..take].CopyTo(_block.AsSpan(_inBlock));
            data = data[take..];
            _inBlock += take;
            if (_inBlock == _block.Length)
            {
                Absorb();
            }
        }
    }

    public override void Finish(Span<byte> destination)
    {
        _block.AsSpan(_inBlock).Clear();
        _block[_inBlock] = _domain;
        _block[^1] |= 0x80;
        Absorb();
        Span<byte> state = stackalloc byte[StateSize];
        for (int i = 0; i < _a.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(state[(8 * i)..], _a[i]);
        }

        state[.._digestSize].CopyTo(destination);
    }

    private void Absorb()
    {
        for (int i = 0; i < _block.Length / 8; i++)
        {
            _a[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(_block.AsSpan(8 * i));
        }

        _inBlock = 0;
        Permute();
    }

    private void Permute()
    {
        Span<ulong> c = stackalloc ulong[5];
        for (int round = 0; round < Rounds; round++)
        {
            // θ (§3.2.1)
            for (int x = 0; x < 5; x++)
            {
                c[x] = _a[x] ^ _a[x + 5] ^ _a[x + 10] ^ _a[x + 15] ^ _a[x + 20];
            }

            for (int x = 0; x < 5; x++)
            {
                ulong d = c[(x + 4) % 5] ^ BitOperations.RotateLeft(c[(x + 1) % 5], 1);
                for (int y = 0; y < 25; y += 5)
                {
                    _a[y + x] ^= d;
                }
            }

            ulong lane = _a[1];
            for (int i = 0; i < s_lanes.Length; i++)
            {
                (_a[s_lanes[i]], lane) = (BitOperations.RotateLeft(lane, s_rotations[i]), _a[s_lanes[i]]);
            }

            // χ (§3.2.4) and ι (§3.2.5)
            for (int y = 0; y < 25; y += 5)
            {
                _a.AsSpan(y, 5).CopyTo(c);
                for (int x = 0; x < 5; x++)
                {
                    _a[y + x] = c[x] ^ (~c[(x + 1) % 5] & c[(x + 2) % 5]);
                }
            }

            _a[0] ^= s_roundConstants[round];
        }
    }
}
