using System.Globalization;
using System.Text;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Validation;

namespace ESign.Pdf.Reporting;

/// <summary>The words of reports: those of ETSI EN 319 102-1 §5.1.3 and of the JSON schema; never translated.</summary>
internal static class ReportTerms
{
    private const string Separator = " / ";

    /// <summary>TOTAL-PASSED, TOTAL-FAILED or INDETERMINATE: the status of a signature.</summary>
    public static string Total(Indication indication) => indication switch
    {
        Indication.Passed => "TOTAL-PASSED",
        Indication.Failed => "TOTAL-FAILED",
        _ => "INDETERMINATE",
    };

    /// <summary>PASSED, FAILED or INDETERMINATE: the status of a building block.</summary>
    public static string Block(Indication indication) => indication switch
    {
        Indication.Passed => "PASSED",
        Indication.Failed => "FAILED",
        _ => "INDETERMINATE",
    };

    /// <summary>For example HASH_FAILURE; null for none.</summary>
    public static string? Name(SubIndication sub)
    {
        if (sub == SubIndication.None)
        {
            return null;
        }

        var name = new StringBuilder(48);
        foreach (char c in sub.ToString())
        {
            if (char.IsAsciiLetterUpper(c) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToUpperInvariant(c));
        }

        return name.ToString();
    }

    public static string Name(DocumentVerdict verdict) => verdict switch
    {
        DocumentVerdict.Valid => "valid",
        DocumentVerdict.Invalid => "invalid",
        DocumentVerdict.Unsigned => "unsigned",
        _ => "indeterminate",
    };

    public static string? Name(SignatureLevel level) => level switch
    {
        SignatureLevel.BB => "B-B",
        SignatureLevel.BT => "B-T",
        SignatureLevel.BLT => "B-LT",
        SignatureLevel.BLTA => "B-LTA",
        _ => null,
    };

    public static string Name(Coverage coverage) => coverage switch
    {
        Coverage.WholeFile => "whole-file",
        Coverage.WholeRevision => "whole-revision",
        _ => "invalid",
    };

    public static string Name(ModificationLevel level) => level switch
    {
        ModificationLevel.None => "none",
        ModificationLevel.LongTermData => "long-term",
        ModificationLevel.FormFilling => "form-filling",
        ModificationLevel.Annotations => "annotations",
        _ => "other",
    };

    public static string Name(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => "passed",
        CheckOutcome.Warning => "warning",
        CheckOutcome.Failed => "failed",
        _ => "indeterminate",
    };

    public static string Name(RevocationStatus status) => status switch
    {
        RevocationStatus.Good => "good",
        RevocationStatus.OnHold => "on-hold",
        RevocationStatus.Revoked => "revoked",
        _ => "unknown",
    };

    public static string Name(TimestampKind kind) => kind switch
    {
        TimestampKind.Content => "content",
        TimestampKind.Signature => "signature",
        _ => "document",
    };

    /// <summary>One language of a message written as "中文 / English".</summary>
    /// <remarks>Quoted names may hold the separator too, once in each half: then the middle one divides. What does not divide so is shown whole.</remarks>
    public static string In(ReportLanguage language, string message)
    {
        string[] parts = message.Split(Separator);
        if (language == ReportLanguage.Both)
        {
            return message;
        }

        // "中文 / English: 细节 / detail", to any depth: a message that quotes another.
        if (parts.Length > 2 && Array.TrueForAll(parts[1..^1], part => part.IndexOf(": ", StringComparison.Ordinal) > 0))
        {
            IEnumerable<(string English, string Chinese)> between = parts[1..^1].Select(part => (part[..part.IndexOf(": ", StringComparison.Ordinal)], part[(part.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
            return language == ReportLanguage.Chinese
                ? string.Join('：', between.Select(part => part.Chinese).Prepend(parts[0]))
                : string.Join(": ", between.Select(part => part.English).Append(parts[^1]));
        }

        if (parts.Length % 2 != 0)
        {
            return message;
        }

        int middle = parts.Length / 2;
        return string.Join(Separator, language == ReportLanguage.Chinese ? parts[..middle] : parts[middle..]);
    }

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
