using System.Globalization;

namespace ESign.Pdf;

/// <summary>The input is not a PDF that can be read: what is wrong, where, and which clause says so.</summary>
public sealed class PdfFormatException : Exception
{
    private const string Separator = " / ";

    private readonly string _message;

    /// <summary>Makes the error.</summary>
    /// <param name="code">What kind of damage it is; stable between versions.</param>
    /// <param name="message">What was found, in words: <c>中文 / English</c>, or one text for both.</param>
    /// <param name="offset">The byte offset in the file, or -1 when no single place is to blame.</param>
    /// <param name="clause">The clause of ISO 32000-2 that is broken, for example <c>7.5.8.2</c>; empty if none.</param>
    /// <param name="innerException">The cause, if another error led to this one.</param>
    public PdfFormatException(PdfErrorCode code, string message, long offset = -1, string clause = "", Exception? innerException = null)
        : base(Describe(code, message, offset, clause), innerException)
    {
        Code = code;
        Offset = offset;
        Clause = clause;
        Detail = Locate(Halves(message).English, offset, clause);
        _message = message;
    }

    /// <summary>The kind of damage; stable between versions.</summary>
    public PdfErrorCode Code { get; }

    /// <summary>The byte offset in the file, or -1.</summary>
    public long Offset { get; }

    /// <summary>The clause of ISO 32000-2, or empty.</summary>
    public string Clause { get; }

    /// <summary>The English of the message without its heading, for use within another message.</summary>
    internal string Detail { get; }

    /// <summary>The same error with the place, which whoever found it did not know.</summary>
    internal PdfFormatException At(long offset) => new(Code, _message, offset, Clause, this);

    // A name of the document may hold the separator too, in both halves: then the middle one divides.
    private static (string Chinese, string English) Halves(string message)
    {
        string[] parts = message.Split(Separator);
        int middle = parts.Length / 2;
        return parts.Length % 2 == 0 && parts[0].Any(c => c >= '\u2E80') ? (string.Join(Separator, parts[..middle]), string.Join(Separator, parts[middle..])) : (message, message);
    }

    private static string Locate(string message, long offset, string clause)
    {
        string place = offset >= 0 ? string.Create(CultureInfo.InvariantCulture, $" (offset {offset})") : "";
        string rule = clause.Length > 0 ? $" [ISO 32000-2 §{clause}]" : "";
        return message + place + rule;
    }

    private static string Describe(PdfErrorCode code, string message, long offset, string clause)
    {
        (string chinese, string english) = code switch
        {
            PdfErrorCode.NotAPdf => ("您上传的文件不是 PDF 格式", "Not a PDF"),
            PdfErrorCode.PasswordRequired => ("该 PDF 需要密码", "Password required"),
            PdfErrorCode.LimitExceeded => ("PDF 超出处理限制", "Resource limit"),
            PdfErrorCode.Unsupported => ("不支持的 PDF 特性", "Unsupported"),
            PdfErrorCode.Font => ("字体文件损坏或不受支持", "Damaged or unusable font"),
            _ => ("PDF 文件损坏，请上传正确的 PDF 文件", "Damaged PDF"),
        };
        string place = offset >= 0 ? string.Create(CultureInfo.InvariantCulture, $"偏移 {offset}") : "";
        string rule = clause.Length > 0 ? "ISO 32000-2 §" + clause : "";
        string where = string.Join('，', new[] { place, rule }.Where(part => part.Length > 0));
        (string found, string inEnglish) = Halves(message);
        return $"{chinese}：{found}{(where.Length > 0 ? $"（{where}）" : "")}{Separator}{english}: {Locate(inEnglish, offset, clause)}";
    }
}
