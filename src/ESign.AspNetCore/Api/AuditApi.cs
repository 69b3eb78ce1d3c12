using System.Text.Json;
using ESign.AspNetCore.Access;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Operations;
using ESign.Pki.Transparency;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Api;

/// <summary><c>/api/v1/audit</c>: checkpoints and proofs for everybody, records for auditors.</summary>
internal static class AuditApi
{
    private const int MaximumPage = 1000;

    public static void Map(RouteGroupBuilder group)
    {
        group.WithTags("Audit");
        group.MapGet("/checkpoint", AuditTiles.GetCheckpointAsync).WithSummary("The newest signed checkpoint (C2SP tlog-checkpoint)");
        group.MapGet("/checkpoint/token", AuditTiles.GetTokenAsync).WithSummary("The timestamp token over the newest checkpoint");
        group.MapGet("/key", AuditTiles.GetKey).WithSummary("The key that signs checkpoints");
        group.MapGet("/records", ListAsync).WithSummary("Records in their order").Produces<IReadOnlyList<AuditRecordDocument>>();
        group.MapGet("/proofs/inclusion", ProveInclusionAsync).WithSummary("That a record is in a tree (RFC 6962 §2.1.1)").Produces<ProofDocument>();
        group.MapGet("/proofs/consistency", ProveConsistencyAsync).WithSummary("That a tree only grew (RFC 6962 §2.1.2)").Produces<ProofDocument>();
    }

    private static async Task<IReadOnlyList<AuditRecordDocument>> ListAsync(HttpContext context, long start, int? count, AccessControl access, ITransparencyLog log)
    {
        await access.RequireAsync(context, Permission.ReadAudit).ConfigureAwait(false);
        var records = new List<AuditRecordDocument>();
        await foreach (LogRecord record in log.ReadAsync(Math.Max(0, start), Math.Clamp(count ?? 100, 1, MaximumPage), context.RequestAborted).ConfigureAwait(false))
        {
            records.Add(new AuditRecordDocument(record.Index, JsonSerializer.Deserialize<JsonElement>(record.Content.Span), Convert.ToBase64String(record.Content.Span)));
        }

        return records;
    }

    private static async Task<ProofDocument> ProveInclusionAsync(HttpContext context, long leaf, long size, ITransparencyLog log)
    {
        MerkleTree tree = await log.OpenTreeAsync(context.RequestAborted).ConfigureAwait(false);
        if (leaf < 0 || leaf >= size || size > tree.Size)
        {
            throw OutOfRange(tree.Size);
        }

        return Describe(await tree.ProveInclusionAsync(leaf, size, context.RequestAborted).ConfigureAwait(false));
    }

    private static async Task<ProofDocument> ProveConsistencyAsync(HttpContext context, long from, long to, ITransparencyLog log)
    {
        MerkleTree tree = await log.OpenTreeAsync(context.RequestAborted).ConfigureAwait(false);
        if (from < 1 || from > to || to > tree.Size)
        {
            throw OutOfRange(tree.Size);
        }

        return Describe(await tree.ProveConsistencyAsync(from, to, context.RequestAborted).ConfigureAwait(false));
    }

    private static ProofDocument Describe(IReadOnlyList<byte[]> hashes) => new([.. hashes.Select(Convert.ToBase64String)]);

    private static RequestRefusedException OutOfRange(long size) =>
        new(StatusCodes.Status422UnprocessableEntity, "range", $"超出日志范围，日志有{size}条记录 / Outside the log, which has {size} records");

    /// <summary>One record: as JSON to read, and its bytes in base64, which the leaf hash covers.</summary>
    private sealed record AuditRecordDocument(long Index, JsonElement Record, string Content);

    /// <summary>A proof: its hashes in base64.</summary>
    private sealed record ProofDocument(IReadOnlyList<string> Hashes);
}
