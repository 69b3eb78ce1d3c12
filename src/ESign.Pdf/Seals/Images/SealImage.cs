using System.Globalization;

namespace ESign.Pdf.Seals.Images;

/// <summary>Reads an image file as the options say: its appearance and its SVG form.</summary>
internal static class SealImage
{
    private const double DefaultMillimeters = 42;

    public static (Appearance Appearance, Func<string> Svg) Read(ReadOnlyMemory<byte> file, SealImageOptions options)
    {
        ImageLimits.CheckFile(file.Length);
        if (PngReader.IsPng(file.Span))
        {
            RasterImage image = PngReader.Read(file.Span);
            image = options.WhiteToTransparent ? image.WithoutWhite() : image;
            image = options.FlattenOnWhite ? image.OnWhite() : image;
            (double width, double height) = NaturalSize(options, image.Width, image.Height);
            return (ImageAppearance.Of(image, width, height, options.Opacity), () => Svg("image/png", PngWriter.Write(image), width, height, options));
        }

        if (JpegHeader.IsJpeg(file.Span))
        {
            byte[] copy = file.ToArray();
            JpegHeader header = JpegHeader.Read(copy);
            if (options.WhiteToTransparent && header.Components == 4)
            {
                throw new SealImageException(SealImageError.UnsupportedFormat, "JPEG: white cannot be made transparent in a CMYK picture; save it as RGB or PNG.");
            }

            bool isTurned = header.Orientation >= 5;
            (double width, double height) = NaturalSize(options, isTurned ? header.Height : header.Width, isTurned ? header.Width : header.Height);
            bool withoutWhite = options is { WhiteToTransparent: true, FlattenOnWhite: false };
            return (ImageAppearance.Of(copy, header, withoutWhite, width, height, options.Opacity), () => Svg("image/jpeg", copy, width, height, options));
        }

        throw new SealImageException(SealImageError.UnsupportedFormat, "neither PNG nor JPEG by its first bytes.");
    }

    private static (double Width, double Height) NaturalSize(SealImageOptions options, int pixelWidth, int pixelHeight)
    {
        SealSize box = options.Size ?? SealSize.Square(DefaultMillimeters);
        double scale = Math.Min(Length.FromMillimeters(box.WidthMillimeters).Points / pixelWidth, Length.FromMillimeters(box.HeightMillimeters).Points / pixelHeight);
        return (pixelWidth * scale, pixelHeight * scale);
    }

    private static string Svg(string mediaType, byte[] file, double width, double height, SealImageOptions options)
    {
        string title = options.AlternateText.Length > 0 ? $"<title>{System.Security.SecurityElement.Escape(options.AlternateText)}</title>\n" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width * 25.4 / 72:0.##}mm" height="{height * 25.4 / 72:0.##}mm" viewBox="0 0 {width:0.##} {height:0.##}">
            {title}<image width="{width:0.##}" height="{height:0.##}" opacity="{options.Opacity:0.##}" href="data:{mediaType};base64,{Convert.ToBase64String(file)}"/>
            </svg>

            """);
    }
}
