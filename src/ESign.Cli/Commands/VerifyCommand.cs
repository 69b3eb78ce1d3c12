using System.CommandLine;
using System.Globalization;
using ESign.Pdf;
using ESign.Pdf.Reporting;
using ESign.Pdf.Verification;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;

namespace ESign.Cli.Commands;

/// <summary><c>esign verify FILE --trust anchors.pem …</c>: judges every signature of a PDF and what was done to it since.</summary>
/// <remarks>ETSI EN 319 102-1. Exit codes: 0 every signature passed · 1 something failed · 2 undecided · 3 no signature.</remarks>
internal sealed class VerifyCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "PDF 文件 / the PDF to verify" };
    private readonly Option<string[]> _trust = new("--trust") { AllowMultipleArgumentsPerToken = true, Description = "信任锚文件，或 none：只判断完整性与修改 / trust anchors (PEM, DER, PKCS#7), or none: judge integrity and modifications alone" };
    private readonly Option<string[]> _timestampTrust = new("--timestamp-trust") { AllowMultipleArgumentsPerToken = true, Description = "时间戳信任锚；默认同 --trust / trust anchors for timestamps; default: those of --trust" };
    private readonly Option<string[]> _certificates = new("--cert") { AllowMultipleArgumentsPerToken = true, Description = "其他证书 / further certificates: intermediates, signers" };
    private readonly Option<string[]> _crls = new("--crl") { AllowMultipleArgumentsPerToken = true, Description = "证书吊销列表 / a certificate revocation list" };
    private readonly Option<string[]> _ocsp = new("--ocsp") { AllowMultipleArgumentsPerToken = true, Description = "OCSP 响应 / an OCSP response (DER)" };
    private readonly Option<string?> _at = new("--at") { Description = "判断时间 / the moment to judge for, ISO 8601; default: now" };
    private readonly Option<bool> _offline = new("--offline") { Description = "不联网（默认） / fetch nothing (the default)" };
    private readonly Option<bool> _online = new("--online") { Description = "联网获取吊销信息 / fetch OCSP answers and CRLs from where certificates point" };
    private readonly Option<string?> _revocation = new("--revocation") { Description = "吊销检查 / require: unknown is indeterminate (the default) · soft: unknown passes · off" };
    private readonly Option<string?> _password = new("--pdf-password") { Description = "打开文件的密码 / the password that opens the file" };
    private readonly Option<bool> _json = new("--json") { Description = "以 JSON 输出 / print JSON" };
    private readonly ReportFiles _reports = new();
    private readonly CliContext _context;

    private VerifyCommand(CliContext context) => _context = context;

    public static Command Create(CliContext context)
    {
        var options = new VerifyCommand(context);
        var command = new Command("verify", "验证 PDF 中的签名 / Verify the signatures of a PDF. Exit code 0: all passed, 1: failed or forbidden change, 2: undecided, 3: no signature.") { options._file };
        foreach (Option option in (Option[])
        [
            options._trust, options._timestampTrust, options._certificates, options._crls, options._ocsp, options._at, options._offline, options._online,
            options._revocation, options._password, options._json, .. options._reports.Options,
        ])
        {
            command.Options.Add(option);
        }

        command.SetAction(options.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string path = parsed.GetValue(_file)!;
        bool asJson = parsed.GetValue(_json);
        ReportLanguage language = _context.Language;
        if (parsed.GetValue(_online) && parsed.GetValue(_offline))
        {
            throw Usage("--online 与 --offline 不能同时使用 / --online and --offline contradict each other", "give one of them");
        }

        using var handler = new SocketsHttpHandler();
        using HttpClient? client = parsed.GetValue(_online) ? new HttpClient(handler) : null;
        WatchedRevocationSource? services = client is null ? null : new WatchedRevocationSource(new OnlineRevocationSource(client));
        VerificationPolicy policy = ReadPolicy(parsed, services);
        try
        {
            VerificationResult result = await VerifyAsync(path, policy, cancellationToken);
            await _reports.WriteAsync(parsed, path, parsed.GetValue(_password), result, language, cancellationToken);
            _context.Output.WriteLine(asJson
                ? new JsonReport(language).Write(path, result).ToJsonString(JsonError.Readable)
                : VerificationText.Write(path, result, language));
            return ExitCodeOf(result.Verdict, services);
        }
        catch (CliException exception) when (asJson)
        {
            string code = exception.InnerException is PdfFormatException format ? format.Code.ToString() : "NoInput";
            _context.Output.WriteLine(JsonReport.WriteUnreadable(path, code, exception.Message).ToJsonString(JsonError.Readable));
            throw;
        }
    }

    private static async Task<VerificationResult> VerifyAsync(string path, VerificationPolicy policy, CancellationToken cancellationToken)
    {
        using FileStream file = PdfInput.OpenFile(path);
        try
        {
            return await new PdfVerifier(policy).VerifyAsync(file, cancellationToken);
        }
        catch (PdfFormatException exception)
        {
            throw new CliException(CliExit.DataError, exception.Message, PdfInput.HintFor(exception.Code), exception);
        }
    }

    private int ExitCodeOf(DocumentVerdict verdict, WatchedRevocationSource? services)
    {
        if (verdict != DocumentVerdict.Indeterminate || services?.Unanswered is not { } certificate)
        {
            return ExitCodeOf(verdict);
        }

        _context.WriteError($"吊销服务没有给出可用的回答 / no revocation service answered usefully about {certificate.Subject}", "try again later, or give the evidence with --crl or --ocsp");
        return CliExit.Unavailable;
    }

    private static int ExitCodeOf(DocumentVerdict verdict) => verdict switch
    {
        DocumentVerdict.Valid => CliExit.Success,
        DocumentVerdict.Invalid => CliExit.Invalid,
        DocumentVerdict.Unsigned => CliExit.Unsigned,
        _ => CliExit.Undetermined,
    };

    private VerificationPolicy ReadPolicy(ParseResult parsed, IRevocationSource? services)
    {
        string[] trust = parsed.GetValue(_trust) ?? [];
        bool integrityOnly = trust is ["none"];
        string[]? timestampTrust = parsed.GetValue(_timestampTrust);
        return new VerificationPolicy
        {
            IntegrityOnly = integrityOnly,
            TrustAnchors = integrityOnly ? TrustAnchors.None : new TrustAnchors(Load(trust, Certificate.LoadMany)),
            TimestampAnchors = timestampTrust is { Length: > 0 } ? new TrustAnchors(Load(timestampTrust, Certificate.LoadMany)) : null,
            Certificates = Load(parsed.GetValue(_certificates), Certificate.LoadMany),
            RevocationLists = Load(parsed.GetValue(_crls), CertificateRevocationList.LoadMany),
            OcspResponses = Load<OcspResponse>(parsed.GetValue(_ocsp), content => [OcspResponse.Decode(content)]),
            RevocationSource = services,
            UnknownRevocation = ParseRevocation(parsed.GetValue(_revocation)),
            ValidationTime = ParseTime(parsed.GetValue(_at)),
            Clock = _context.Clock,
            Password = parsed.GetValue(_password),
        };
    }

    private static List<T> Load<T>(string[]? paths, Func<ReadOnlyMemory<byte>, IReadOnlyList<T>> load)
    {
        var all = new List<T>();
        foreach (string path in paths ?? [])
        {
            byte[] content = CliContext.ReadInput(path);
            try
            {
                all.AddRange(load(content));
            }
            catch (Asn1FormatException exception)
            {
                throw new CliException(CliExit.DataError, $"无法解析 / cannot be understood: {path}: {exception.Message}", "give a PEM or DER file of the kind the option asks for", exception);
            }
        }

        return all;
    }

    private static DateTimeOffset? ParseTime(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time
        : throw Usage($"不是时间 / not a time: {text}", "write it as 2026-01-31T12:00:00Z");

    private static UnknownRevocation ParseRevocation(string? text) => text switch
    {
        null or "require" => UnknownRevocation.Reject,
        "soft" => UnknownRevocation.Accept,
        "off" => UnknownRevocation.Off,
        _ => throw Usage($"未知的吊销检查方式 / unknown revocation mode: {text}", "use --revocation require, soft or off"),
    };

    private static CliException Usage(string message, string hint) => new(CliExit.Usage, message, hint);
}
