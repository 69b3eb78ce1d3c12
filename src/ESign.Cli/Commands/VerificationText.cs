using System.Globalization;
using System.Text;
using ESign.Pdf.Reporting;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;

namespace ESign.Cli.Commands;

/// <summary>A verification as lines for a terminal; <c>--json</c> has all of it.</summary>
/// <remarks>Verdicts and indications are the standard's words unless Chinese alone was asked for; rules keep their names, to be searched for.</remarks>
internal static class VerificationText
{
    public static string Write(string file, VerificationResult result, ReportLanguage language)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{file}: {Word(result.Verdict, language)} ({(int)result.Code})");
        foreach (SignatureVerdict signature in result.Signatures)
        {
            Write(text, signature, language);
        }

        return text.ToString();
    }

    /// <summary>The verdict on a document, in one word.</summary>
    public static string Word(DocumentVerdict verdict, ReportLanguage language) =>
        language == ReportLanguage.Chinese ? ReportTexts.Chinese["verdict.word." + verdict] : ReportTerms.Name(verdict);

    private static void Write(StringBuilder text, SignatureVerdict signature, ReportLanguage language)
    {
        bool isChinese = language == ReportLanguage.Chinese;
        string level = ReportTerms.Name(signature.Level) is { } reached ? ", " + reached : isChinese ? ", " + ReportTexts.Chinese["fact.level.none"] : "";
        string coverage = isChinese ? ReportTexts.Chinese["fact.coverage." + signature.Coverage] : ReportTerms.Name(signature.Coverage);
        text.AppendLine().AppendLine();
        text.Append(CultureInfo.InvariantCulture, $"{signature.FieldName}: {(isChinese ? ChineseResult(signature) : Result(signature))} ({signature.SubFilter}{level}, {coverage})");
        if (signature.Certificate is { } certificate)
        {
            text.AppendLine().Append("  ").Append(certificate.Subject);
        }

        foreach (CheckResult check in signature.Checks)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  {Mark(check.Outcome)} {check.Rule}: {ReportTerms.In(language, check.Message)} ({check.Citation})");
        }

        foreach (ModificationFinding finding in signature.LaterChanges)
        {
            string page = finding.Page?.ToString(CultureInfo.InvariantCulture) is { } number ? isChinese ? $"（第 {number} 页）" : $" (page {number})" : "";
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"    {(finding.Permitted ? "+" : "!")} {finding.Rule}: {ReportTerms.In(language, finding.Message)} [{finding.Object}]{page}");
        }
    }

    private static string Result(SignatureVerdict signature) =>
        ReportTerms.Total(signature.Indication) + (ReportTerms.Name(signature.SubIndication) is { } name ? " " + name : "");

    private static string ChineseResult(SignatureVerdict signature) =>
        ReportTexts.Chinese["indication." + signature.Indication]
        + (ReportTerms.Name(signature.SubIndication) is { } name ? $"：{ReportTexts.Chinese["sub." + signature.SubIndication]} {name}" : "");

    private static char Mark(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => '+',
        CheckOutcome.Warning => '~',
        CheckOutcome.Failed => '!',
        _ => '?',
    };
}
