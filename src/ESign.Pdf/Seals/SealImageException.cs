namespace ESign.Pdf.Seals;

/// <summary>An image file cannot become a seal.</summary>
internal sealed class SealImageException : FormatException
{
    /// <summary>Makes the error.</summary>
    /// <param name="code">What is wrong; stable between versions.</param>
    /// <param name="message">What was found, in words.</param>
    /// <param name="innerException">The cause, if another error led to this one.</param>
    public SealImageException(SealImageError code, string message, Exception? innerException = null)
        : base(Heading(code) + message, innerException) => Code = code;

    /// <summary>What is wrong; stable between versions.</summary>
    public SealImageError Code { get; }

    private static string Heading(SealImageError code) => code switch
    {
        SealImageError.FileTooLarge => "图片不能超过 5 MB / The image file is too large: ",
        SealImageError.TooManyPixels => "图片像素过多 / The image has too many pixels: ",
        SealImageError.UnsupportedFormat => "仅支持 PNG 和 JPEG 图片 / Unsupported image: ",
        _ => "图片已损坏 / Damaged image: ",
    };
}
