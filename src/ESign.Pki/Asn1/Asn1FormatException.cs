using System.Globalization;

namespace ESign.Pki.Asn1;

/// <summary>The input is not the ASN.1 structure it should be: what is wrong and where.</summary>
/// <remarks>Encoding rules: ITU-T X.690.</remarks>
public sealed class Asn1FormatException : FormatException
{
    /// <summary>Makes the error.</summary>
    /// <param name="code">What kind of damage it is; stable between versions.</param>
    /// <param name="message">What was found, in words.</param>
    /// <param name="offset">The byte offset in the structure that was being read, or -1 when it is not known.</param>
    /// <param name="innerException">The cause, if another error led to this one.</param>
    internal Asn1FormatException(Asn1ErrorCode code, string message, int offset = -1, Exception? innerException = null)
        : base(Describe(code, message, offset), innerException)
    {
        Detail = message;
        Code = code;
        Offset = offset;
    }

    /// <summary>The kind of damage; stable between versions.</summary>
    internal Asn1ErrorCode Code { get; }

    /// <summary>What was found, without heading and offset: for messages that quote it.</summary>
    internal string Detail { get; }

    /// <summary>The byte offset in the structure that was being read, or -1.</summary>
    public int Offset { get; }

    private static string Describe(Asn1ErrorCode code, string message, int offset)
    {
        string place = offset >= 0 ? string.Create(CultureInfo.InvariantCulture, $" (offset {offset})") : "";
        (string chinese, string english) = code == Asn1ErrorCode.LimitExceeded ? ("ASN.1 数据超出处理限制", "ASN.1 limit") : ("ASN.1 数据格式错误", "Malformed ASN.1");
        return $"{chinese}：{message}{place} / {english}: {message}{place}";
    }
}
