using System.Numerics;

namespace ESign.Pki.Transparency;

/// <summary>An append-only Merkle tree: whoever holds one root can have any record, and every later root, proved to them.</summary>
/// <remarks>
/// RFC 6962 §2.1 (the hashing is that of RFC 9162 §2.1.1 as well): SHA-256, leaves prefixed 0x00 and inner nodes 0x01.
/// Every complete subtree is stored once when its last leaf arrives, so appending costs one hash per level at most and
/// proofs read O(log n) nodes.
/// </remarks>
internal sealed class MerkleTree
{
    private readonly IMerkleNodeStore _nodes;

    /// <summary>Makes a tree over its stored nodes.</summary>
    /// <param name="nodes">The complete subtrees stored so far.</param>
    /// <param name="size">The number of leaves stored so far.</param>
    public MerkleTree(IMerkleNodeStore nodes, long size = 0)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        _nodes = nodes;
        Size = size;
    }

    /// <summary>The number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>Appends a record. Not thread-safe: one writer at a time.</summary>
    /// <param name="record">The bytes of the record.</param>
    /// <param name="cancellationToken">Cancels the write; a half-written append is completed by appending the same record again.</param>
    /// <returns>The index of the new leaf.</returns>
    public async ValueTask<long> AppendAsync(ReadOnlyMemory<byte> record, CancellationToken cancellationToken = default)
    {
        long leaf = Size;
        byte[] hash = MerkleHash.Leaf(record.Span);
        await _nodes.WriteAsync(0, leaf, hash, cancellationToken).ConfigureAwait(false);
        long index = leaf;
        for (int level = 0; (index & 1) == 1; level++, index >>= 1)
        {
            byte[] left = await _nodes.ReadAsync(level, index - 1, cancellationToken).ConfigureAwait(false);
            hash = MerkleHash.Node(left, hash);
            await _nodes.WriteAsync(level + 1, index >> 1, hash, cancellationToken).ConfigureAwait(false);
        }

        Size = leaf + 1;
        return leaf;
    }

    /// <summary>The root over the first <paramref name="size"/> leaves (MTH of RFC 6962 §2.1).</summary>
    /// <param name="size">From 0 to <see cref="Size"/>.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    /// <returns>The 32-byte root.</returns>
    public ValueTask<byte[]> RootAsync(long size, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return size == 0 ? ValueTask.FromResult(MerkleHash.Empty()) : RangeAsync(0, size, cancellationToken);
    }

    /// <summary>Proves that a leaf is in the tree (PATH of RFC 6962 §2.1.1).</summary>
    /// <param name="leaf">The index of the leaf.</param>
    /// <param name="size">The size of the tree whose root the reader holds.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    /// <returns>The sibling hashes from the leaf upwards; <see cref="MerkleProof.VerifyInclusion"/> checks them.</returns>
    public async ValueTask<IReadOnlyList<byte[]>> ProveInclusionAsync(long leaf, long size, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaf);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, size);
        var path = new List<byte[]>();
        long start = 0;
        long end = size;
        while (end - start > 1)
        {
            long middle = start + Split(end - start);
            bool left = leaf < middle;
            path.Add(left
                ? await RangeAsync(middle, end, cancellationToken).ConfigureAwait(false)
                : await RangeAsync(start, middle, cancellationToken).ConfigureAwait(false));
            (start, end) = left ? (start, middle) : (middle, end);
        }

        path.Reverse();
        return path;
    }

    /// <summary>Proves that a later tree only appended to an earlier one (PROOF of RFC 6962 §2.1.2).</summary>
    /// <param name="earlier">The size of the earlier tree, at least 1.</param>
    /// <param name="later">The size of the later tree.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    /// <returns>The hashes; <see cref="MerkleProof.VerifyConsistency"/> checks them. Empty when both are the same size.</returns>
    public async ValueTask<IReadOnlyList<byte[]>> ProveConsistencyAsync(long earlier, long later, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(earlier, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlier, later);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(later, Size);
        var proof = new List<byte[]>();
        long start = 0;
        long end = later;
        bool earlierIsWholeSubtree = true;
        while (earlier != end)
        {
            long middle = start + Split(end - start);
            if (earlier <= middle)
            {
                proof.Add(await RangeAsync(middle, end, cancellationToken).ConfigureAwait(false));
                end = middle;
            }
            else
            {
                proof.Add(await RangeAsync(start, middle, cancellationToken).ConfigureAwait(false));
                start = middle;
                earlierIsWholeSubtree = false;
            }
        }

        if (!earlierIsWholeSubtree)
        {
            proof.Add(await RangeAsync(start, end, cancellationToken).ConfigureAwait(false));
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>The hashes of a tile (C2SP tlog-tiles), one after another.</summary>
    /// <param name="level">The level of tiles: its hashes are those of tree level 8·level.</param>
    /// <param name="path">Which tile of the level.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    /// <returns>The hashes; <see langword="null"/> when the tree does not have so many.</returns>
    internal async ValueTask<byte[]?> ReadTileAsync(int level, TilePath path, CancellationToken cancellationToken)
    {
        const int MaximumLevel = 7; // 2⁵⁶ leaves
        long first = path.Number * TilePath.FullWidth;
        if (level is < 0 or > MaximumLevel || (Size >> (8 * level)) < first + path.Width)
        {
            return null;
        }

        byte[] hashes = new byte[path.Width * MerkleHash.SizeInBytes];
        for (int i = 0; i < path.Width; i++)
        {
            byte[] hash = await _nodes.ReadAsync(8 * level, first + i, cancellationToken).ConfigureAwait(false);
            hash.CopyTo(hashes, i * MerkleHash.SizeInBytes);
        }

        return hashes;
    }

    /// <summary>The largest power of two smaller than a count above 1: where RFC 6962 splits a tree.</summary>
    internal static long Split(long count) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(count - 1)));

    /// <summary>The hash of leaves [start, end), whose start is aligned to the subtree that holds them.</summary>
    private async ValueTask<byte[]> RangeAsync(long start, long end, CancellationToken cancellationToken)
    {
        long count = end - start;
        if (BitOperations.IsPow2(count))
        {
            int level = BitOperations.TrailingZeroCount(count);
            return await _nodes.ReadAsync(level, start >> level, cancellationToken).ConfigureAwait(false);
        }

        long middle = start + Split(count);
        byte[] left = await RangeAsync(start, middle, cancellationToken).ConfigureAwait(false);
        byte[] right = await RangeAsync(middle, end, cancellationToken).ConfigureAwait(false);
        return MerkleHash.Node(left, right);
    }
}
