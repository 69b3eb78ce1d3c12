using System.Security.Cryptography;
using ESign.Pdf;
using ESign.Pdf.Fonts;
using ESign.Pdf.Reporting;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Asn1;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;

namespace ESign.Cli;

/// <summary>Ends a command with an exit code, a message and a hint one can act on.</summary>
internal sealed class CliException : Exception
{
    /// <param name="exitCode">One of <see cref="CliExit"/>.</param>
    /// <param name="message">What went wrong.</param>
    /// <param name="hint">What to do about it.</param>
    /// <param name="innerException">The cause, if another error led to this one; it names the error in JSON.</param>
    public CliException(int exitCode, string message, string hint, Exception? innerException = null)
        : base(message, innerException)
    {
        ExitCode = exitCode;
        Hint = hint;
        Code = NameOf(innerException) ?? NameOf(exitCode);
    }

    /// <summary>Ends a command because of another error, which is quoted in each language as far as it speaks it.</summary>
    public static CliException Because(Exception cause, int exitCode, string chinese, string english, string hint) =>
        new(exitCode, $"{chinese}：{ReportTerms.In(ReportLanguage.Chinese, cause.Message)} / {english}: {ReportTerms.In(ReportLanguage.English, cause.Message)}", hint, cause);

    /// <summary>The hint that lists what could be written.</summary>
    public static string OneOf(IEnumerable<string> names)
    {
        string list = string.Join(", ", names);
        return $"可用：{list} / one of {list}";
    }

    public int ExitCode { get; }

    public string Hint { get; }

    /// <summary>The error's stable name in JSON.</summary>
    public string Code { get; init; }

    /// <summary>Whether the command has already told it in JSON.</summary>
    public bool IsPrinted { get; init; }

    private static string? NameOf(Exception? cause) => cause switch
    {
        PdfFormatException format => format.Code.ToString(),
        SealPlacementException placement => placement.Code.ToString(),
        SigningRefusedException refused => refused.Code.ToString(),
        SealImageException image => image.Code.ToString(),
        IssuanceRefusedException refused => refused.Code,
        MissingGlyphException => "MissingGlyph",
        TimestampUnavailableException => "TimestampUnavailable",
        RevocationUnavailableException => "RevocationUnavailable",
        Asn1FormatException => "Asn1",
        CryptographicException => "Credential",
        _ => null,
    };

    private static string NameOf(int exitCode) => exitCode switch
    {
        CliExit.Usage => "Usage",
        CliExit.NoInput => "NoInput",
        CliExit.NoPermission => "NoPermission",
        CliExit.Unavailable => "Unavailable",
        CliExit.CannotCreate => "CannotWrite",
        CliExit.Unsigned => "Unsigned",
        _ => "DataError",
    };
}
