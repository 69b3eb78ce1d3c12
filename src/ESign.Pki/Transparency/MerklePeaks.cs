namespace ESign.Pki.Transparency;

/// <summary>The root of a growing list of leaves, from its complete subtrees alone: O(log n) memory for any number of leaves.</summary>
internal sealed class MerklePeaks
{
    private readonly Stack<(int Level, byte[] Hash)> _peaks = new();

    /// <summary>How many leaves were added.</summary>
    public long Size { get; private set; }

    /// <summary>Adds a leaf.</summary>
    /// <param name="leaf">Its hash.</param>
    public void Add(byte[] leaf)
    {
        (int level, byte[] hash) = (0, leaf);
        while (_peaks.TryPeek(out (int Level, byte[] Hash) left) && left.Level == level)
        {
            _peaks.Pop();
            (level, hash) = (level + 1, MerkleHash.Node(left.Hash, hash));
        }

        _peaks.Push((level, hash));
        Size++;
    }

    /// <summary>The root over all leaves so far: MTH splits at the largest power of two, so the leftmost subtree joins last.</summary>
    public byte[] Root()
    {
        byte[]? root = null;
        foreach ((_, byte[] hash) in _peaks)
        {
            root = root is null ? hash : MerkleHash.Node(hash, root);
        }

        return root ?? MerkleHash.Empty();
    }
}
