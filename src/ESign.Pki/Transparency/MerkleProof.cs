using System.Security.Cryptography;

namespace ESign.Pki.Transparency;

/// <summary>Checks the proofs of a <see cref="MerkleTree"/> with nothing but hashes: no secret, no database.</summary>
/// <remarks>The algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2.</remarks>
internal static class MerkleProof
{
    /// <summary>Whether a record is leaf number <paramref name="leaf"/> of the tree with this root.</summary>
    /// <param name="record">The bytes of the record.</param>
    /// <param name="leaf">Its index.</param>
    /// <param name="size">The size of the tree.</param>
    /// <param name="root">The root of the tree.</param>
    /// <param name="path">The inclusion proof.</param>
    /// <returns>True when the proof leads to the root.</returns>
    public static bool VerifyInclusion(ReadOnlySpan<byte> record, long leaf, long size, ReadOnlySpan<byte> root, IReadOnlyList<byte[]> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (leaf < 0 || leaf >= size)
        {
            return false;
        }

        var climb = new Climb(leaf, size - 1);
        byte[] hash = MerkleHash.Leaf(record);
        foreach (byte[] sibling in path)
        {
            if (climb.IsAtRoot || sibling.Length != MerkleHash.SizeInBytes)
            {
                return false;
            }

            hash = climb.SiblingIsLeft ? MerkleHash.Node(sibling, hash) : MerkleHash.Node(hash, sibling);
            climb.Rise();
        }

        return climb.IsAtRoot && CryptographicOperations.FixedTimeEquals(hash, root);
    }

    /// <summary>Whether the later tree only appended to the earlier one.</summary>
    /// <param name="earlier">The size of the earlier tree.</param>
    /// <param name="earlierRoot">Its root.</param>
    /// <param name="later">The size of the later tree.</param>
    /// <param name="laterRoot">Its root.</param>
    /// <param name="proof">The consistency proof.</param>
    /// <returns>True when the proof leads to both roots.</returns>
    public static bool VerifyConsistency(long earlier, ReadOnlySpan<byte> earlierRoot, long later, ReadOnlySpan<byte> laterRoot, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (earlier < 1 || earlier > later || proof.Any(hash => hash.Length != MerkleHash.SizeInBytes))
        {
            return false;
        }

        if (earlier == later)
        {
            return proof.Count == 0 && CryptographicOperations.FixedTimeEquals(earlierRoot, laterRoot);
        }

        var climb = new Climb(earlier - 1, later - 1);
        climb.SkipCompleteSubtrees();

        // A complete earlier tree is itself where both climbs begin; otherwise the proof names the largest subtree both share.
        IEnumerable<byte[]> rest = climb.IsAtFirstNode ? proof : proof.Skip(1);
        byte[]? oldRoot = climb.IsAtFirstNode ? earlierRoot.ToArray() : proof.FirstOrDefault();
        byte[]? newRoot = oldRoot;
        foreach (byte[] hash in rest)
        {
            if (climb.IsAtRoot)
            {
                return false;
            }

            if (climb.SiblingIsLeft)
            {
                oldRoot = MerkleHash.Node(hash, oldRoot);
                newRoot = MerkleHash.Node(hash, newRoot);
            }
            else
            {
                newRoot = MerkleHash.Node(newRoot, hash);
            }

            climb.Rise();
        }

        return climb.IsAtRoot
            && CryptographicOperations.FixedTimeEquals(oldRoot, earlierRoot)
            && CryptographicOperations.FixedTimeEquals(newRoot, laterRoot);
    }

    /// <summary>The way from a node up to the root: <c>fn</c> and <c>sn</c> of RFC 9162.</summary>
    /// <param name="node">The node's place on its level.</param>
    /// <param name="last">The place of the level's last node.</param>
    private struct Climb(long node, long last)
    {
        public readonly bool IsAtRoot => last == 0;

        public readonly bool IsAtFirstNode => node == 0;

        public readonly bool SiblingIsLeft => (node & 1) == 1 || node == last;

        /// <summary>To the largest complete subtree that ends with the node.</summary>
        public void SkipCompleteSubtrees()
        {
            while ((node & 1) == 1)
            {
                Shift();
            }
        }

        /// <summary>One level up; a last node without a sibling rises until it has one.</summary>
        public void Rise()
        {
            if (SiblingIsLeft)
            {
                while ((node & 1) == 0 && node != 0)
                {
                    Shift();
                }
            }

            Shift();
        }

        private void Shift()
        {
            node >>= 1;
            last >>= 1;
        }
    }
}
