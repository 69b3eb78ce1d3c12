using ESign.Pdf;
using ESign.Pdf.Document;

namespace ESign.Cli;

/// <summary>Opens the PDF a command works on, and turns what can go wrong into exit codes.</summary>
internal static class PdfInput
{
    /// <summary>Opens the file for reading; what is read from it meanwhile must go through <see cref="Guard{T}"/> too.</summary>
    public static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw CliContext.CannotRead(path, exception);
        }
    }

    /// <summary>Does some work on a document; damage becomes exit code 65.</summary>
    public static T Guard<T>(string path, string? password, Func<PdfDocument, T> work)
    {
        using FileStream file = OpenFile(path);
        try
        {
            using PdfDocument document = PdfDocument.Open(file, password);
            return work(document);
        }
        catch (PdfFormatException exception)
        {
            throw new CliException(CliExit.DataError, exception.Message, HintFor(exception.Code), exception);
        }
    }

    public static string HintFor(PdfErrorCode code) => code switch
    {
        PdfErrorCode.PasswordRequired => "请用 --pdf-password 给出密码 / give the password with --pdf-password",
        PdfErrorCode.NotAPdf => "请给出 PDF 文件 / give a PDF file",
        PdfErrorCode.LimitExceeded => "该文件所需的处理量超过任何真实文件，请勿信任 / the file asks for more work than any real document; do not trust it",
        _ => "请用其他软件打开后另存，或索取新的副本 / open the file in another program and save it again, or ask for a new copy",
    };
}
