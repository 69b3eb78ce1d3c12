using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Pki.Transparency;
using ESign.Testing;

namespace ESign.Pdf.Tests.Reporting;

/// <summary>A platform's evidence about one contract, with a real log behind it. <c>docs/schemas/evidence.example.json</c> was made by it.</summary>
internal static class ExampleEvidence
{
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public static string ExamplePath => Repository.PathTo("docs", "schemas", "evidence.example.json");

    public static byte[] Utf8(JsonObject evidence) => Encoding.UTF8.GetBytes(evidence.ToJsonString(s_readable) + "\n");

    /// <summary>Evidence for a document; with a timestamp authority its checkpoint is stamped.</summary>
    public static async Task<JsonObject> CreateAsync(byte[] original, ITimestampSource? timestamps = null)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(original));
        var evidence = (JsonObject)JsonNode.Parse(Template.Replace("{digest}", digest, StringComparison.Ordinal))!;
        evidence["log"] = await LogAsync(evidence["timeline"]!.AsArray(), timestamps);
        return evidence;
    }

    private static async Task<JsonObject> LogAsync(JsonArray timeline, ITimestampSource? timestamps)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        var log = new InMemoryTransparencyLog();
        using var key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        byte[][] records = [.. timeline.Select(item => Encoding.UTF8.GetBytes(Record(item!.AsObject())))];
        await log.AppendAsync([.. records.Select(record => (ReadOnlyMemory<byte>)record)], cancellationToken);
        MerkleTree tree = await log.OpenTreeAsync(cancellationToken);
        string note = await new Checkpoint("esign.example/audit", tree.Size, await tree.RootAsync(tree.Size, cancellationToken)).SignAsync(key, cancellationToken);
        var proofs = new JsonArray();
        for (int i = 0; i < records.Length; i++)
        {
            IReadOnlyList<byte[]> path = await tree.ProveInclusionAsync(i, tree.Size, cancellationToken);
            proofs.Add(new JsonObject { ["index"] = i, ["record"] = Convert.ToBase64String(records[i]), ["path"] = new JsonArray([.. path.Select(hash => JsonValue.Create(Convert.ToBase64String(hash)))]) });
        }

        var anchors = new JsonArray(new JsonObject { ["kind"] = "至信链", ["reference"] = "示例存证编号 0001", ["time"] = "2026-01-06T17:00:00+08:00" });
        if (timestamps is not null)
        {
            TimestampToken token = await timestamps.GetTimestampAsync(DigestAlgorithm.Sha256, SHA256.HashData(Encoding.UTF8.GetBytes(note)), cancellationToken);
            anchors.Add(new JsonObject { ["kind"] = "timestamp", ["token"] = Convert.ToBase64String(token.RawData.Span) });
        }

        return new JsonObject
        {
            ["checkpoint"] = note,
            ["publicKey"] = Convert.ToBase64String(key.SubjectPublicKeyInfo.Span),
            ["algorithm"] = "ECDSA-P256-SHA256",
            ["proofs"] = proofs,
            ["anchors"] = anchors,
        };
    }

    // What the platform's log kept when the event happened.
    private static string Record(JsonObject item)
    {
        var record = new JsonObject();
        foreach (string name in (string[])["type", "at", "actor", "ip"])
        {
            record[name] = item[name]?.DeepClone();
        }

        return record.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    private const string Template = """
        {
          "version": 1,
          "platform": "示例电子签平台",
          "contract": { "id": "HT-2026-000128", "name": "软件开发与技术服务合同", "type": "技术服务合同", "originalSha256": "{digest}",
            "attachments": [ { "name": "附件一 需求说明书.pdf", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "size": 182044 } ] },
          "flow": { "id": "F20260106001", "initiator": "深圳示例科技有限公司", "createdAt": "2026-01-06T15:02:11+08:00", "deadline": "2027-01-06T15:02:11+08:00",
            "order": "ordered", "status": "已签署", "completedAt": "2026-01-06T16:20:31+08:00", "links": [] },
          "parties": [
            { "id": "a", "type": "enterprise", "name": "深圳示例科技有限公司", "identifier": "91350100M000100Y43", "role": "甲方", "account": "13812345678",
              "operator": { "name": "李四光", "identifier": "440524188001010014", "mobile": "13812345678" },
              "identity": { "method": "bank-transfer", "provider": "示例银行", "verifiedAt": "2025-11-02T10:00:00+08:00", "resultId": "BT-77120", "assurance": "formal" } },
            { "id": "c", "type": "person", "name": "张三", "identifier": "11010519491231002X", "role": "丙方", "account": "zhangsan@example.cn",
              "identity": { "method": "face", "provider": "示例人脸核身", "verifiedAt": "2026-01-06T16:18:02+08:00", "resultId": "FACE-20260106-8842", "assurance": "formal" } }
          ],
          "willingness": [
            { "party": "a", "field": "甲方", "method": "sms-code", "target": "13812345678", "requestedAt": "2026-01-06T15:30:01+08:00", "succeededAt": "2026-01-06T15:30:24+08:00",
              "attempts": 1, "provider": "示例短信", "receiptId": "SMS-3391", "documentSha256": "{digest}", "preReadSeconds": 12 },
            { "party": "c", "field": "丙方", "method": "face", "requestedAt": "2026-01-06T16:19:40+08:00", "succeededAt": "2026-01-06T16:20:12+08:00",
              "attempts": 2, "provider": "示例人脸核身", "receiptId": "FACE-20260106-8851", "documentSha256": "{digest}", "preReadSeconds": 15 }
          ],
          "seals": [
            { "id": "S-1001", "party": "a", "type": "contract", "name": "合同专用章", "field": "甲方", "widthMillimeters": 42, "heightMillimeters": 42,
              "imageSha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752", "status": "启用", "grantedBy": "王五", "grantedUntil": "2026-12-31T23:59:59+08:00",
              "approval": { "by": "王五", "at": "2026-01-06T15:20:00+08:00", "result": "同意" } }
          ],
          "timeline": [
            { "type": "created", "at": "2026-01-06T15:02:11+08:00", "actor": "李四光", "ip": "203.0.113.24", "userAgent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "logIndex": 0 },
            { "type": "notified", "at": "2026-01-06T15:02:13+08:00", "actor": "平台", "detail": "短信通知丙方", "logIndex": 1 },
            { "type": "viewed", "at": "2026-01-06T15:29:40+08:00", "actor": "李四光", "ip": "203.0.113.24", "logIndex": 2 },
            { "type": "verified", "at": "2026-01-06T15:30:24+08:00", "actor": "李四光", "ip": "203.0.113.24", "detail": "短信验证码", "logIndex": 3 },
            { "type": "signed", "at": "2026-01-06T15:30:26+08:00", "actor": "李四光", "ip": "203.0.113.24", "logIndex": 4 },
            { "type": "viewed", "at": "2026-01-06T16:19:20+08:00", "actor": "张三", "ip": "2001:db8::17", "userAgent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", "logIndex": 5 },
            { "type": "signed", "at": "2026-01-06T16:20:30+08:00", "actor": "张三", "ip": "2001:db8::17", "logIndex": 6 },
            { "type": "completed", "at": "2026-01-06T16:20:31+08:00", "actor": "平台", "logIndex": 7 }
          ]
        }
        """;
}
