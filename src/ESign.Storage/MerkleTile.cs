using ESign.Pki.Transparency;

namespace ESign.Storage;

/// <summary>Up to 256 neighbouring hashes of one level of the tree in eight: what is stored, and what is served.</summary>
/// <remarks>C2SP tlog-tiles: tile (L, N) holds the hashes of the complete subtrees at level 8·L from number 256·N on.</remarks>
internal sealed class MerkleTile
{
    public const int Width = 256;

    /// <summary>Tree levels from one level of tiles to the next.</summary>
    public const int Height = 8;

    private const int HashSize = 32;

    private byte[] _hashes;

    public MerkleTile(byte[] hashes)
    {
        _hashes = hashes;
        Count = hashes.Length / HashSize;
    }

    /// <summary>How many hashes it has.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it holds what the store does not.</summary>
    public bool IsDirty { get; set; }

    public byte[] Encode() => _hashes[..(Count * HashSize)];

    /// <summary>Puts a hash at its place: the next one, or one written before.</summary>
    public void Set(int offset, byte[] hash)
    {
        if (offset > Count)
        {
            throw new InvalidOperationException("哈希树不连续 / The tree has a gap");
        }

        if (_hashes.Length < (offset + 1) * HashSize)
        {
            Array.Resize(ref _hashes, Width * HashSize);
        }

        hash.CopyTo(_hashes, offset * HashSize);
        Count = Math.Max(Count, offset + 1);
        IsDirty = true;
    }

    /// <summary>The root of a complete subtree of the tile's hashes; <see langword="null"/> when some are not there.</summary>
    public byte[]? Root(int offset, int count)
    {
        if (offset + count > Count)
        {
            return null;
        }

        if (count == 1)
        {
            return _hashes[(offset * HashSize)..((offset + 1) * HashSize)];
        }

        int half = count / 2;
        return MerkleHash.Node(Root(offset, half), Root(offset + half, half));
    }
}
