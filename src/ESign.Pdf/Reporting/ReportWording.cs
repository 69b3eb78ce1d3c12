using System.Globalization;
using System.Text.RegularExpressions;
using ESign.Pdf.Document;
using ESign.Pdf.Reporting.Layout;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Names;
using ESign.Pki.Validation;

namespace ESign.Pdf.Reporting;

/// <summary>Puts the values of a verification into words: in one language and one offset from UTC, harmless to show, persons masked.</summary>
/// <remarks>Everything that comes from a document or certificate goes through <see cref="DisplayText"/> and the redaction.</remarks>
internal sealed partial class ReportWording(ReportTexts texts, ReportClock clock, Redaction redaction, ReportedDocument? document)
{
    public ReportTexts Texts => texts;

    public ReportClock Clock => clock;

    public static Tone ToneOf(DocumentVerdict verdict) => verdict switch
    {
        DocumentVerdict.Valid => Tone.Good,
        DocumentVerdict.Invalid => Tone.Bad,
        _ => Tone.Caution,
    };

    public static Tone ToneOf(Indication indication) => indication switch
    {
        Indication.Passed => Tone.Good,
        Indication.Failed => Tone.Bad,
        _ => Tone.Caution,
    };

    public static Tone ToneOf(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => Tone.Good,
        CheckOutcome.Failed => Tone.Bad,
        _ => Tone.Caution,
    };

    public static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(bytes.Span);

    /// <summary>A text of the document on one line.</summary>
    public string Shown(string? text) => redaction.Text(DisplayText.Clean(text));

    /// <summary>A name that may be a person's whom nothing else names.</summary>
    public string PersonName(string name) => redaction.PersonName(DisplayText.Clean(name));

    /// <summary>One language of a message of the verifier; its times are those of the report.</summary>
    public string Message(string message)
    {
        string text = ReportTerms.In(texts.IsChinese ? ReportLanguage.Chinese : ReportLanguage.English, message);
        return Shown(UniversalTime().Replace(text, match => DateTimeOffset.TryParseExact(
            match.Value.Replace('T', ' '), "yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? clock.Show(time)
            : match.Value));
    }

    /// <summary>A distinguished name that a cell can break between its attributes.</summary>
    public string NameOf(DistinguishedName name) => redaction.Text(EndOfAttribute().Replace(DisplayText.Clean(name.ToString()), ", "));

    /// <summary>The name by which people know a certificate's subject.</summary>
    public string CommonNameOf(Certificate certificate) => Shown(certificate.Subject.CommonName ?? certificate.Subject.ToString());

    public Cell Judged(bool value) => new(texts.YesOrNo(value), value ? Tone.Good : Tone.Bad);

    /// <summary>A place as a person sees it and as the file has it.</summary>
    public string Place(SignaturePlace place)
    {
        if (!place.IsVisible)
        {
            return texts["fact.place.invisible"];
        }

        (int page, PdfRectangle box) = (place.Page, place.UserSpace);
        string user = texts.Format("fact.place.user", page, Round(box.Left), Round(box.Bottom), Round(box.Right), Round(box.Top));
        return document?.ToDisplayed(page, box) is { } seen
            ? texts.Format("fact.place.value", page, Round(seen.X), Round(seen.Y), Round(seen.Width), Round(seen.Height)) + "\n" + user
            : user;
    }

    /// <summary>Numbers in order, neighbours joined: <c>1–3、7</c>.</summary>
    public string Numbers(IEnumerable<int> numbers)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (int number in numbers.Distinct().Order())
        {
            if (ranges is [.., var last] && last.Last == number - 1)
            {
                ranges[^1] = (last.First, number);
            }
            else
            {
                ranges.Add((number, number));
            }
        }

        return string.Join(texts["list.separator"], ranges.Select(range => range.First == range.Last
            ? range.First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{range.First}–{range.Last}")));
    }

    private static double Round(double value) => Math.Round(value, 1);

    // RFC 4514 §2.4: a comma within a value is escaped.
    [GeneratedRegex(@"(?<!\\),", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EndOfAttribute();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}Z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UniversalTime();
}
