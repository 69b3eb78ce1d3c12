using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ESign.Pdf.Composition;
using ESign.Pdf.Reporting.Layout;
using ESign.Pdf.Verification;

namespace ESign.Pdf.Reporting;

/// <summary>《电子文件签署报告》: what happened when a document was signed and whether it is still as it was, for auditors and courts.</summary>
/// <remarks>
/// Thirteen sections, the same in every form. Three things are kept apart: what was computed from the file, what the
/// platform's log proves, and what the platform only states. Persons are masked unless it is the court edition. The PDF is
/// PDF/A-3b with the report's data inside; sign it with <c>PdfSigner</c>. Immutable.
/// </remarks>
public sealed class SigningReport
{
    private const string DataName = "signing-report.json";
    private const string EvidenceName = "evidence.json";

    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    private readonly SigningReportFacts _facts;

    private SigningReport(SigningReportFacts facts) => _facts = facts;

    /// <summary>The report's number.</summary>
    public string Number => _facts.Number;

    /// <summary>The serial by which it can be looked up: 11 digits.</summary>
    public string SerialNumber => _facts.SerialNumber;

    /// <summary>Makes a report.</summary>
    /// <param name="result">The verification it rests on.</param>
    /// <param name="options">The file, the evidence, the edition; by default a masked report of the verification alone, in Chinese.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentException">The serial number is not 11 digits.</exception>
    public static SigningReport Create(VerificationResult result, SigningReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        SigningReportOptions given = options ?? new SigningReportOptions();
        if (given.SerialNumber is { } serial && (serial.Length != 11 || !serial.All(char.IsAsciiDigit)))
        {
            throw new ArgumentException("核验流水号应为 11 位数字 / The serial number must be 11 digits.", nameof(options));
        }

        ReportTexts texts = ReportTexts.For(given.Culture);
        DateTimeOffset issuedAt = given.IssuedAt ?? given.Clock.GetUtcNow();
        string number = given.SerialNumber ?? DeriveSerial(result, given, issuedAt);
        return new SigningReport(new SigningReportFacts
        {
            Result = result,
            Options = given,
            Texts = texts,
            Clock = ReportClock.For(given.UtcOffset, texts),
            Redaction = given.IsCourtEdition ? Redaction.None : Redaction.Of(result, given.Evidence?.File),
            Proofs = given.Evidence?.File.Log is { } log ? LogProofs.Check(log) : null,
            IssuedAt = issuedAt,
            SerialNumber = number,
            Number = given.Number ?? string.Create(CultureInfo.InvariantCulture, $"ESR-{issuedAt.UtcDateTime:yyyyMMdd}-{number}"),
        });
    }

    /// <summary>Writes PDF/A-3b with the report's data attached; the court edition carries the original evidence too.</summary>
    /// <param name="output">Where it goes; not closed.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>A task that ends when it is written.</returns>
    public async Task WritePdfAsync(Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        List<AttachedFile> files =
        [
            new AttachedFile { Name = DataName, Content = Json(), MediaType = "application/json", Description = _facts.Texts["report.title"], Relationship = "Data", Modified = _facts.IssuedAt },
        ];
        if (_facts.Options is { IsCourtEdition: true, Evidence: { } evidence })
        {
            files.Add(new AttachedFile { Name = EvidenceName, Content = evidence.Source, MediaType = "application/json", Relationship = "Source", Modified = _facts.IssuedAt });
        }

        await output.WriteAsync(PdfReportWriter.Write(Content() with { Attachments = files }), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes one HTML file without scripts or outside parts.</summary>
    /// <param name="output">Where it goes; not closed.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>A task that ends when it is written.</returns>
    public async Task WriteHtmlAsync(Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync(Encoding.UTF8.GetBytes(HtmlReportWriter.Write(Content())), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the report's data, as the PDF carries it; <c>docs/schemas/signing-report.schema.json</c> describes it.</summary>
    /// <param name="output">Where it goes; not closed.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>A task that ends when it is written.</returns>
    public async Task WriteJsonAsync(Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync(Json(), cancellationToken).ConfigureAwait(false);
    }

    private ReportContent Content() => new()
    {
        Texts = _facts.Texts,
        Title = _facts.Texts["report.title"],
        Mark = DisplayText.Clean(_facts.Number),
        Headline = new ReportBlock.Notice(ReportWording.ToneOf(_facts.Result.Verdict), _facts.Texts["verdict." + _facts.Result.Verdict]),
        Sections = new SigningReportSections(_facts).All(),
        Created = _facts.IssuedAt,
    };

    private byte[] Json() => Encoding.UTF8.GetBytes(SigningReportJson.Write(_facts).ToJsonString(s_readable) + "\n");

    // The same report of the same file at the same second has the same serial, another edition another; it names, it is no secret.
    private static string DeriveSerial(VerificationResult result, SigningReportOptions options, DateTimeOffset issuedAt)
    {
        byte[] subject = options.Document?.Final.Sha256 ?? [.. result.Signatures.SelectMany(verdict => verdict.SignatureValue.ToArray())];
        string edition = $"{ReportTerms.Iso(issuedAt)} {options.IsCourtEdition} {ReportTexts.For(options.Culture).Language}";
        byte[] digest = SHA256.HashData([.. subject, .. Encoding.ASCII.GetBytes(edition), .. SHA256.HashData((options.Evidence?.Source ?? default).Span)]);
        ulong value = BitConverter.ToUInt64(digest) % 100_000_000_000;
        return value.ToString("D11", CultureInfo.InvariantCulture);
    }
}
