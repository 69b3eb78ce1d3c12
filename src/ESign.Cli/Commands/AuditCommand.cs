using System.CommandLine;
using System.Data.Common;
using System.Text.Json.Nodes;
using ESign.Cli.Audit;
using ESign.Cli.Progress;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Pki.Transparency;

namespace ESign.Cli.Commands;

/// <summary><c>esign audit verify LOG --key KEY</c>: whether anything in a service's audit log was altered, moved or removed.</summary>
internal sealed class AuditCommand
{
    private readonly CliContext _context;
    private readonly Argument<string> _log = new("LOG") { Description = "服务的SQLite文件，或日志地址 / the service's SQLite file, or the log's address, as https://pki.example.cn/audit/" };
    private readonly Option<string> _key = new("--key") { Required = true, Description = "日志公钥（PEM） / the log's public key in PEM, from /audit/key.pem" };
    private readonly Option<string[]> _checkpoints = new("--checkpoint") { Description = "另存的检查点文件 / checkpoints kept elsewhere: they show what was cut off the end" };
    private readonly Option<string?> _token = new("--token-file") { Description = "审计员令牌文件：经 HTTP 同时校验记录 / a file with an auditor's token: records are checked too, over HTTP" };
    private readonly Option<bool> _json = CliJson.CreateOption();

    private AuditCommand(CliContext context) => _context = context;

    public static Command Create(CliContext context)
    {
        var command = new AuditCommand(context);
        var verify = new Command("verify", "校验审计日志 / Check the audit log from its records.") { command._log, command._key, command._checkpoints, command._token, command._json };
        verify.SetAction(command.VerifyAsync);
        return new Command("audit", "审计日志 / The audit log.") { verify, AuditEvidenceCommand.Create(context) };
    }

    private async Task<int> VerifyAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        (byte[] key, SignatureAlgorithm algorithm) = LogKey.Load(parsed.GetValue(_key)!);
        string[] kept = [.. (parsed.GetValue(_checkpoints) ?? []).Select(static file => CliContext.ReadText(file))];
        string log = parsed.GetValue(_log)!;
        using ProgressLine waiting = _context.ShowWaiting("校验审计日志 / checking the audit log");
        (LogVerdict verdict, IReadOnlyList<SavedCheckpoint> stamped) = Uri.TryCreate(log, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? await VerifySiteAsync(address!, parsed.GetValue(_token), key, algorithm, kept, cancellationToken)
            : await VerifyFileAsync(log, parsed.GetValue(_key)!, key, algorithm, kept, cancellationToken);
        List<string> findings = [.. verdict.Findings];
        DateTimeOffset? stampedAt = CheckStamps(stamped, findings);
        waiting.Dispose(); // the result takes its place
        Print(verdict with { Findings = findings }, stampedAt, parsed.GetValue(_json));
        return findings.Count == 0 ? CliExit.Success : CliExit.Invalid;
    }

    private static async Task<(LogVerdict, IReadOnlyList<SavedCheckpoint>)> VerifySiteAsync(Uri address, string? tokenFile, byte[] key, SignatureAlgorithm algorithm, string[] kept, CancellationToken cancellationToken)
    {
        string? token = tokenFile is null ? null : CliContext.ReadText(tokenFile).Trim();
        var root = new Uri(address.AbsoluteUri.TrimEnd('/') + "/");
        using var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) };
        using var client = new HttpClient(handler);
        (LogVerdict verdict, SavedCheckpoint newest) = await new LogSite(client, root, token).VerifyAsync(key, algorithm, kept, cancellationToken);
        return (verdict, [newest]);
    }

    private static async Task<(LogVerdict, IReadOnlyList<SavedCheckpoint>)> VerifyFileAsync(string database, string keyFile, byte[] key, SignatureAlgorithm algorithm, string[] kept, CancellationToken cancellationToken)
    {
        try
        {
            ITransparencyLog log = AuditDatabase.Open(database, keyFile).Log;
            LogVerdict verdict = await new LogVerifier(key, algorithm).VerifyAsync(log, kept, cancellationToken);
            var stamped = new List<SavedCheckpoint>();
            await foreach (SavedCheckpoint checkpoint in log.ListCheckpointsAsync(int.MaxValue, cancellationToken))
            {
                stamped.Add(checkpoint);
            }

            return (verdict, stamped);
        }
        catch (DbException exception)
        {
            throw AuditDatabase.Damaged(exception);
        }
    }

    // Whether the tokens are over their checkpoints; whom they come from is for esign verify --trust and the like.
    private static DateTimeOffset? CheckStamps(IEnumerable<SavedCheckpoint> checkpoints, List<string> findings)
    {
        DateTimeOffset? newest = null;
        foreach (SavedCheckpoint checkpoint in checkpoints.Where(static checkpoint => !checkpoint.TimestampToken.IsEmpty))
        {
            try
            {
                TimestampToken token = TimestampToken.Decode(checkpoint.TimestampToken);
                if (token.Verify(System.Text.Encoding.UTF8.GetBytes(checkpoint.Note)).IsValid)
                {
                    newest = newest > token.Info.Time ? newest : token.Info.Time;
                    continue;
                }
            }
            catch (Asn1FormatException)
            {
                // Reported like a token that does not fit.
            }

            findings.Add($"检查点（{checkpoint.Size}条记录）的时间戳无效 / The timestamp of the checkpoint over {checkpoint.Size} records is not one over it");
        }

        return newest;
    }

    private void Print(LogVerdict verdict, DateTimeOffset? stampedAt, bool asJson)
    {
        string root = Convert.ToBase64String(verdict.RootHash.Span);
        string? time = stampedAt?.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        if (asJson)
        {
            var json = new JsonObject
            {
                ["intact"] = verdict.IsIntact,
                ["size"] = verdict.Size,
                ["root"] = root,
                ["checkpoints"] = verdict.Checkpoints,
                ["stampedAt"] = time,
                ["findings"] = new JsonArray([.. verdict.Findings.Select(static finding => (JsonNode)finding)]),
            };
            _context.Output.WriteLine(CliJson.Line(json));
            return;
        }

        (string chinese, string english) = verdict.IsIntact ? ("完整", "intact") : ("不完整", "NOT intact");
        _context.WriteResult($"{chinese}：{verdict.Size} 条记录，{verdict.Checkpoints} 个检查点相符 / {english}: {verdict.Size} records, {verdict.Checkpoints} checkpoints agree");
        _context.Output.WriteLine($"root {root}");
        if (time is not null)
        {
            _context.WriteResult($"最近的检查点时间戳：{time} / newest checkpoint stamped at {time}");
        }

        foreach (string finding in verdict.Findings)
        {
            _context.Output.WriteLine("- " + finding);
        }
    }
}
