using System.CommandLine;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ESign.Cli.Progress;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;
using ESign.Pki.Transparency;
using ESign.Storage;

namespace ESign.Cli.Commands;

/// <summary><c>esign audit verify DATABASE --key KEY</c>: whether anything in a service's audit log was altered, moved or removed.</summary>
internal static class AuditCommand
{
    public static Command Create(CliContext context)
    {
        var database = new Argument<string>("DATABASE") { Description = "服务的SQLite文件 / the service's SQLite file" };
        var key = new Option<string>("--key") { Required = true, Description = "日志公钥（PEM） / the log's public key in PEM, from /api/v1/audit/key" };
        var checkpoints = new Option<string[]>("--checkpoint") { Description = "另存的检查点文件 / checkpoints kept elsewhere: they show what was cut off the end" };
        var json = new Option<bool>("--json") { Description = "以 JSON 输出 / print JSON" };
        var verify = new Command("verify", "校验审计日志 / Check the audit log from its records.") { database, key, checkpoints, json };
        verify.SetAction(async (parsed, cancellationToken) =>
        {
            using ProgressLine waiting = context.ShowWaiting("校验审计日志 / checking the audit log");
            LogVerdict verdict = await VerifyAsync(parsed.GetValue(database)!, parsed.GetValue(key)!, parsed.GetValue(checkpoints) ?? [], cancellationToken);
            waiting.Dispose(); // the result takes its place
            Print(context, verdict, parsed.GetValue(json));
            return verdict.IsIntact ? CliExit.Success : CliExit.Invalid;
        });
        return new Command("audit", "审计日志 / The audit log.") { verify };
    }

    private static async Task<LogVerdict> VerifyAsync(string database, string keyFile, string[] checkpointFiles, CancellationToken cancellationToken)
    {
        if (!File.Exists(database))
        {
            throw new CliException(CliExit.NoInput, $"没有该文件 / no such file: {database}", "give the service's esign.db");
        }

        byte[] key = ReadKey(keyFile);
        SignatureAlgorithm algorithm = AlgorithmOf(key, keyFile);
        string[] kept = [.. checkpointFiles.Select(static file => System.Text.Encoding.UTF8.GetString(CliContext.ReadInput(file)))];
        try
        {
            return await new LogVerifier(key, algorithm).VerifyAsync(SqlTransparencyLog.OpenSqliteReadOnly(database), kept, cancellationToken);
        }
        catch (DbException exception)
        {
            throw new CliException(CliExit.DataError, $"无法读取日志 / the log cannot be read: {exception.Message}", "give the service's esign.db, or a copy made while the service was stopped", exception);
        }
    }

    private static byte[] ReadKey(string file)
    {
        string pem = System.Text.Encoding.UTF8.GetString(CliContext.ReadInput(file));
        return PemEncoding.TryFind(pem, out PemFields fields) && pem.AsSpan(fields.Label).SequenceEqual("PUBLIC KEY")
            ? Convert.FromBase64String(pem[fields.Base64Data])
            : throw new CliException(CliExit.DataError, $"不是公钥文件 / no PUBLIC KEY block in {file}", "fetch /api/v1/audit/key from the service");
    }

    private static SignatureAlgorithm AlgorithmOf(byte[] key, string file)
    {
        try
        {
            AlgorithmIdentifier algorithm = SubjectPublicKeyInfo.Decode(key).Algorithm;
            bool isRsa = string.Equals(algorithm.Oid, "1.2.840.113549.1.1.1", StringComparison.Ordinal);
            return (isRsa ? SignatureAlgorithm.RsaPkcs1Sha256 : SignatureAlgorithm.FromCurve(new DerReader(algorithm.Parameters).ReadObjectIdentifier()))
                ?? throw new CliException(CliExit.DataError, $"不支持的曲线 / a curve that is not supported: {file}", "fetch the key again");
        }
        catch (Asn1FormatException exception)
        {
            throw new CliException(CliExit.DataError, $"公钥已损坏 / the key is damaged: {exception.Message}", "fetch /api/v1/audit/key from the service", exception);
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
