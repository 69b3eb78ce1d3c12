namespace ESign.Pdf.Seals.Images;

/// <summary>What an image may cost: the platform's 5 MB, and 4096 × 4096 pixels, far beyond any scanner's picture of a seal.</summary>
internal static class ImageLimits
{
    public const int MaximumBytes = 5 * 1024 * 1024;

    public const int MaximumPixels = 4096 * 4096;

    public static void CheckFile(int bytes)
    {
        if (bytes > MaximumBytes)
        {
            throw new SealImageException(SealImageError.FileTooLarge, $"{bytes} bytes, at most {MaximumBytes}.");
        }
    }

    public static void CheckPixels(long width, long height)
    {
        if (width <= 0 || height <= 0)
        {
            throw new SealImageException(SealImageError.Corrupt, $"{width} × {height} pixels.");
        }

        if (width > MaximumPixels / height)
        {
            throw new SealImageException(SealImageError.TooManyPixels, $"{width} × {height}, at most {MaximumPixels}.");
        }

        if (width > height * 10 || height > width * 10)
        {
            throw new SealImageException(SealImageError.UnsupportedFormat, $"{width} × {height} pixels; the ratio must be from 0.1 to 10.");
        }
    }
}
