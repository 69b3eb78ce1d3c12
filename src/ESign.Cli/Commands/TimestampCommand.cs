using System.CommandLine;
using System.Text.Json.Nodes;
using ESign.Cli.Progress;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;

namespace ESign.Cli.Commands;

/// <summary><c>esign timestamp FILE --tsa URL</c>: has any file timestamped and writes the RFC 3161 token beside it; <c>--token</c> judges one instead.</summary>
internal static class TimestampCommand
{
    public static Command Create(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "要加时间戳的文件 / the file to stamp" };
        var tsa = new Option<string?>("--tsa") { Description = "时间戳服务地址 / the timestamp authority's address" };
        var digest = new Option<string>("--digest") { CompletionSources = { "SHA256", "SHA384", "SHA512", "SHA3-256", "SM3" }, DefaultValueFactory = _ => DigestAlgorithm.Sha256.Name, Description = "摘要算法：SHA256, SHA384, SHA512, SHA3-256, SM3 / the digest algorithm: SHA256, SHA384, SHA512, SHA3-256, SM3" };
        var policy = new Option<string?>("--policy") { Description = "要求的策略 / the policy to ask for (OID)" };
        var output = new Option<string?>("--out") { Description = "输出文件，默认 FILE.tst / where to write the token; FILE.tst unless given" };
        var json = CliJson.CreateOption();
        var check = new TimestampCheck(context);
        var command = new Command("timestamp", "为文件加时间戳，或验证时间戳 / Have a file timestamped (RFC 3161), or judge a token: exit code 0: valid, 1: invalid, 2: undetermined.") { file, tsa, digest, policy, output, json };
        foreach (Option option in check.Options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetValue(file)!;
            string? address = parsed.GetValue(tsa);
            if (address is null == check.TokenFile(parsed) is null)
            {
                throw new CliException(CliExit.Usage, "须给出 --tsa 或 --token 之一 / give either --tsa or --token", "--tsa 申请时间戳，--token 验证已有的 / --tsa asks for a timestamp, --token judges one");
            }

            if (check.TokenFile(parsed) is { } token)
            {
                return await check.RunAsync(parsed, token, path, parsed.GetValue(json), cancellationToken);
            }

            string target = parsed.GetValue(output) ?? path + ".tst";
            DigestAlgorithm algorithm = FindDigest(parsed.GetValue(digest)!);
            string? policyOid = parsed.GetValue(policy) is { } oid ? GivenValues.ParseOid(oid, "--policy") : null;
            TimestampToken made = await StampAsync(context, path, algorithm, GivenValues.ParseAddress(address!, "--tsa http://127.0.0.1:5080/tsa"), policyOid, cancellationToken);
            Write(target, made);
            Print(context, made, target, parsed.GetValue(json));
            return CliExit.Success;
        });
        return command;
    }

    private static DigestAlgorithm FindDigest(string name) =>
        DigestAlgorithm.All.FirstOrDefault(digest => digest.IsAcceptableForSigning && string.Equals(digest.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new CliException(CliExit.Usage, $"不支持的摘要算法：{name} / no digest to stamp with: {name}", "请用 SHA256 / use SHA256");

    private static async Task<TimestampToken> StampAsync(CliContext context, string path, DigestAlgorithm algorithm, Uri address, string? policy, CancellationToken cancellationToken)
    {
        byte[] imprint = await FileDigest.ComputeAsync(context, path, algorithm, cancellationToken);
        using var handler = new SocketsHttpHandler();
        using var client = new HttpClient(handler);
        using ProgressLine waiting = context.ShowWaiting("等待时间戳服务 / waiting for the timestamp authority");
        try
        {
            return await new HttpTimestampSource(client, address, new HttpTimestampOptions { PolicyOid = policy }, context.Clock).GetTimestampAsync(algorithm, imprint, cancellationToken);
        }
        catch (TimestampUnavailableException exception)
        {
            throw new CliException(CliExit.Unavailable, exception.Message, "请检查地址，或换一家时间戳机构 / check the address, or try another authority", exception);
        }
    }

    private static void Write(string path, TimestampToken token)
    {
        try
        {
            File.WriteAllBytes(path, token.RawData.ToArray());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(CliExit.CannotCreate, $"无法写入 {path}：{exception.Message} / cannot write {path}: {exception.Message}", "请另给 --out / give another --out", exception);
        }
    }

    private static void Print(CliContext context, TimestampToken token, string path, bool asJson)
    {
        string time = token.Info.Time.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        string serial = Convert.ToHexStringLower(token.Info.SerialNumber.Span);
        if (asJson)
        {
            context.Output.WriteLine(CliJson.Line(new JsonObject { ["time"] = time, ["serialNumber"] = serial, ["policy"] = token.Info.PolicyOid, ["token"] = path }));
            return;
        }

        context.Output.WriteLine($"{time} {path}");
    }
}
