namespace ESign.Pdf.Seals.Images;

/// <summary>A decoded picture: three bytes a pixel, and one byte of alpha each unless it is opaque.</summary>
internal sealed record RasterImage(int Width, int Height, byte[] Rgb, byte[]? Alpha)
{
    /// <summary>Below this share of ink (of 255) a pixel counts as the paper of a scan and vanishes.</summary>
    private const int Paper = 20;

    /// <summary>
    /// Takes white out of every pixel: as much as its lightest channel allows becomes transparency, and the rest of the
    /// colour grows accordingly. On white paper the result looks as before; on text the text shows through.
    /// </summary>
    public RasterImage WithoutWhite()
    {
        byte[] rgb = new byte[Rgb.Length];
        byte[] alpha = new byte[Width * Height];
        for (int i = 0; i < alpha.Length; i++)
        {
            ReadOnlySpan<byte> pixel = Rgb.AsSpan(i * 3, 3);
            int ink = 255 - Math.Min(pixel[0], Math.Min(pixel[1], pixel[2]));
            if (ink < Paper)
            {
                continue;
            }

            for (int c = 0; c < 3; c++)
            {
                rgb[(i * 3) + c] = (byte)Math.Clamp(((pixel[c] - 255 + ink) * 255) / ink, 0, 255);
            }

            alpha[i] = (byte)((ink * (Alpha?[i] ?? 255)) / 255);
        }

        return new RasterImage(Width, Height, rgb, alpha);
    }

    /// <summary>The picture laid on white paper.</summary>
    public RasterImage OnWhite()
    {
        if (Alpha is null)
        {
            return this;
        }

        byte[] rgb = new byte[Rgb.Length];
        for (int i = 0; i < rgb.Length; i++)
        {
            int alpha = Alpha[i / 3];
            rgb[i] = (byte)(((Rgb[i] * alpha) + (255 * (255 - alpha))) / 255);
        }

        return new RasterImage(Width, Height, rgb, null);
    }
}
