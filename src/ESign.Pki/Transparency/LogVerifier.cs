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
        var peaks = new MerklePeaks();
        await foreach (LogRecord record in log.ReadAsync(0, long.MaxValue, cancellationToken).ConfigureAwait(false))
        {
            if (record.Index != peaks.Size)
            {
                findings.Add($"第{peaks.Size}条记录缺失，其后为第{record.Index}条 / Record {peaks.Size} is missing; {record.Index} follows");
            }

            peaks.Add(MerkleHash.Leaf(record.Content.Span));
            if (sizes.Contains(peaks.Size))
            {
                roots[peaks.Size] = peaks.Root();
            }
        }

        byte[] root = peaks.Root();
        await CompareStoredTreeAsync(log, peaks.Size, root, findings, cancellationToken).ConfigureAwait(false);
        return new LogVerdict(peaks.Size, root, CompareCheckpoints(checkpoints, roots, peaks.Size, findings), findings);
    }

    internal static int CompareCheckpoints(List<Checkpoint> checkpoints, Dictionary<long, byte[]> roots, long size, List<string> findings)
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
