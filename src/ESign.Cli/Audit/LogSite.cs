using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using ESign.Pki.Keys;
using ESign.Pki.Transparency;

namespace ESign.Cli.Audit;

/// <summary>A log as it is served: checkpoint, tiles, and with an auditor's token its records (C2SP tlog-tiles).</summary>
/// <remarks>
/// Everything the service says is checked against the checkpoint it signed: every leaf leads to its root, every tile above holds the roots of
/// those below, and every checkpoint kept elsewhere is a beginning of the same log.
/// </remarks>
internal sealed class LogSite(HttpClient client, Uri root, string? token)
{
    private const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>Reads and checks everything.</summary>
    /// <param name="publicKey">The log's key.</param>
    /// <param name="algorithm">What it signs with.</param>
    /// <param name="kept">Checkpoints kept elsewhere.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The verdict, and the newest checkpoint.</returns>
    public async Task<(LogVerdict Verdict, SavedCheckpoint Newest)> VerifyAsync(byte[] publicKey, SignatureAlgorithm algorithm, IReadOnlyList<string> kept, CancellationToken cancellationToken)
    {
        var findings = new List<string>();
        string note = Encoding.UTF8.GetString(await GetAsync("checkpoint", cancellationToken));
        if (!Checkpoint.TryVerify(note, publicKey, algorithm, out Checkpoint? newest))
        {
            findings.Add("检查点签名无效 / The checkpoint is not signed by the log's key");
            return (new LogVerdict(0, default, 0, findings), new SavedCheckpoint(0, note, default));
        }

        // By its size: the log may have grown, and have a newer checkpoint, since the note was read.
        byte[] stamp = await TryGetAsync(FormattableString.Invariant($"checkpoint.tst?size={newest.Size}"), cancellationToken) ?? [];
        var checkpoints = new List<Checkpoint> { newest };
        foreach (string each in kept)
        {
            if (Checkpoint.TryVerify(each, publicKey, algorithm, out Checkpoint? checkpoint))
            {
                checkpoints.Add(checkpoint);
            }
            else
            {
                findings.Add("另存的检查点签名无效 / A checkpoint kept elsewhere is not signed by the log's key");
            }
        }

        var roots = new Dictionary<long, byte[]>();
        (MerklePeaks peaks, List<byte[]> tileRoots) = await ReadLeavesAsync(newest.Size, [.. checkpoints.Select(static checkpoint => checkpoint.Size)], roots, findings, cancellationToken);
        for (int level = 1; tileRoots.Count > 0; level++)
        {
            tileRoots = await CompareTilesAsync(level, tileRoots, findings, cancellationToken);
        }

        int agreeing = LogVerifier.CompareCheckpoints(checkpoints, roots, newest.Size, findings);
        return (new LogVerdict(newest.Size, peaks.Root(), agreeing, findings), new SavedCheckpoint(newest.Size, note, stamp));
    }

    // Level 0: every leaf into the tree, every full tile's root kept for the level above.
    private async Task<(MerklePeaks Peaks, List<byte[]> TileRoots)> ReadLeavesAsync(long size, HashSet<long> sizes, Dictionary<long, byte[]> roots, List<string> findings, CancellationToken cancellationToken)
    {
        var peaks = new MerklePeaks();
        var tileRoots = new List<byte[]>();
        roots[0] = peaks.Root();
        for (long number = 0; number * TilePath.FullWidth < size; number++)
        {
            TilePath path = TilePath.Of(number, size);
            byte[] hashes = await GetTileAsync($"tile/0/{path}", path.Width, cancellationToken);
            if (token is not null)
            {
                await CompareRecordsAsync(path, hashes, findings, cancellationToken);
            }

            var tile = new MerklePeaks();
            for (int i = 0; i < path.Width; i++)
            {
                byte[] leaf = hashes[(i * HashSize)..((i + 1) * HashSize)];
                peaks.Add(leaf);
                tile.Add(leaf);
                if (sizes.Contains(peaks.Size))
                {
                    roots[peaks.Size] = peaks.Root();
                }
            }

            if (path.IsFull)
            {
                tileRoots.Add(tile.Root());
            }
        }

        return (peaks, tileRoots);
    }

    private async Task<List<byte[]>> CompareTilesAsync(int level, List<byte[]> expected, List<string> findings, CancellationToken cancellationToken)
    {
        var above = new List<byte[]>();
        for (int first = 0; first < expected.Count; first += TilePath.FullWidth)
        {
            TilePath path = TilePath.Of(first / TilePath.FullWidth, expected.Count);
            byte[] hashes = await GetTileAsync($"tile/{level}/{path}", path.Width, cancellationToken);
            var tile = new MerklePeaks();
            for (int i = 0; i < path.Width; i++)
            {
                tile.Add(expected[first + i]);
                if (!hashes.AsSpan(i * HashSize, HashSize).SequenceEqual(expected[first + i]))
                {
                    findings.Add($"第{level}层瓦片{path}与其下的叶不符 / Tile {path} of level {level} is not made of the leaves below");
                    break;
                }
            }

            if (path.IsFull)
            {
                above.Add(tile.Root());
            }
        }

        return above;
    }

    private async Task CompareRecordsAsync(TilePath path, byte[] hashes, List<string> findings, CancellationToken cancellationToken)
    {
        byte[] bundle = await GetAsync($"tile/entries/{path}", cancellationToken);
        int position = 0;
        for (int i = 0; i < path.Width; i++)
        {
            int length = bundle.Length - position >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(bundle.AsSpan(position)) : int.MaxValue;
            if (length > bundle.Length - position - 2)
            {
                throw Unusable($"tile/entries/{path}", "too short");
            }

            if (!MerkleHash.Leaf(bundle.AsSpan(position + 2, length)).AsSpan().SequenceEqual(hashes.AsSpan(i * HashSize, HashSize)))
            {
                long index = (path.Number * TilePath.FullWidth) + i;
                findings.Add($"第{index}条记录与其叶不符 / Record {index} is not the one its leaf was made of");
            }

            position += 2 + length;
        }
    }

    private async Task<byte[]> GetTileAsync(string path, int width, CancellationToken cancellationToken)
    {
        byte[] hashes = await GetAsync(path, cancellationToken);
        return hashes.Length == width * HashSize ? hashes : throw Unusable(path, $"{hashes.Length} bytes");
    }

    private async Task<byte[]> GetAsync(string path, CancellationToken cancellationToken) =>
        await TryGetAsync(path, cancellationToken) ?? throw Unusable(path, "404");

    private async Task<byte[]?> TryGetAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(root, path));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => await response.Content.ReadAsByteArrayAsync(cancellationToken),
                HttpStatusCode.NotFound => null,
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => throw new CliException(CliExit.NoPermission, $"令牌不能读取记录（{(int)response.StatusCode}） / the token may not read records ({(int)response.StatusCode})", "请给审计员的令牌；不给则只校验树 / give the token of an auditor, or none to check the tree alone"),
                _ => throw Unusable(path, ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            };
        }
        catch (HttpRequestException exception)
        {
            throw Unusable(path, exception.Message);
        }
    }

    private CliException Unusable(string path, string what) =>
        new(CliExit.Unavailable, $"日志服务未正确应答：{new Uri(root, path)}: {what} / the log did not answer usefully: {new Uri(root, path)}: {what}", "the address ends where checkpoint and tile begin, as https://pki.example.cn/audit/");
}
