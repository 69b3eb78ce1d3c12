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

        long node = leaf;
        long last = size - 1;
        byte[] hash = MerkleHash.Leaf(record);
        foreach (byte[] sibling in path)
        {
            if (last == 0 || sibling.Length != MerkleHash.SizeInBytes)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHash.Node(sibling, hash);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                hash = MerkleHash.Node(hash, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && CryptographicOperations.FixedTimeEquals(hash, root);
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

        long node = earlier - 1;
        long last = later - 1;
        while ((node & 1) == 1)
        {
            node >>= 1;
            last >>= 1;
        }

        int next = 0;
        byte[] seed;
        if (node == 0)
        {
            seed = earlierRoot.ToArray();
        }
        else if (proof.Count > 0)
        {
            seed = proof[next++];
        }
        else
        {
            return false;
        }

        byte[] oldRoot = seed;
        byte[] newRoot = seed;
        for (; next < proof.Count; next++)
        {
            byte[] hash = proof[next];
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                oldRoot = MerkleHash.Node(hash, oldRoot);
                newRoot = MerkleHash.Node(hash, newRoot);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                newRoot = MerkleHash.Node(newRoot, hash);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0
            && CryptographicOperations.FixedTimeEquals(oldRoot, earlierRoot)
            && CryptographicOperations.FixedTimeEquals(newRoot, laterRoot);
    }
}
