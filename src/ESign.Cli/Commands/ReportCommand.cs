using System.CommandLine;
using System.Text.Json.Nodes;
using ESign.Cli.Signing;
using ESign.Pdf;
using ESign.Pdf.Reporting;
using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Timestamping;

namespace ESign.Cli.Commands;

/// <summary><c>esign report FILE --out report.pdf|.html|.json</c>: 《电子文件签署报告》, the signing report for auditors.</summary>
/// <remarks>The exit code tells whether the report was written; what it says stands in it and on the output. An unsigned file has nothing to report: 3.</remarks>
internal sealed class ReportCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "已签署的 PDF / the signed PDF" };
    private readonly Option<string> _out = new("--out") { Required = true, Description = "输出文件：.pdf、.html 或 .json / where to write: .pdf, .html or .json" };
    private readonly Option<string?> _evidence = new("--evidence") { Description = "签署平台的过程证据（JSON，见 docs/schemas/evidence.schema.json） / the signing platform's evidence, JSON (docs/schemas/evidence.schema.json)" };
    private readonly Option<bool> _court = new("--court") { Description = "司法版：不脱敏，附原始证据 / court edition: nothing masked, the original evidence inside" };
    private readonly Option<string?> _number = new("--number") { Description = "报告编号 / the report's number" };
    private readonly Option<string?> _serial = new("--serial") { Description = "11 位核验流水号 / the serial to look it up by, 11 digits" };
    private readonly Option<string?> _applicant = new("--applicant") { Description = "申请人 / who asked for it" };
    private readonly Option<string?> _issuer = new("--issuer") { Description = "出具方 / who issues it" };
    private readonly Option<string?> _url = new("--url") { Description = "核验地址，显示为二维码 / where it can be checked; shown as a QR code" };
    private readonly Option<string[]> _licensed = new("--licensed") { AllowMultipleArgumentsPerToken = true, Description = "声明为持牌机构的信任锚 / anchors you declare to belong to licensed authorities" };
    private readonly Option<string?> _credential = new("--credential") { Description = "用此 PKCS#12 签署报告本身 / signs the report itself with this PKCS#12 file" };
    private readonly Option<string?> _passwordFile = new("--password-file") { Description = "PKCS#12 口令文件（首行） / a file whose first line is the PKCS#12's password" };
    private readonly Option<string?> _tsa = new("--tsa") { CompletionSources = { "in-process" }, Description = "报告签名的时间戳服务地址；in-process 为一次性测试时间戳 / timestamps that signature: a timestamp authority's URL, or in-process for a throw-away test authority" };
    private readonly Option<bool> _json = new(CliJson.OptionName) { Description = "以 JSON 输出编号和结论 / print the report's number and verdict as JSON" };
    private readonly VerificationArguments _verification = new();
    private readonly CliContext _context;

    private ReportCommand(CliContext context) => _context = context;

    public static Command Create(CliContext context)
    {
        var report = new ReportCommand(context);
        var command = new Command("report", "出具电子文件签署报告 / Write the signing report of a signed PDF.") { report._file };
        foreach (Option option in (Option[])
        [
            report._out, report._evidence, .. report._verification.Options, report._licensed, report._court, report._number, report._serial,
            report._applicant, report._issuer, report._url, report._credential, report._passwordFile, report._tsa, report._json,
        ])
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => SigningErrors.CatchAsync(() => report.RunAsync(parsed, cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string path = parsed.GetValue(_file)!;
        string output = parsed.GetValue(_out)!;
        string form = Path.GetExtension(output).ToLowerInvariant();
        if (form is not (".pdf" or ".html" or ".json"))
        {
            throw new ArgumentException($"输出文件应为 .pdf、.html 或 .json：{output} / --out must end in .pdf, .html or .json: {output}");
        }

        if (parsed.GetValue(_credential) is not null && form != ".pdf")
        {
            throw new ArgumentException("只有 PDF 报告可以签署 / Only a PDF report can be signed.");
        }

        using RevocationServices? services = _verification.OpenServices(parsed);
        VerificationPolicy policy = _verification.Read(parsed, _context.Clock) with { RevocationSource = services };
        VerificationResult result = await VerificationArguments.VerifyAsync(_context, path, policy, cancellationToken);
        if (result.Verdict == DocumentVerdict.Unsigned)
        {
            throw new CliException(CliExit.Unsigned, $"文件没有签名，无法出具签署报告：{path} / no signature, so nothing to report: {path}", "签署报告只为已签署的文件出具；另见 `esign verify` / reports are written for signed documents; see `esign verify`");
        }

        if (result.UnsignedFields.Count > 0)
        {
            _context.WriteNote($"尚有 {result.UnsignedFields.Count} 个签名域未签署，报告中已注明 / {result.UnsignedFields.Count} signature fields are not signed yet; the report says so");
        }

        if (services?.Unanswered is { } certificate)
        {
            _context.WriteNote($"吊销服务没有就 {certificate.Subject} 给出可用的回答，报告中已注明 / no revocation service answered usefully about {certificate.Subject}; the report says so");
        }

        SigningReport report = SigningReport.Create(result, ReadOptions(parsed, path, policy.Password));
        await OutputFile.WriteAsync(output, stream => form switch
        {
            ".html" => report.WriteHtmlAsync(stream, cancellationToken),
            ".json" => report.WriteJsonAsync(stream, cancellationToken),
            _ => WritePdfAsync(parsed, report, stream, cancellationToken),
        });
        _context.Output.WriteLine(parsed.GetValue(_json)
            ? CliJson.Line(new JsonObject { ["out"] = output, ["number"] = report.Number, ["serial"] = report.SerialNumber, ["verdict"] = ReportTerms.Name(result.Verdict) })
            : $"{output}: {report.Number} ({VerificationText.Word(result.Verdict, _context.Language)})");
        return CliExit.Success;
    }

    private SigningReportOptions ReadOptions(ParseResult parsed, string path, string? password)
    {
        string? url = parsed.GetValue(_url);
        return new SigningReportOptions
        {
            Culture = ReportFiles.CultureOf(_context.Language),
            Document = ReportFiles.ReadDocument(_context, path, password),
            Evidence = parsed.GetValue(_evidence) is { } evidence ? ReadEvidence(evidence) : null,
            IsCourtEdition = parsed.GetValue(_court),
            Number = parsed.GetValue(_number),
            SerialNumber = parsed.GetValue(_serial),
            Applicant = parsed.GetValue(_applicant),
            Issuer = parsed.GetValue(_issuer),
            VerificationUrl = url is null ? null
                : Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http" ? address
                : throw new ArgumentException($"不是网址：{url} / not a web address: {url}"),
            LicensedAnchors = GivenValues.Load(parsed.GetValue(_licensed), Certificate.LoadMany),
            Clock = _context.Clock,
        };
    }

    private static SigningEvidence ReadEvidence(string path)
    {
        try
        {
            return SigningEvidence.Parse(CliContext.ReadInput(path));
        }
        catch (FormatException exception)
        {
            throw new CliException(CliExit.DataError, $"{path}: {exception.Message}", "请看 docs/schemas/evidence.schema.json 与其旁的示例 / see docs/schemas/evidence.schema.json and the example beside it", exception);
        }
    }

    private async Task WritePdfAsync(ParseResult parsed, SigningReport report, Stream output, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_credential) is not { } file)
        {
            await report.WritePdfAsync(output, cancellationToken);
            return;
        }

        string password = PasswordFile.Read(parsed.GetValue(_passwordFile)
            ?? throw new ArgumentException($"缺少 {_passwordFile.Name} / {_passwordFile.Name} is missing: the PKCS#12 file needs its password."));
        using SigningCredential credential = SigningCredential.LoadPkcs12(CliContext.ReadInput(file), password);
        using var unsigned = new MemoryStream();
        await report.WritePdfAsync(unsigned, cancellationToken);
        using var handler = new SocketsHttpHandler();
        using var client = new HttpClient(handler);
        var options = new SignatureOptions
        {
            Certification = CertificationLevel.NoChanges,
            Level = await LevelAsync(parsed.GetValue(_tsa), client, cancellationToken),
            Reason = report.Number,
        };
        unsigned.Position = 0;
        await new PdfSigner(credential, _context.Clock).SignAsync(unsigned, output, options, cancellationToken);
    }

    private async Task<PadesLevel> LevelAsync(string? tsa, HttpClient client, CancellationToken cancellationToken) => tsa switch
    {
        null => PadesLevel.B,
        "in-process" => PadesLevel.T((await InProcessTimestamps.CreateAsync(_context.Clock, cancellationToken)).Source),
        _ when Uri.TryCreate(tsa, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" => PadesLevel.T(new HttpTimestampSource(client, uri, timeProvider: _context.Clock)),
        _ => throw new ArgumentException($"{_tsa.Name} 应为 http 或 https 网址，或 in-process，而不是“{tsa}” / {_tsa.Name} is a http or https URL or in-process, not '{tsa}'."),
    };
}
