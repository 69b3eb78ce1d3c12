using System.Text;
using System.Text.Json;
using ESign.Pdf.Reporting.Evidence;
using ESign.Pki.Cms;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Pki.Transparency;

namespace ESign.Pdf.Reporting;

/// <summary>Checks what the evidence says about the platform's log: the checkpoint's signature, every inclusion proof, the anchors.</summary>
/// <remarks>
/// RFC 6962 §2.1.1 and C2SP tlog-checkpoint. A proof shows that a record is in the log the checkpoint signs; that the event
/// on the page is that record is checked apart: its type, time and actor must be those of the record.
/// </remarks>
internal sealed class LogProofs
{
    /// <summary>More proofs than this are not checked: a contract has a few hundred events.</summary>
    private const int MaximumProofs = 10_000;

    /// <summary>A tree of 2⁶³ records has paths of 63 hashes.</summary>
    private const int MaximumPath = 63;

    private readonly Dictionary<long, LogProof> _byIndex = [];

    private LogProofs(EvidenceLog log, ReadOnlyMemory<byte> publicKey, Checkpoint? checkpoint)
    {
        Log = log;
        PublicKey = publicKey;
        Checkpoint = checkpoint;
        foreach (EvidenceProof proof in log.Proofs.Take(MaximumProofs))
        {
            byte[] record = Decode(proof.Record);
            _byIndex[proof.Index] = new LogProof(proof.Index, record, Holds(proof, record));
        }
    }

    public EvidenceLog Log { get; }

    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>The checkpoint; null when its signature is wrong, and then nothing is proven.</summary>
    public Checkpoint? Checkpoint { get; }

    /// <summary>The proofs, in the order of the log.</summary>
    public IReadOnlyList<LogProof> All => [.. _byIndex.Values.OrderBy(proof => proof.Index)];

    public static LogProofs Check(EvidenceLog log)
    {
        byte[] publicKey = Decode(log.PublicKey);
        Checkpoint? checkpoint = null;
        if (SignatureAlgorithm.FromName(log.Algorithm) is { } algorithm && publicKey.Length > 0)
        {
            Checkpoint.TryVerify(log.Checkpoint, publicKey, algorithm, out checkpoint);
        }

        return new LogProofs(log, publicKey, checkpoint);
    }

    /// <summary>What the log says about an event.</summary>
    public EventProof Judge(EvidenceEvent item)
    {
        if (item.LogIndex is not { } index || !_byIndex.TryGetValue(index, out LogProof? proof))
        {
            return EventProof.Missing;
        }

        return Checkpoint is null ? EventProof.NoCheckpoint
            : !proof.Holds ? EventProof.Failed
            : Says(proof.Record, item) ? EventProof.Proved
            : EventProof.Differs;
    }

    /// <summary>Whether an RFC 3161 token stamps the bytes of the checkpoint; null when the anchor has none.</summary>
    public bool? Stamps(EvidenceAnchor anchor)
    {
        if (anchor.Token is not { } encoded)
        {
            return null;
        }

        return TimestampToken.TryDecode(Decode(encoded), out TimestampToken? token)
            && token.Verify(SignedContent.FromBytes(Encoding.UTF8.GetBytes(Log.Checkpoint))).IsValid;
    }

    /// <summary>The time a token states; null when it cannot be read.</summary>
    public static DateTimeOffset? TimeOf(EvidenceAnchor anchor) =>
        anchor.Token is { } encoded && TimestampToken.TryDecode(Decode(encoded), out TimestampToken? token) ? token.Time : anchor.Time;

    private bool Holds(EvidenceProof proof, byte[] record) =>
        Checkpoint is not null
        && proof.Path.Count <= MaximumPath
        && MerkleProof.VerifyInclusion(record, proof.Index, Checkpoint.Size, Checkpoint.RootHash.Span, [.. proof.Path.Select(Decode)]);

    // The record is a JSON object of the audit log (ESign's own says "time", "action" and "address"). What the event states must be
    // what the record states; it may state less.
    private static bool Says(byte[] record, EvidenceEvent item)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(record, new JsonDocumentOptions { MaxDepth = 32 });
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && (Text(root, "type") ?? Text(root, "action")) == item.Type
                && EvidenceTime.TryParse(Text(root, "at") ?? Text(root, "time"), out DateTimeOffset at) && at == item.At
                && (item.Actor is null || Text(root, "actor") == item.Actor)
                && (item.Ip is null || (Text(root, "ip") ?? Text(root, "address")) == item.Ip);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException) // the latter: escaped lone surrogates
        {
            return false;
        }
    }

    private static string? Text(JsonElement record, string name) =>
        record.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[] Decode(string base64)
    {
        byte[] buffer = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, buffer, out int length) ? buffer[..length] : [];
    }
}
