using System.CommandLine;
using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using ESign.Pdf.Reporting;
using ESign.Pdf.Reporting.Evidence;
using ESign.Pdf.Verification;
using ESign.Pki.Transparency;

namespace ESign.Cli.Commands;

/// <summary><c>esign audit evidence DATABASE --key KEY --document signed.pdf</c>: what a service's audit log says about a document, as evidence for <c>esign report</c>.</summary>
/// <remarks>
/// The evidence carries the records themselves with their inclusion proofs, so that the report proves what it quotes. A record
/// belongs to the document if one of its values is a serial number of a signer's certificate or of a timestamp, or a digest of
/// a revision; <c>--about</c> adds others, such as a key's or an application's identifier.
/// </remarks>
internal sealed class AuditEvidenceCommand
{
    /// <summary>A contract has a few hundred events; more than this is somebody else's log.</summary>
    private const int MaximumRecords = 10_000;

    private readonly Argument<string> _database = new("DATABASE") { Description = "服务的SQLite文件 / the service's SQLite file" };
    private readonly Option<string> _key = new("--key") { Required = true, Description = "日志公钥（PEM） / the log's public key in PEM, from /api/v1/audit/key" };
    private readonly Option<string?> _document = new("--document") { Description = "已签署的 PDF / the signed PDF: its signers' and timestamps' serial numbers and its digests are looked for" };
    private readonly Option<string?> _password = new("--pdf-password") { Description = "打开文件的密码 / the password that opens the file" };
    private readonly Option<string[]> _about = new("--about") { AllowMultipleArgumentsPerToken = true, Description = "另要查找的值 / further values to look for: a key's, application's or request's identifier" };
    private readonly Option<string?> _platform = new("--platform") { Description = "平台名称 / who states this: the operator of the service" };
    private readonly Option<string> _out = new("--out") { Required = true, Description = "证据文件 / where to write the evidence, for `esign report --evidence`" };
    private readonly Option<bool> _json = CliJson.CreateOption();
    private readonly CliContext _context;

    private AuditEvidenceCommand(CliContext context) => _context = context;

    public static Command Create(CliContext context)
    {
        var evidence = new AuditEvidenceCommand(context);
        var command = new Command("evidence", "从审计日志导出证据 / Write what the log says about a document as evidence for a signing report.")
        {
            evidence._database, evidence._key, evidence._document, evidence._password, evidence._about, evidence._platform, evidence._out, evidence._json,
        };
        command.SetAction(evidence.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        HashSet<string> wanted = [.. parsed.GetValue(_about) ?? []];
        if (parsed.GetValue(_document) is { } document)
        {
            wanted.UnionWith(await IdentifiersOfAsync(document, parsed.GetValue(_password), cancellationToken));
        }

        if (wanted.Count == 0)
        {
            throw new CliException(CliExit.Usage, "要查找什么？ / What is to be looked for?", $"请给出 {_document.Name} 或 {_about.Name} / give {_document.Name} or {_about.Name}");
        }

        AuditDatabase audit = AuditDatabase.Open(parsed.GetRequiredValue(_database), parsed.GetRequiredValue(_key));
        EvidenceFile evidence;
        using (_context.ShowWaiting("读取审计日志 / reading the audit log"))
        {
            evidence = await CollectAsync(audit, wanted, cancellationToken) with { Platform = parsed.GetValue(_platform) };
        }

        string output = parsed.GetRequiredValue(_out);
        await OutputFile.WriteAsync(output, stream => JsonSerializer.SerializeAsync(stream, evidence, EvidenceJsonContext.Default.EvidenceFile, cancellationToken));
        int proven = evidence.Log?.Proofs.Count ?? 0;
        _context.Output.WriteLine(parsed.GetValue(_json)
            ? CliJson.Line(new JsonObject { ["out"] = output, ["records"] = evidence.Timeline.Count, ["proofs"] = proven })
            : $"{output}: " + ReportTerms.In(_context.Language, $"{evidence.Timeline.Count} 条记录，{proven} 条有证明 / {evidence.Timeline.Count} records, {proven} with proof"));
        return CliExit.Success;
    }

    /// <summary>What records about a document are known by.</summary>
    private async Task<IEnumerable<string>> IdentifiersOfAsync(string path, string? password, CancellationToken cancellationToken)
    {
        VerificationResult result = await VerificationArguments.VerifyAsync(_context, path, new VerificationPolicy { IntegrityOnly = true, Password = password, Clock = _context.Clock }, cancellationToken);
        ReportedDocument document = ReportFiles.ReadDocument(_context, path, password);
        return
        [
            .. result.Signatures.Select(signature => signature.Certificate?.SerialNumberHex).OfType<string>(),
            .. result.Signatures.SelectMany(signature => signature.Timestamps).Select(timestamp => timestamp.Token).OfType<Pki.Timestamping.TimestampToken>()
                .Select(token => Convert.ToHexStringLower(token.SerialNumber.Span)),
            .. document.Revisions.Select(revision => Convert.ToHexStringLower(revision.Sha256)),
        ];
    }

    private static async Task<EvidenceFile> CollectAsync(AuditDatabase audit, HashSet<string> wanted, CancellationToken cancellationToken)
    {
        try
        {
            MerkleTree tree = await audit.Log.OpenTreeAsync(cancellationToken);
            SavedCheckpoint? checkpoint = await NewestAsync(audit, cancellationToken);
            var timeline = new List<EvidenceEvent>();
            var proofs = new List<EvidenceProof>();
            await foreach (LogRecord record in audit.Log.ReadAsync(0, tree.Size, cancellationToken))
            {
                if (ReadEvent(record, wanted) is not { } item)
                {
                    continue;
                }

                timeline.Add(timeline.Count < MaximumRecords ? item
                    : throw new CliException(CliExit.DataError, $"超过 {MaximumRecords} 条记录相符 / more than {MaximumRecords} records match", "请缩小查找范围 / look for something narrower"));
                if (checkpoint is not null && record.Index < checkpoint.Size)
                {
                    IReadOnlyList<byte[]> path = await tree.ProveInclusionAsync(record.Index, checkpoint.Size, cancellationToken);
                    proofs.Add(new EvidenceProof { Index = record.Index, Record = Convert.ToBase64String(record.Content.Span), Path = [.. path.Select(Convert.ToBase64String)] });
                }
            }

            return new EvidenceFile { Version = 1, Timeline = timeline, Log = checkpoint is null ? null : LogOf(audit, checkpoint, proofs) };
        }
        catch (DbException exception)
        {
            throw AuditDatabase.Damaged(exception);
        }
    }

    private static async Task<SavedCheckpoint?> NewestAsync(AuditDatabase audit, CancellationToken cancellationToken)
    {
        SavedCheckpoint? newest = null;
        await foreach (SavedCheckpoint checkpoint in audit.Log.ListCheckpointsAsync(cancellationToken: cancellationToken))
        {
            newest = newest is null || checkpoint.Size > newest.Size ? checkpoint : newest;
        }

        return newest;
    }

    private static EvidenceLog LogOf(AuditDatabase audit, SavedCheckpoint checkpoint, IReadOnlyList<EvidenceProof> proofs) => new()
    {
        Checkpoint = checkpoint.Note,
        PublicKey = Convert.ToBase64String(audit.PublicKey),
        Algorithm = audit.Algorithm.Name,
        Proofs = proofs,
        Anchors = checkpoint.TimestampToken.IsEmpty ? [] : [new EvidenceAnchor { Kind = "timestamp", Token = Convert.ToBase64String(checkpoint.TimestampToken.Span) }],
    };

    /// <summary>The record as an event of the timeline; null when none of its values is looked for, or it is none of the service's.</summary>
    private static EvidenceEvent? ReadEvent(LogRecord record, HashSet<string> wanted)
    {
        JsonObject? entry;
        try
        {
            entry = JsonNode.Parse(record.Content.Span) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }

        (string Name, string Value)[] members = [.. (entry ?? []).Where(member => member.Value?.GetValueKind() == JsonValueKind.String).Select(member => (member.Key, member.Value!.GetValue<string>()))];
        string? Text(string name) => members.FirstOrDefault(member => member.Name == name).Value;
        return members.Any(member => wanted.Contains(member.Value)) && Text("action") is { } action && EvidenceTime.TryParse(Text("time"), out DateTimeOffset at)
            ? new EvidenceEvent
            {
                Type = action,
                At = at,
                Actor = Text("actor"),
                Ip = Text("address"),
                Detail = string.Join('\n', members.Where(member => member.Name is not ("action" or "time" or "actor" or "address" or "requestId")).Select(member => $"{member.Name}: {member.Value}")),
                LogIndex = record.Index,
            }
            : null;
    }
}
