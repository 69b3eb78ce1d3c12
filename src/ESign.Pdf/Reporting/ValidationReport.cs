using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ESign.Pdf.Reporting.Layout;
using ESign.Pdf.Verification;

namespace ESign.Pdf.Reporting;

/// <summary>What a verification found, for people (HTML, PDF) and for programs (JSON, ETSI TS 119 102-2 XML).</summary>
/// <remarks>
/// Each line says what was checked, the result, why it matters, and the clause. Texts from the document are shown, never
/// obeyed: HTML is self-contained and asks nothing of any server. The PDF is PDF/A-3b and can be signed. Immutable.
/// </remarks>
public sealed class ValidationReport
{
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    private readonly VerificationResult _result;
    private readonly string _fileName;
    private readonly ValidationReportOptions _options;
    private readonly ReportTexts _texts;

    private ValidationReport(VerificationResult result, string fileName, ValidationReportOptions options)
    {
        _result = result;
        _fileName = fileName;
        _options = options;
        _texts = ReportTexts.For(options.Culture);
    }

    /// <summary>Makes a report of a verification.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="fileName">The name of the file, as the report shall show it.</param>
    /// <param name="culture">The language: Chinese for every Chinese culture (the default is zh-CN), English for all others.</param>
    /// <param name="document">The file itself, for its digests and the places of signatures as a person sees them; without it they are left out.</param>
    /// <param name="utcOffset">The offset from UTC in which times are shown; by default +8 hours in Chinese and none in English.</param>
    /// <returns>The report.</returns>
    public static ValidationReport Create(VerificationResult result, string fileName, CultureInfo? culture = null, ReportedDocument? document = null, TimeSpan? utcOffset = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(fileName);
        var options = new ValidationReportOptions { Document = document, UtcOffset = utcOffset };
        return new ValidationReport(result, fileName, culture is null ? options : options with { Culture = culture });
    }

    /// <summary>The report as JSON with stable names, indented; the schema is that of <c>esign verify --json</c>, messages in both languages.</summary>
    /// <returns>The JSON text.</returns>
    public string ToJson() => new JsonReport().Write(_fileName, _result).ToJsonString(s_readable);

    /// <summary>Writes one HTML file without scripts or outside parts.</summary>
    /// <param name="output">Where it goes; not closed.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>A task that ends when it is written.</returns>
    public async Task WriteHtmlAsync(Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync(Encoding.UTF8.GetBytes(HtmlReportWriter.Write(Content())), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes a PDF with its font inside.</summary>
    /// <param name="output">Where it goes; not closed.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>A task that ends when it is written.</returns>
    public async Task WritePdfAsync(Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync(PdfReportWriter.Write(Content()), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the XML of ETSI TS 119 102-2 v1.4.1.</summary>
    /// <param name="output">Where it goes; not closed.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>A task that ends when it is written.</returns>
    public async Task WriteXmlAsync(Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync(EtsiReportWriter.Write(_result, _options.Document), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what <see cref="ToJson"/> gives, in UTF-8.</summary>
    /// <param name="output">Where it goes; not closed.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>A task that ends when it is written.</returns>
    public async Task WriteJsonAsync(Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync(Encoding.UTF8.GetBytes(ToJson() + "\n"), cancellationToken).ConfigureAwait(false);
    }

    private ReportContent Content()
    {
        var wording = new ReportWording(_texts, ReportClock.For(_options.UtcOffset, _texts), Redaction.None, _options.Document);
        var parts = new VerdictSections(wording, _result);
        return new ReportContent
        {
            Texts = _texts,
            Title = _texts["validation.title"],
            Mark = Shorten(DisplayText.Clean(_fileName)),
            Headline = new ReportBlock.Notice(ReportWording.ToneOf(_result.Verdict), _texts["verdict." + _result.Verdict]),
            Sections =
            [
                new ReportSection(_texts["validation.summary"], [Summary(wording.Clock)]),
                .. _result.Signatures.Count == 0 ? [] : Judgements(parts),
                new ReportSection(_texts["validation.notes"], [
                    new ReportBlock.Prose(_texts["validation.notes.text"], IsSmall: true),
                    new ReportBlock.Prose(_texts.Format("notes.replacement", PdfReportWriter.Replacement), IsSmall: true)]),
            ],
            Created = _result.ValidationTime,
        };
    }

    // What wants attention first, what one looks up last.
    private IEnumerable<ReportSection> Judgements(VerdictSections parts)
    {
        ReportSection[] sections =
        [
            new(_texts["validation.overview"], parts.Signatures.AreSeveral ? [parts.Signatures.Overview()] : []),
            new(_texts["check.attention"], [.. parts.Checks.NeedingAttention()]),
            new(_texts["validation.signatures"], [.. parts.Each()]),
            new(_texts["mod.title"], [.. parts.Changes.All()]),
            new(_texts["ts.title"], [.. parts.Trust.Timestamps()], IsFolded: true),
            new(_texts["cert.list"], [.. parts.Trust.Certificates(), .. parts.Trust.Revocation()], IsFolded: true),
            new(_texts["check.passed"], [.. parts.Checks.Passed()], IsFolded: true),
        ];
        return sections.Where(section => section.Blocks.Count > 0);
    }

    private ReportBlock.Facts Summary(ReportClock clock)
    {
        List<(string, Cell)> items =
        [
            (_texts["fact.file"], DisplayText.Clean(_fileName)),
            (_texts["fact.code"], _texts["code." + _result.Code]),
            (_texts["fact.validationTime"], clock.Show(_result.ValidationTime)),
            (_texts["fact.signatures"], _result.Signatures.Count.ToString(CultureInfo.InvariantCulture)),
            (_texts["fact.pages"], _result.PageCount.ToString(CultureInfo.InvariantCulture)),
            (_texts["fact.revisions"], _result.RevisionCount.ToString(CultureInfo.InvariantCulture)),
        ];
        if (_options.Document is { } document)
        {
            items.AddRange(
            [
                (_texts["fact.size"], _texts.Format("fact.size.value", document.Size.ToString("N0", CultureInfo.InvariantCulture))),
                (_texts["fact.pdfVersion"], DisplayText.Clean(document.Version)),
                (_texts["fact.sha256"], new Cell(ReportWording.Hex(document.Final.Sha256), IsCode: true)),
                (_texts["fact.sm3"], new Cell(ReportWording.Hex(document.Final.Sm3), IsCode: true)),
            ]);
        }

        if (_result.IsEncrypted)
        {
            items.Add((_texts["fact.encrypted"], _texts["yes"]));
        }

        if (_result.Store is { } store)
        {
            items.Add((_texts["fact.store"], _texts.Format("fact.store.value", store.Certificates, store.Crls, store.OcspResponses, store.Vri)));
        }

        if (_result.UnsignedFields.Count > 0)
        {
            items.Add((_texts["fact.unsignedFields"], string.Join(_texts["list.separator"], _result.UnsignedFields.Select(DisplayText.Clean))));
        }

        return new ReportBlock.Facts(items, IsPaired: true);
    }

    /// <summary>A file's name for the head of a page, which has room for about this many Chinese characters beside the title.</summary>
    internal static string Shorten(string name) => name.Length <= 28 ? name : string.Concat(name.AsSpan(0, 18), "…", name.AsSpan(name.Length - 9));
}
