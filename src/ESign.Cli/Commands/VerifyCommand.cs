using System.CommandLine;
using ESign.Pdf;
using ESign.Pdf.Reporting;
using ESign.Pdf.Verification;

namespace ESign.Cli.Commands;

/// <summary><c>esign verify FILE --trust anchors.pem …</c>: judges every signature of a PDF and what was done to it since.</summary>
/// <remarks>ETSI EN 319 102-1. Exit codes: 0 every signature passed · 1 something failed · 2 undecided · 3 no signature.</remarks>
internal sealed class VerifyCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "PDF 文件 / the PDF to verify" };
    private readonly Option<bool> _json = CliJson.CreateOption();
    private readonly VerificationArguments _verification = new();
    private readonly ReportFiles _reports = new();
    private readonly CliContext _context;

    private VerifyCommand(CliContext context) => _context = context;

    public static Command Create(CliContext context)
    {
        var options = new VerifyCommand(context);
        var command = new Command("verify", "验证 PDF 中的签名 / Verify the signatures of a PDF. Exit code 0: all passed, 1: failed or forbidden change, 2: undecided, 3: no signature.") { options._file };
        foreach (Option option in (Option[])
        [
            .. options._verification.Options, options._json, .. options._reports.Options,
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
        using RevocationServices? services = _verification.OpenServices(parsed);
        VerificationPolicy policy = _verification.Read(parsed, _context.Clock) with { RevocationSource = services };
        VerificationResult result;
        try
        {
            result = await VerificationArguments.VerifyAsync(_context, path, policy, cancellationToken);
        }
        catch (CliException exception)
        {
            PdfFormatException? damage = exception.InnerException as PdfFormatException;
            if (damage is not null)
            {
                await _reports.WriteUnreadableAsync(_context, parsed, path, damage, language, cancellationToken);
            }

            if (!asJson)
            {
                throw;
            }

            _context.Output.WriteLine(CliJson.Indented(damage is null
                ? JsonReport.WriteUnreadable(path, "NoInput", ReportTerms.In(language, exception.Message))
                : new JsonReport(language).WriteUnreadable(path, damage)));
            throw new CliException(exception.ExitCode, exception.Message, exception.Hint, exception.InnerException) { IsPrinted = true };
        }

        _context.Output.WriteLine(asJson
            ? CliJson.Indented(new JsonReport(language).Write(path, result))
            : VerificationText.Write(path, result, language));
        await _reports.WriteAsync(_context, parsed, path, policy.Password, result, language, cancellationToken);
        return ExitCodeOf(result.Verdict, services);
    }

    private int ExitCodeOf(DocumentVerdict verdict, RevocationServices? services)
    {
        if (verdict != DocumentVerdict.Indeterminate || services?.Unanswered is not { } certificate)
        {
            return ExitCodeOf(verdict);
        }

        _context.WriteError($"吊销服务没有就 {certificate.Subject} 给出可用的回答 / no revocation service answered usefully about {certificate.Subject}", "try again later, or give the evidence with --crl or --ocsp");
        return CliExit.Unavailable;
    }

    private static int ExitCodeOf(DocumentVerdict verdict) => verdict switch
    {
        DocumentVerdict.Valid => CliExit.Success,
        DocumentVerdict.Invalid => CliExit.Invalid,
        DocumentVerdict.Unsigned => CliExit.Unsigned,
        _ => CliExit.Undetermined,
    };
}
