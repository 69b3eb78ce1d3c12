using System.Globalization;
using System.Text;
using ESign.Pdf.Reporting;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;

namespace ESign.Cli.Commands;

/// <summary>A verification as lines for a terminal; <c>--json</c> has all of it.</summary>
internal static class VerificationText
{
    public static string Write(string file, VerificationResult result, ReportLanguage language)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{file}: {ReportTerms.Name(result.Verdict)} ({(int)result.Code})");
        foreach (SignatureVerdict signature in result.Signatures)
        {
            Write(text, signature, language);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, SignatureVerdict signature, ReportLanguage language)
    {
        string sub = ReportTerms.Name(signature.SubIndication) is { } name ? " " + name : "";
        string level = ReportTerms.Name(signature.Level) is { } reached ? ", " + reached : "";
        text.AppendLine().AppendLine();
        text.Append(CultureInfo.InvariantCulture, $"{signature.FieldName}: {ReportTerms.Total(signature.Indication)}{sub} ({signature.SubFilter}{level}, {ReportTerms.Name(signature.Coverage)})");
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
            string page = finding.Page is { } number ? string.Create(CultureInfo.InvariantCulture, $" (page {number})") : "";
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"    {(finding.Permitted ? "+" : "!")} {finding.Rule}: {ReportTerms.In(language, finding.Message)} [{finding.Object}]{page}");
        }
    }

    private static char Mark(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => '+',
        CheckOutcome.Warning => '~',
        CheckOutcome.Failed => '!',
        _ => '?',
    };
}
