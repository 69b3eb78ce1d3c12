using System.CommandLine;
using System.Globalization;
using ESign.Cli.Progress;
using ESign.Pdf;
using ESign.Pdf.Reporting;
using ESign.Pdf.Verification;

namespace ESign.Cli;

/// <summary>The options <c>--html F</c>, <c>--pdf F</c> and <c>--xml F</c>: the reports of a verification, as files beside the verdict.</summary>
internal sealed class ReportFiles
{
    private readonly Option<string?> _html = new("--html") { Description = "写出 HTML 报告 / write the report as one HTML file" };
    private readonly Option<string?> _pdf = new("--pdf") { Description = "写出 PDF 报告 / write the report as PDF" };
    private readonly Option<string?> _xml = new("--xml") { Description = "写出 ETSI TS 119 102-2 XML 报告 / write the report as ETSI TS 119 102-2 XML" };

    public IReadOnlyList<Option> Options => [_html, _pdf, _xml];

    /// <summary>Writes what was asked for; Chinese unless <c>--lang en</c>.</summary>
    public async Task WriteAsync(CliContext context, ParseResult parsed, string path, string? password, VerificationResult result, ReportLanguage language, CancellationToken cancellationToken)
    {
        if (IsWanted(parsed))
        {
            var report = ValidationReport.Create(result, Path.GetFileName(path), CultureOf(language), ReadDocument(context, path, password));
            await WriteAsync(parsed, report.WriteHtmlAsync, report.WritePdfAsync, report.WriteXmlAsync, cancellationToken);
        }
    }

    /// <summary>Writes the same about a file that cannot be read.</summary>
    public async Task WriteUnreadableAsync(CliContext context, ParseResult parsed, string path, PdfFormatException error, ReportLanguage language, CancellationToken cancellationToken)
    {
        if (IsWanted(parsed))
        {
            await using FileStream stream = PdfInput.OpenFile(path);
            using ProgressLine progress = context.ShowProgress("计算摘要 / digesting", stream.Length);
            UnreadableFile file = await UnreadableFile.ReadAsync(progress.Watch(stream), Path.GetFileName(path), error, context.Clock.GetUtcNow(), cancellationToken);
            var report = new UnreadableReport(file, CultureOf(language));
            await WriteAsync(parsed, report.WriteHtmlAsync, report.WritePdfAsync, report.WriteXmlAsync, cancellationToken);
        }
    }

    private bool IsWanted(ParseResult parsed) => ((Option<string?>[])[_html, _pdf, _xml]).Any(option => parsed.GetValue(option) is not null);

    private async Task WriteAsync(ParseResult parsed, Func<Stream, CancellationToken, Task> html, Func<Stream, CancellationToken, Task> pdf, Func<Stream, CancellationToken, Task> xml, CancellationToken cancellationToken)
    {
        foreach ((Option<string?> option, Func<Stream, CancellationToken, Task> write) in ((Option<string?>, Func<Stream, CancellationToken, Task>)[])[(_html, html), (_pdf, pdf), (_xml, xml)])
        {
            if (parsed.GetValue(option) is { } file)
            {
                await OutputFile.WriteAsync(file, stream => write(stream, cancellationToken));
            }
        }
    }

    /// <summary>The facts about the file that reports show.</summary>
    public static ReportedDocument ReadDocument(CliContext context, string path, string? password)
    {
        using FileStream stream = PdfInput.OpenFile(path);
        using ProgressLine progress = context.ShowProgress("计算摘要 / digesting", stream.Length);
        return ReportedDocument.Read(progress.Watch(stream), Path.GetFileName(path), password);
    }

    public static CultureInfo CultureOf(ReportLanguage language) => CultureInfo.GetCultureInfo(language == ReportLanguage.English ? "en" : "zh-CN");
}
