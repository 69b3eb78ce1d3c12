using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ESign.Cli.Authorities;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;

namespace ESign.Cli.Commands;

/// <summary><c>esign ocsp request|answer|status</c>: OCSP from files, or over the network (RFC 6960).</summary>
internal static class OcspCommand
{
    public static Command Create(CliContext context) => new("ocsp", "在线证书状态协议 / OCSP (RFC 6960).")
    {
        CreateRequest(context), CreateAnswer(context), CreateStatus(context),
    };

    private static Command CreateRequest(CliContext context)
    {
        Option<string> certificate = CertificateFile();
        Option<string> issuer = IssuerFile();
        var nonce = new Option<bool>("--nonce") { Description = "附 32 字节随机数（RFC 9654） / with a nonce of 32 octets (RFC 9654)" };
        var output = new Option<string>("--out") { Description = "输出文件：请求（DER） / the request, DER", Required = true };
        Option<bool> json = CliJson.CreateOption();
        var command = new Command("request", "写出OCSP请求 / Write a request about a certificate.") { certificate, issuer, nonce, output, json };
        command.SetAction((parsed, cancellationToken) => AuthorityErrors.CatchAsync(async () =>
        {
            byte[] random = parsed.GetValue(nonce) ? RandomNumberGenerator.GetBytes(32) : [];
            Certificate target = GivenValues.Load([parsed.GetRequiredValue(certificate)], Certificate.LoadMany)[0];
            OcspRequest request = OcspRequest.Create(target, GivenValues.Load([parsed.GetRequiredValue(issuer)], Certificate.LoadMany)[0], random);
            string file = parsed.GetRequiredValue(output);
            await File.WriteAllBytesAsync(file, request.RawData, cancellationToken);
            context.Output.WriteLine(parsed.GetValue(json)
                ? CliJson.Line(new JsonObject { ["serial"] = target.SerialNumberHex, ["nonce"] = random.Length > 0 ? Convert.ToHexStringLower(random) : null, ["file"] = file })
                : file);
            return CliExit.Success;
        }));
        return command;
    }

    private static Command CreateAnswer(CliContext context)
    {
        Option<string> folder = AuthorityOptions.Folder();
        var credential = new Option<string>("--credential") { Description = "OCSP响应者PKCS#12 / the responder's PKCS#12, from `esign issue ocsp-responder`", Required = true };
        var password = new Option<string>("--password-file") { Description = "PKCS#12口令文件 / file whose first line is the PKCS#12's password", Required = true };
        var request = new Option<string>("--request") { Description = "OCSP请求（DER） / the request, DER", Required = true };
        var output = new Option<string>("--out") { Description = "输出文件：响应（DER） / the response, DER", Required = true };
        var hours = new Option<double?>("--hours") { Description = "多少小时后须更新响应 / hours until the answer must be renewed" };
        Option<bool> json = CliJson.CreateOption();
        var command = new Command("answer", "离线应答OCSP请求 / Answer a request from the authority's records, without a network. The authority's key is not needed.")
        {
            folder, credential, password, request, output, hours, json,
        };
        command.SetAction((parsed, cancellationToken) => AuthorityErrors.CatchAsync(async () =>
        {
            CertificateAuthority authority = AuthorityFolder.Open(parsed.GetRequiredValue(folder), context).OpenRecords(root: false);
            using SigningCredential responder = OpenCredential(parsed.GetRequiredValue(credential), PasswordFile.Read(parsed.GetRequiredValue(password)));
            OcspResponderOptions options = parsed.GetValue(hours) is { } validity ? new OcspResponderOptions { Validity = TimeSpan.FromHours(validity) } : new OcspResponderOptions();
            OcspAnswer answer = await new OcspResponder(authority, responder, options).AnswerAsync(CliContext.ReadInput(parsed.GetRequiredValue(request)), cancellationToken);
            await File.WriteAllBytesAsync(parsed.GetRequiredValue(output), answer.RawData, cancellationToken);
            string? next = UtcText.Of(answer.NextUpdate);
            context.Output.WriteLine(parsed.GetValue(json)
                ? CliJson.Line(new JsonObject { ["status"] = answer.Status.ToString(), ["nextUpdate"] = next, ["file"] = parsed.GetRequiredValue(output) })
                : $"{answer.Status}\t{next}\t{parsed.GetRequiredValue(output)}");
            return answer.Status == OcspResponseStatus.Successful ? CliExit.Success : CliExit.Invalid;
        }));
        return command;
    }

    private static Command CreateStatus(CliContext context)
    {
        Option<string> certificate = CertificateFile();
        Option<string> issuer = IssuerFile();
        var response = new Option<string?>("--response") { Description = "已有的 OCSP 响应（DER）：不联网 / a response at hand (DER): no network is used" };
        var url = new Option<string?>("--url") { Description = "OCSP 地址；默认证书所指 / the responder to ask instead of the one the certificate names" };
        var output = new Option<string?>("--out") { Description = "保存响应 / where to keep the response, DER" };
        Option<bool> json = CliJson.CreateOption();
        var command = new Command("status", "查询证书状态 / Ask a responder, or read a response, and judge it. Exit code 0: good, 1: revoked or on hold, 2: unknown.")
        {
            certificate, issuer, response, url, output, json,
        };
        command.SetAction((parsed, cancellationToken) => AuthorityErrors.CatchAsync(async () =>
        {
            Certificate target = GivenValues.Load([parsed.GetRequiredValue(certificate)], Certificate.LoadMany)[0];
            Certificate authority = GivenValues.Load([parsed.GetRequiredValue(issuer)], Certificate.LoadMany)[0];
            OcspResponse answer = parsed.GetValue(response) is { } path
                ? GivenValues.Load<OcspResponse>([path], static content => [OcspResponse.Decode(content)])[0]
                : await AskAsync(target, authority, parsed.GetValue(url), cancellationToken);
            if (parsed.GetValue(output) is { } kept)
            {
                await File.WriteAllBytesAsync(kept, answer.RawData, cancellationToken);
            }

            return await JudgeAsync(context, target, authority, answer, parsed.GetValue(json), cancellationToken);
        }));
        return command;
    }

    private static async Task<int> JudgeAsync(CliContext context, Certificate target, Certificate authority, OcspResponse answer, bool json, CancellationToken cancellationToken)
    {
        PathVerdict verdict = await new PathValidator(new TrustAnchors([authority])).ValidateAsync(
            new PathRequest
            {
                Target = target,
                Time = context.Clock.GetUtcNow(),
                EvidenceTime = context.Clock.GetUtcNow().AddMinutes(5), // the responder's clock is not ours: openssl's five minutes
                RevocationSources = [new GivenRevocationSource([], [answer])],
                UnknownRevocation = UnknownRevocation.Accept,
            },
            cancellationToken);
        CertificateStatus? status = verdict.Revocation.Count > 0 ? verdict.Revocation[0] : null;
        RevocationStatus found = status?.Status ?? RevocationStatus.Unknown;
        string[] remarks = [.. (status?.Remarks ?? []).Concat(verdict.Finding is { Code: not (PathErrorCode.Revoked or PathErrorCode.OnHold) } finding ? [finding.ToString()] : [])];
        context.Output.WriteLine(json
            ? CliJson.Line(new JsonObject
            {
                ["status"] = found.ToString(),
                ["revokedAt"] = UtcText.Of(status?.RevokedAt),
                ["reason"] = status?.Reason?.ToString(),
                ["thisUpdate"] = UtcText.Of(status?.ThisUpdate),
                ["nextUpdate"] = UtcText.Of(status?.NextUpdate),
                ["remarks"] = new JsonArray([.. remarks.Select(remark => JsonValue.Create(remark))]),
            })
            : $"{found}\t{UtcText.Of(status?.RevokedAt)}\t{status?.Reason}\t{string.Join("; ", remarks)}");
        return found switch
        {
            RevocationStatus.Good => CliExit.Success,
            RevocationStatus.Unknown => CliExit.Undetermined,
            _ => CliExit.Invalid,
        };
    }

    private static async Task<OcspResponse> AskAsync(Certificate target, Certificate authority, string? url, CancellationToken cancellationToken)
    {
        Uri? responder = url is null ? null : GivenValues.ParseAddress(url, "--url http://127.0.0.1:5080/ocsp");
        using var handler = new SocketsHttpHandler();
        using var client = new HttpClient(handler);
        return await new OnlineRevocationSource(client).AskRespondersAsync(target, authority, responder, cancellationToken)
            ?? throw new CliException(
                CliExit.Unavailable,
                $"OCSP服务没有给出可用的应答：{responder?.ToString() ?? "证书所列地址"} / no OCSP responder answered usefully: {responder?.ToString() ?? "those the certificate names"}",
                "请检查地址，或用 --response 给出响应 / check the address, or give a response with --response");
    }

    private static SigningCredential OpenCredential(string path, string password)
    {
        try
        {
            return SigningCredential.LoadPkcs12(CliContext.ReadInput(path), password);
        }
        catch (Exception exception) when (exception is CryptographicException or NotSupportedException)
        {
            throw CliException.Because(exception, CliExit.NoPermission, $"无法打开 {path}", $"cannot open {path}", "请检查 --password-file / check --password-file");
        }
    }

    private static Option<string> CertificateFile() => new("--cert") { Description = "要查询的证书（PEM 或 DER） / the certificate in question (PEM or DER)", Required = true };

    private static Option<string> IssuerFile() => new("--issuer") { Description = "其颁发者的证书（PEM 或 DER） / its issuer's certificate (PEM or DER)", Required = true };
}
