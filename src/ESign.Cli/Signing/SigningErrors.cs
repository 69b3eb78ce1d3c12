using System.Security.Cryptography;
using ESign.Pdf;
using ESign.Pdf.Fonts;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Asn1;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;

namespace ESign.Cli.Signing;

/// <summary>Turns what signing and extending throw into exit codes and hints.</summary>
internal static class SigningErrors
{
    /// <summary>Runs a command; an error becomes a <see cref="CliException"/>.</summary>
    public static async Task<int> CatchAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception exception) when (exception is not CliException && Describe(exception) is var (exitCode, hint))
        {
            throw new CliException(exitCode, exception.Message, hint, exception);
        }
    }

    private static (int ExitCode, string Hint)? Describe(Exception exception) => exception switch
    {
        PdfFormatException format => (CliExit.DataError, PdfInput.HintFor(format.Code)),
        SealPlacementException placement => (CliExit.PlacementRefused, HintFor(placement.Code)),
        SigningRefusedException refused => (ExitFor(refused.Code), HintFor(refused.Code)),
        SealImageException image => (CliExit.DataError, "give a PNG or JPEG of at most 5 MB"),
        MissingGlyphException => (CliExit.Usage, "give another text with --seal-name, or an image with --seal"),
        TimestampUnavailableException => (CliExit.Unavailable, "try again, name another --tsa, or add --allow-lower-level"),
        RevocationUnavailableException => (CliExit.Unavailable, "give the issuers' CRLs or OCSP answers with --crl and --ocsp, or fetch them with --online"),
        Asn1FormatException => (CliExit.DataError, "give a file of the kind the option asks for"),
        CryptographicException => (CliExit.NoPermission, "check the password file (its first line is the password) and the PKCS#12 file"),
        IOException or UnauthorizedAccessException => (CliExit.CannotCreate, "check the folder of the output and its permissions"),
        ArgumentException => (CliExit.Usage, "see the command's --help"),
        _ => null,
    };

    private static int ExitFor(SigningRefusal refusal) => refusal switch
    {
        SigningRefusal.DamagedAndSigned => CliExit.DataError,
        SigningRefusal.FieldNotFound or SigningRefusal.Overlap => CliExit.PlacementRefused,
        SigningRefusal.FieldName => CliExit.Usage,
        _ => CliExit.NoPermission,
    };

    private static string HintFor(SigningRefusal refusal) => refusal switch
    {
        SigningRefusal.DamagedAndSigned => "ask for an undamaged copy; repairing it here would break the signatures it has",
        SigningRefusal.FieldNotFound or SigningRefusal.FieldName => "name a signature field of the document, or place the seal with --at or --keyword",
        SigningRefusal.AlreadySigned => "sign another field, or place a new seal with --at or --keyword",
        SigningRefusal.Permissions => "give the owner password with --pdf-password",
        SigningRefusal.Certification or SigningRefusal.FieldLocked => "ask whoever signed first for a copy with a field for you, and sign that with --field",
        SigningRefusal.CertificationNotFirst => "leave out --certify",
        SigningRefusal.SeedValue => "sign as the field demands, or another field",
        SigningRefusal.Certificate => "use a certificate that is valid now and may sign",
        _ => "see `esign sign --help`",
    };

    private static string HintFor(SealPlacementError error) => error switch
    {
        SealPlacementError.KeywordNotFound => "check the spelling; `esign locate` shows what is found, pictures of text are not searched",
        SealPlacementError.FieldNotFound => "place the seal with --at or --keyword, or name a field of the document",
        SealPlacementError.NoSuchPage or SealPlacementError.NoPagesSelected => "give a page the document has, from 1, or from -1 at the end",
        SealPlacementError.TooFewPages => "a document of one page takes no cross-page seal: leave out --cross-page",
        SealPlacementError.Overlap => "choose another place; --preview shows where controls land",
        _ => "give coordinates inside the displayed page: its top-left corner is 0,0",
    };
}
