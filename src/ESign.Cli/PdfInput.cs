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
            throw new CliException(CliExit.NoInput, $"无法读取文件 {path}：{exception.Message} / cannot read {path}: {exception.Message}", "check the path and its permissions", exception);
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
        PdfErrorCode.PasswordRequired => "give the password with --pdf-password",
        PdfErrorCode.NotAPdf => "give a PDF file",
        PdfErrorCode.LimitExceeded => "the file asks for more work than any real document; do not trust it",
        _ => "open the file in another program and save it again, or ask for a new copy",
    };
}
