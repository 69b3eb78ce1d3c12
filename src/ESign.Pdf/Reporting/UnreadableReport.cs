using System.Globalization;
using System.Text;
using ESign.Pdf.Reporting.Layout;
using ESign.Pdf.Verification;

namespace ESign.Pdf.Reporting;

/// <summary>The validation report of a file that cannot be read: that nothing could be judged, and why; in the forms that a verification has.</summary>
internal sealed class UnreadableReport(UnreadableFile file, CultureInfo culture)
{
    private readonly ReportTexts _texts = ReportTexts.For(culture);

    private bool LacksPassword => file.Error.Code == PdfErrorCode.PasswordRequired;

    public async Task WriteHtmlAsync(Stream output, CancellationToken cancellationToken = default) =>
        await output.WriteAsync(Encoding.UTF8.GetBytes(HtmlReportWriter.Write(Content())), cancellationToken).ConfigureAwait(false);

    public async Task WritePdfAsync(Stream output, CancellationToken cancellationToken = default) =>
        await output.WriteAsync(PdfReportWriter.Write(Content()), cancellationToken).ConfigureAwait(false);

    public async Task WriteXmlAsync(Stream output, CancellationToken cancellationToken = default) =>
        await output.WriteAsync(EtsiReportWriter.WriteUnreadable(file), cancellationToken).ConfigureAwait(false);

    private ReportContent Content() => new()
    {
        Texts = _texts,
        Title = _texts["validation.title"],
        Mark = ValidationReport.Shorten(DisplayText.Clean(file.Name)),
        Headline = new ReportBlock.Notice(Tone.Bad, _texts[LacksPassword ? "unreadable.verdict.password" : "unreadable.verdict"]),
        Sections =
        [
            new ReportSection(_texts["validation.summary"], [Facts()]),
            new ReportSection(_texts["unreadable.next"], [new ReportBlock.Prose(_texts[LacksPassword ? "unreadable.next.password" : "unreadable.next.damaged"])]),
        ],
        Created = file.TriedAt,
    };

    private ReportBlock.Facts Facts()
    {
        PdfFormatException error = file.Error;
        string message = ReportTerms.In(_texts.IsChinese ? ReportLanguage.Chinese : ReportLanguage.English, error.Message);
        List<(string, Cell)> items =
        [
            (_texts["fact.file"], DisplayText.Clean(file.Name)),
            (_texts["unreadable.why"], new Cell(DisplayText.Clean(message), Tone.Bad)),
            (_texts["unreadable.code"], new Cell(error.Code.ToString(), IsCode: true)),
            (_texts["unreadable.offset"], error.Offset < 0 ? "" : error.Offset.ToString(CultureInfo.InvariantCulture)),
            (_texts["unreadable.clause"], error.Clause.Length == 0 ? "" : "ISO 32000-2 §" + error.Clause),
            (_texts["fact.code"], _texts["code." + DocumentCode.BadFormat]),
            (_texts["fact.validationTime"], ReportClock.For(offset: null, _texts).Show(file.TriedAt)),
            (_texts["fact.size"], _texts.Format("fact.size.value", file.Size.ToString("N0", CultureInfo.InvariantCulture))),
            (_texts["fact.sha256"], new Cell(ReportWording.Hex(file.Sha256), IsCode: true)),
            (_texts["fact.sm3"], new Cell(ReportWording.Hex(file.Sm3), IsCode: true)),
        ];
        return new ReportBlock.Facts([.. items.Where(item => item.Item2.Text.Length > 0)], IsPaired: true);
    }
}
