using System.CommandLine;
using System.Data.Common;
using System.Text.Json.Nodes;
using ESign.Cli.Progress;
using ESign.Pki.Transparency;

namespace ESign.Cli.Commands;

/// <summary><c>esign audit verify DATABASE --key KEY</c>: whether anything in a service's audit log was altered, moved or removed.</summary>
internal static class AuditCommand
{
    public static Command Create(CliContext context)
    {
        var database = new Argument<string>("DATABASE") { Description = "服务的SQLite文件 / the service's SQLite file" };
        var key = new Option<string>("--key") { Required = true, Description = "日志公钥（PEM） / the log's public key in PEM, from /api/v1/audit/key" };
        var checkpoints = new Option<string[]>("--checkpoint") { Description = "另存的检查点文件 / checkpoints kept elsewhere: they show what was cut off the end" };
        var json = new Option<bool>(CliJson.OptionName) { Description = "以 JSON 输出 / print JSON" };
        var verify = new Command("verify", "校验审计日志 / Check the audit log from its records.") { database, key, checkpoints, json };
        verify.SetAction(async (parsed, cancellationToken) =>
        {
            using ProgressLine waiting = context.ShowWaiting("校验审计日志 / checking the audit log");
            LogVerdict verdict = await VerifyAsync(parsed.GetValue(database)!, parsed.GetValue(key)!, parsed.GetValue(checkpoints) ?? [], cancellationToken);
            waiting.Dispose(); // the result takes its place
            Print(context, verdict, parsed.GetValue(json));
            return verdict.IsIntact ? CliExit.Success : CliExit.Invalid;
        });
        return new Command("audit", "审计日志 / The audit log.") { verify, AuditEvidenceCommand.Create(context) };
    }

    private static async Task<LogVerdict> VerifyAsync(string database, string keyFile, string[] checkpointFiles, CancellationToken cancellationToken)
    {
        AuditDatabase audit = AuditDatabase.Open(database, keyFile);
        string[] kept = [.. checkpointFiles.Select(static file => System.Text.Encoding.UTF8.GetString(CliContext.ReadInput(file)))];
        try
        {
            return await new LogVerifier(audit.PublicKey, audit.Algorithm).VerifyAsync(audit.Log, kept, cancellationToken);
        }
        catch (DbException exception)
        {
            throw AuditDatabase.Damaged(exception);
        }
    }

    private static void Print(CliContext context, LogVerdict verdict, bool asJson)
    {
        string root = Convert.ToBase64String(verdict.RootHash.Span);
        if (asJson)
        {
            var json = new JsonObject
            {
                ["intact"] = verdict.IsIntact,
                ["size"] = verdict.Size,
                ["root"] = root,
                ["checkpoints"] = verdict.Checkpoints,
                ["findings"] = new JsonArray([.. verdict.Findings.Select(static finding => (JsonNode)finding)]),
            };
            context.Output.WriteLine(CliJson.Line(json));
            return;
        }

        context.Output.WriteLine($"{(verdict.IsIntact ? "完整 / intact" : "不完整 / NOT intact")}: {verdict.Size} 条记录 / records, {verdict.Checkpoints} 个检查点相符 / checkpoints agree");
        context.Output.WriteLine($"root {root}");
        foreach (string finding in verdict.Findings)
        {
            context.Output.WriteLine("- " + finding);
        }
    }
}
