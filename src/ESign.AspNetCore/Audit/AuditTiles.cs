using System.Buffers.Binary;
using System.Text;
using ESign.AspNetCore.Access;
using ESign.AspNetCore.Operations;
using ESign.Pki.Transparency;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Audit;

/// <summary><c>/audit</c>: the log as tiles, so that anybody can check it with nothing but hashes; its records for auditors.</summary>
/// <remarks>
/// C2SP tlog-tiles: <c>checkpoint</c>, <c>tile/L/N</c>, <c>tile/entries/N</c>, partial tiles <c>.p/W</c>. Beside them <c>checkpoint.tst</c> (<c>?size=</c> for an earlier one), the RFC 3161
/// token over the checkpoint, and <c>key.pem</c>. Tiles never change: they may be kept for ever.
/// </remarks>
internal static class AuditTiles
{
    private const string Immutable = "public, max-age=31536000, immutable";

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/checkpoint", GetCheckpointAsync);
        group.MapGet("/checkpoint.tst", GetTokenAsync);
        group.MapGet("/key.pem", GetKey);
        group.MapGet("/tile/entries/{**path}", GetEntriesAsync);
        group.MapGet("/tile/{level:int}/{**path}", GetTileAsync);
    }

    /// <summary>The newest checkpoint.</summary>
    public static async Task<IResult> GetCheckpointAsync(HttpContext context, CheckpointPublisher publisher) =>
        Results.Text((await publisher.PublishAsync(context.RequestAborted).ConfigureAwait(false)).Note, "text/plain", Encoding.UTF8);

    /// <summary>The key that signs checkpoints.</summary>
    public static IResult GetKey(AuditKey key) => Results.Text(key.ToPem(), "application/x-pem-file");

    /// <summary>The token over the newest checkpoint, or over the one of a size: a log that grows has a newer one with every look.</summary>
    public static async Task<IResult> GetTokenAsync(HttpContext context, CheckpointPublisher publisher, long? size = null)
    {
        SavedCheckpoint? checkpoint = size is { } given
            ? await publisher.FindAsync(given, context.RequestAborted).ConfigureAwait(false)
            : await publisher.PublishAsync(context.RequestAborted).ConfigureAwait(false);
        return checkpoint is not { TimestampToken.IsEmpty: false }
            ? throw new RequestRefusedException(StatusCodes.Status404NotFound, "not-stamped", "该检查点没有时间戳 / The checkpoint was not timestamped")
            : Results.Bytes(checkpoint.TimestampToken, "application/timestamp-token");
    }

    private static async Task<IResult> GetTileAsync(HttpContext context, int level, string path, ITransparencyLog log)
    {
        TilePath tile = Parse(path);
        MerkleTree tree = await log.OpenTreeAsync(context.RequestAborted).ConfigureAwait(false);
        byte[] hashes = await tree.ReadTileAsync(level, tile, context.RequestAborted).ConfigureAwait(false) ?? throw Missing();
        context.Response.Headers.CacheControl = Immutable;
        return Results.Bytes(hashes, "application/octet-stream");
    }

    // "entry bundles": each record behind its length in two octets, big-endian.
    private static async Task<IResult> GetEntriesAsync(HttpContext context, string path, AccessControl access, ITransparencyLog log)
    {
        await access.RequireAsync(context, Permission.ReadAudit).ConfigureAwait(false);
        TilePath tile = Parse(path);
        using var bundle = new MemoryStream();
        byte[] length = new byte[2];
        int count = 0;
        await foreach (LogRecord record in log.ReadAsync(tile.Number * TilePath.FullWidth, tile.Width, context.RequestAborted).ConfigureAwait(false))
        {
            BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)record.Content.Length));
            bundle.Write(length);
            bundle.Write(record.Content.Span);
            count++;
        }

        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return count == tile.Width ? Results.Bytes(bundle.ToArray(), "application/octet-stream") : throw Missing();
    }

    private static TilePath Parse(string path) => TilePath.TryParse(path, out TilePath tile)
        ? tile
        : throw new RequestRefusedException(StatusCodes.Status400BadRequest, "tile", "瓦片地址格式错误 / Not the address of a tile (C2SP tlog-tiles)");

    private static RequestRefusedException Missing() => new(StatusCodes.Status404NotFound, "no-such-tile", "日志尚无该瓦片 / The log has no such tile yet");
}
