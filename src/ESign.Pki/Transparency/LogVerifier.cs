using ESign.Pki.Keys;

namespace ESign.Pki.Transparency;

/// <summary>Checks a whole log from its records: every leaf is hashed again and every signed checkpoint must come out.</summary>
/// <remarks>
/// A record that was altered, moved or taken out changes the root of every checkpoint after it. Records cut off the end
/// together with the checkpoints that covered them show only against a checkpoint kept elsewhere: hand those in.
/// </remarks>
internal sealed class LogVerifier
{
    private readonly ReadOnlyMemory<byte> _publicKey;
    private readonly SignatureAlgorithm _algorithm;

    /// <summary>Makes a verifier.</summary>
    /// <param name="subjectPublicKeyInfo">The log's public key.</param>
    /// <param name="algorithm">What the key signs with.</param>
    public LogVerifier(ReadOnlyMemory<byte> subjectPublicKeyInfo, SignatureAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        _publicKey = subjectPublicKeyInfo;
        _algorithm = algorithm;
    }

    /// <summary>Reads and checks everything.</summary>
    /// <param name="log">The log.</param>
    /// <param name="kept">Signed checkpoints of this log that were kept elsewhere.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The verdict.</returns>
    public async ValueTask<LogVerdict> VerifyAsync(ITransparencyLog log, IEnumerable<string>? kept = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        var findings = new List<string>();
        List<Checkpoint> checkpoints = await CollectCheckpointsAsync(log, kept ?? [], findings, cancellationToken).ConfigureAwait(false);
        HashSet<long> sizes = [.. checkpoints.Select(static checkpoint => checkpoint.Size)];
        var roots = new Dictionary<long, byte[]> { [0] = MerkleHash.Empty() };
        var peaks = new Stack<(int Level, byte[] Hash)>();
        long size = 0;
        await foreach (LogRecord record in log.ReadAsync(0, long.MaxValue, cancellationToken).ConfigureAwait(false))
        {
            if (record.Index != size)
            {
                findings.Add($"第{size}条记录缺失，其后为第{record.Index}条 / Record {size} is missing; {record.Index} follows");
            }

            Push(peaks, MerkleHash.Leaf(record.Content.Span));
            size++;
            if (sizes.Contains(size))
            {
                roots[size] = Root(peaks);
            }
        }

        byte[] root = size == 0 ? roots[0] : Root(peaks);
        await CompareStoredTreeAsync(log, size, root, findings, cancellationToken).ConfigureAwait(false);
        return new LogVerdict(size, root, CompareCheckpoints(checkpoints, roots, size, findings), findings);
    }

    private static int CompareCheckpoints(List<Checkpoint> checkpoints, Dictionary<long, byte[]> roots, long size, List<string> findings)
    {
        int agreeing = 0;
        foreach (Checkpoint checkpoint in checkpoints)
        {
            if (!roots.TryGetValue(checkpoint.Size, out byte[]? expected))
            {
                findings.Add($"检查点涵盖{checkpoint.Size}条记录，日志只有{size}条 / A checkpoint covers {checkpoint.Size} records, the log has {size}: records were removed");
            }
            else if (!expected.AsSpan().SequenceEqual(checkpoint.RootHash.Span))
            {
                findings.Add($"前{checkpoint.Size}条记录与检查点的根不符 / The first {checkpoint.Size} records do not lead to the root their checkpoint signs: records were altered, moved or removed");
            }
            else
            {
                agreeing++;
            }
        }

        return agreeing;
    }

    private static async ValueTask CompareStoredTreeAsync(ITransparencyLog log, long size, byte[] root, List<string> findings, CancellationToken cancellationToken)
    {
        try
        {
            MerkleTree tree = await log.OpenTreeAsync(cancellationToken).ConfigureAwait(false);
            byte[] stored = await tree.RootAsync(tree.Size, cancellationToken).ConfigureAwait(false);
            if (tree.Size != size || !stored.AsSpan().SequenceEqual(root))
            {
                findings.Add("存储的哈希树与记录不符 / The stored tree is not that of the records");
            }
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            findings.Add("存储的哈希树不完整 / The stored tree lacks nodes");
        }
    }

    private static void Push(Stack<(int Level, byte[] Hash)> peaks, byte[] leaf)
    {
        (int level, byte[] hash) = (0, leaf);
        while (peaks.TryPeek(out (int Level, byte[] Hash) left) && left.Level == level)
        {
            peaks.Pop();
            (level, hash) = (level + 1, MerkleHash.Node(left.Hash, hash));
        }

        peaks.Push((level, hash));
    }

    // The complete subtrees from the right: MTH splits at the largest power of two, so the leftmost joins last.
    private static byte[] Root(Stack<(int Level, byte[] Hash)> peaks)
    {
        byte[]? root = null;
        foreach ((_, byte[] hash) in peaks)
        {
            root = root is null ? hash : MerkleHash.Node(hash, root);
        }

        return root!;
    }

    private async ValueTask<List<Checkpoint>> CollectCheckpointsAsync(ITransparencyLog log, IEnumerable<string> kept, List<string> findings, CancellationToken cancellationToken)
    {
        var checkpoints = new List<Checkpoint>();
        await foreach (SavedCheckpoint saved in log.ListCheckpointsAsync(int.MaxValue, cancellationToken).ConfigureAwait(false))
        {
            Add(saved.Note, "存储的 / stored");
        }

        foreach (string note in kept)
        {
            Add(note, "另存的 / kept elsewhere");
        }

        return checkpoints;

        void Add(string note, string origin)
        {
            if (Checkpoint.TryVerify(note, _publicKey, _algorithm, out Checkpoint? checkpoint))
            {
                checkpoints.Add(checkpoint);
            }
            else
            {
                findings.Add($"检查点签名无效（{origin}） / A checkpoint is not signed by the log's key ({origin})");
            }
        }
    }
}
