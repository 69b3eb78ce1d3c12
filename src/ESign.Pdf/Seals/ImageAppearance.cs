using ESign.Pdf.Objects;
using ESign.Pdf.Seals.Drawing;
using ESign.Pdf.Seals.Images;

namespace ESign.Pdf.Seals;

/// <summary>An image as a form XObject (ISO 32000-2 §8.9).</summary>
/// <remarks>
/// A PNG's alpha is a soft mask. Without transparency (PDF/A-1) it becomes a one-bit stencil mask, which that standard
/// permits (ISO 19005-1 §6.4): what is at least half opaque is shown, text under the rest stays readable.
/// </remarks>
internal abstract class ImageAppearance : Appearance
{
    private readonly PdfMatrix _orientation;

    private ImageAppearance(double width, double height, PdfMatrix orientation, double opacity)
        : base(width, height)
    {
        _orientation = orientation;
        Opacity = opacity;
    }

    protected double Opacity { get; }

    /// <summary>A decoded picture.</summary>
    public static ImageAppearance Of(RasterImage image, double width, double height, double opacity) =>
        new Raster(image, width, height, opacity, useStencil: false);

    /// <summary>A JPEG file as it is.</summary>
    public static ImageAppearance Of(ReadOnlyMemory<byte> jpeg, JpegHeader header, bool withoutWhite, double width, double height, double opacity) =>
        new Jpeg(jpeg[..header.Length], header, withoutWhite, width, height, opacity);

    protected override PdfReference WriteForm(IObjectSink sink)
    {
        var content = new ContentBuilder();
        PdfDictionary resources = new(("XObject", new PdfDictionary(("I", WriteImage(sink)))));
        if (Opacity < 1)
        {
            PdfDictionary alpha = new(("Type", new PdfName("ExtGState")), ("ca", Opacity), ("CA", Opacity));
            resources = resources.With("ExtGState", new PdfDictionary(("G", alpha)));
            content.GraphicsState("G");
        }

        content.Transform(_orientation.Then(PdfMatrix.Scaling(Width, Height))).Draw("I");
        return sink.Add(content.ToStream(FormDictionary(resources)));
    }

    protected abstract PdfReference WriteImage(IObjectSink sink);

    private static PdfDictionary ImageDictionary(int width, int height) => new(
        ("Type", new PdfName("XObject")),
        ("Subtype", new PdfName("Image")),
        ("Width", width),
        ("Height", height),
        ("BitsPerComponent", 8));

    private static PdfStream Deflated(PdfDictionary dictionary, ReadOnlySpan<byte> bytes) =>
        new(dictionary.With("Filter", new PdfName("FlateDecode")), ContentBuilder.Deflate(bytes));

    private sealed class Raster(RasterImage image, double width, double height, double opacity, bool useStencil)
        : ImageAppearance(width, height, PdfMatrix.Identity, opacity)
    {
        /// <summary>Compressed once, shared by all documents.</summary>
        private readonly Lazy<(PdfStream Pixels, PdfStream? Mask)> _compressed = new(() => (
            Deflated(ImageDictionary(image.Width, image.Height).With("ColorSpace", new PdfName("DeviceRGB")), image.Rgb),
            image.Alpha is not { } alpha ? null
                : useStencil ? Stencil(image.Width, image.Height, alpha)
                : Deflated(ImageDictionary(image.Width, image.Height).With("ColorSpace", new PdfName("DeviceGray")), alpha)));

        protected override Appearance MakeOpaque() =>
            image.Alpha is null && Opacity >= 1 ? this : new Raster(image, Width, Height, opacity: 1, useStencil: true);

        protected override PdfReference WriteImage(IObjectSink sink)
        {
            (PdfStream pixels, PdfStream? mask) = _compressed.Value;
            return sink.Add(mask is null ? pixels : new PdfStream(pixels.Dictionary.With(useStencil ? "Mask" : "SMask", sink.Add(mask)), pixels.Data));
        }

        // §8.9.6.3: a one bit masks the pixel out.
        private static PdfStream Stencil(int width, int height, byte[] alpha)
        {
            int rowBytes = (width + 7) / 8;
            byte[] bits = new byte[rowBytes * height];
            for (int i = 0; i < alpha.Length; i++)
            {
                if (alpha[i] < 128)
                {
                    bits[(i / width * rowBytes) + (i % width / 8)] |= (byte)(0x80 >> (i % width % 8));
                }
            }

            return Deflated(ImageDictionary(width, height).With("ImageMask", true).With("BitsPerComponent", 1), bits);
        }
    }

    private sealed class Jpeg(ReadOnlyMemory<byte> file, JpegHeader header, bool withoutWhite, double width, double height, double opacity)
        : ImageAppearance(width, height, Upright(header.Orientation), opacity)
    {
        /// <summary>Nearly white, since compression leaves no pure white around ink.</summary>
        private const int NearlyWhite = 228;

        protected override Appearance MakeOpaque() => Opacity >= 1 ? this : new Jpeg(file, header, withoutWhite, Width, Height, opacity: 1);

        protected override PdfReference WriteImage(IObjectSink sink)
        {
            PdfDictionary dictionary = ImageDictionary(header.Width, header.Height)
                .With("ColorSpace", new PdfName(header.Components switch { 1 => "DeviceGray", 3 => "DeviceRGB", _ => "DeviceCMYK" }))
                .With("Filter", new PdfName("DCTDecode"));
            if (header is { Components: 4, IsAdobe: true })
            {
                dictionary = dictionary.With("Decode", new PdfArray(1, 0, 1, 0, 1, 0, 1, 0));
            }

            if (withoutWhite)
            {
                // §8.9.6.4: a range of each component; pixels within all of them are not painted.
                dictionary = dictionary.With("Mask", new PdfArray(Enumerable.Repeat<PdfObject[]>([NearlyWhite, 255], header.Components).SelectMany(r => r)));
            }

            return sink.Add(new PdfStream(dictionary, file));
        }

        /// <summary>From the unit square of the stored picture to that of the upright one.</summary>
        private static PdfMatrix Upright(int orientation) => orientation switch
        {
            2 => new PdfMatrix(-1, 0, 0, 1, 1, 0),
            3 => new PdfMatrix(-1, 0, 0, -1, 1, 1),
            4 => new PdfMatrix(1, 0, 0, -1, 0, 1),
            5 => new PdfMatrix(0, -1, -1, 0, 1, 1),
            6 => new PdfMatrix(0, -1, 1, 0, 0, 1),
            7 => new PdfMatrix(0, 1, 1, 0, 0, 0),
            8 => new PdfMatrix(0, 1, -1, 0, 1, 0),
            _ => PdfMatrix.Identity,
        };
    }
}
