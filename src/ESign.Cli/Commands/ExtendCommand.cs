using System.CommandLine;
using System.Text.Json.Nodes;
using ESign.Cli.Progress;
using ESign.Cli.Signing;
using ESign.Pdf;
using ESign.Pdf.Document;
using ESign.Pdf.LongTerm;

namespace ESign.Cli.Commands;

/// <summary><c>esign extend IN OUT</c>: adds what keeps signatures verifiable, and renews it before it expires.</summary>
internal sealed class ExtendCommand
{
    private readonly Argument<string> _input = new("IN") { Description = "已签署的 PDF / the signed PDF" };
    private readonly Argument<string> _output = new("OUT") { Description = "延长后的 PDF，可与 IN 相同 / the extended PDF; may be IN" };
    private readonly Option<string?> _pdfPassword = new("--pdf-password") { Description = "打开 PDF 的密码 / the password that opens the PDF" };
    private readonly Option<bool> _lower = new("--allow-lower-level") { Description = "缺少部分验证数据或时间戳时，添加其余并说明 / when evidence or a timestamp cannot be had, add the rest and say so" };
    private readonly Option<bool> _json = CliJson.CreateOption();
    private readonly LevelArguments _level = LevelArguments.ForExtending();
    private readonly CliContext _context;

    private ExtendCommand(CliContext context) => _context = context;

    public static Command Create(CliContext context)
    {
        var extend = new ExtendCommand(context);
        var command = new Command("extend", "延长签名的可验证期 / Add long-term validation data and document timestamps to a signed PDF.") { extend._input, extend._output };
        foreach (Option option in (Option[])[extend._pdfPassword, .. extend._level.Options, extend._lower, extend._json])
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => SigningErrors.CatchAsync(() => extend.RunAsync(parsed, cancellationToken)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string input = parsed.GetValue(_input)!;
        string output = parsed.GetValue(_output)!;
        PdfInput.OpenFile(input).Dispose();
        using var handler = new SocketsHttpHandler();
        using var client = new HttpClient(handler);
        PadesLevel level = await _level.ReadAsync(parsed, _context.Clock, client, cancellationToken);
        var extender = new PdfExtender(parsed.GetValue(_lower) ? level.OrLower() : level, _level.ReadCertificates(parsed));
        string? password = parsed.GetValue(_pdfPassword);
        if (!PdfInput.Guard(input, password, document => document.SignatureFields.Any(field => field.IsSigned)))
        {
            throw new CliException(CliExit.DataError, "文件没有签名，无可延长 / The document has no signature to extend.", "请先用 `esign sign` 签署 / sign it first: `esign sign`");
        }

        ExtensionReceipt receipt;
        using (ProgressLine progress = _context.ShowProgress("延长 / extending", new FileInfo(input).Length))
        {
            receipt = await WholeFile.WriteAsync(input, output, (from, to) => extender.ExtendAsync(progress.Watch(from), to, password, cancellationToken));
        }

        Print(parsed, output, receipt);
        return CliExit.Success;
    }

    private void Print(ParseResult parsed, string output, ExtensionReceipt receipt)
    {
        _context.WriteNotes(receipt.Notes);
        if (parsed.GetValue(_json))
        {
            _context.Output.WriteLine(CliJson.Line(new JsonObject
            {
                ["out"] = output,
                ["level"] = receipt.Level,
                ["timestampTime"] = UtcText.Of(receipt.TimestampTime),
                ["validUntil"] = UtcText.Of(receipt.ValidUntil),
                ["renewBefore"] = UtcText.Of(receipt.RenewBefore),
                ["length"] = receipt.Length,
                ["notes"] = CliJson.Texts(receipt.Notes),
            }));
            return;
        }

        _context.Output.WriteLine($"{output}: {receipt.Level}");
        ArchiveText.Write(_context, receipt.ValidUntil, receipt.RenewBefore);
    }
}
