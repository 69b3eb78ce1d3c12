using System.Buffers.Binary;
using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Images;
using ESign.Testing;

namespace ESign.Pdf.Tests.Seals;

/// <summary>Image seals: PNG by our own decoder with ImageMagick as witness, JPEG as it is, and clear refusals.</summary>
public sealed class SealImageTests
{
    /// <summary>ISO/IEC 15948 table 11.1: every colour type and bit depth, plain and interlaced, at a width that fills no byte.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(0, 4)]
    [InlineData(0, 8)]
    [InlineData(0, 16)]
    [InlineData(2, 8)]
    [InlineData(2, 16)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(3, 4)]
    [InlineData(3, 8)]
    [InlineData(4, 8)]
    [InlineData(4, 16)]
    [InlineData(6, 8)]
    [InlineData(6, 16)]
    public void Every_kind_of_png_is_decoded_as_ImageMagick_does(int colorType, int depth)
    {
        foreach (string interlace in new[] { "None", "PNG" })
        {
            using var folder = new TemporaryFolder();
            string png = folder.File("in.png");
            int colors = 1 << Math.Min(depth, 7);
            string[] source = colorType switch
            {
                0 => ["-size", "37x29", "gradient:black-white", "-depth", $"{depth}"],
                3 => ["-size", "37x29", "gradient:black-white", "-posterize", $"{colors}"],
                4 => ["-size", "37x29", "gradient:black-white", "-channel", "A", "-fx", "i/w", "+channel"],
                6 => ["-size", "37x29", "gradient:red-blue", "-alpha", "set", "-channel", "A", "-fx", "i/w", "+channel"],
                _ => ["-size", "37x29", "gradient:red-blue"],
            };
            Convert([.. source, "-interlace", interlace, "-define", $"png:color-type={colorType}", "-define", $"png:bit-depth={depth}", png]);
            byte[] file = File.ReadAllBytes(png);
            Assert.Equal((depth, colorType, interlace == "PNG" ? 1 : 0), (file[24], file[25], file[28]));
            Convert([png, "-depth", "8", "rgba:" + folder.File("out")]);

            RasterImage image = PngReader.Read(file);
            byte[] expected = File.ReadAllBytes(folder.File("out"));
            Assert.Equal((37, 29), (image.Width, image.Height));
            for (int i = 0; i < 37 * 29; i++)
            {
                for (int c = 0; c < 3; c++)
                {
                    Assert.InRange(image.Rgb[(i * 3) + c] - expected[(i * 4) + c], -1, 1); // 16 bits: truncated here, rounded there
                }

                Assert.InRange((image.Alpha?[i] ?? 255) - expected[(i * 4) + 3], -1, 1);
            }
        }
    }

    [Fact]
    public void A_written_png_reads_back()
    {
        var image = new RasterImage(3, 2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18], [0, 50, 100, 150, 200, 255]);
        RasterImage read = PngReader.Read(PngWriter.Write(image));
        Assert.Equal(image.Rgb, read.Rgb);
        Assert.Equal(image.Alpha, read.Alpha);
    }

    /// <summary>Laid back on white paper, the picture is what it was.</summary>
    [Fact]
    public void Taking_out_white_is_invisible_on_white()
    {
        var image = new RasterImage(4, 1, [255, 255, 255, 255, 0, 0, 255, 128, 128, 10, 20, 30], null);
        RasterImage without = image.WithoutWhite();
        Assert.Equal(new byte[] { 0, 255, 127, 245 }, without.Alpha);
        RasterImage back = without.OnWhite();
        Assert.All(image.Rgb.Zip(back.Rgb), pair => Assert.InRange(pair.First - pair.Second, -2, 2));
    }

    [Fact]
    public void A_png_with_alpha_lets_the_page_show_through()
    {
        byte[] png = PngWriter.Write(new RasterImage(2, 1, [255, 0, 0, 255, 0, 0], [255, 0]));
        RenderedPage page = RenderedPage.Render(RenderedPage.Document(Seal.FromImage(png, new SealImageOptions { Size = new SealSize(42, 21) })))[0];
        Assert.Equal((255, 0, 0), page[20, 30]);
        Assert.Equal((255, 255, 255), page[100, 30]);
    }

    /// <summary>ISO 19005-1 §6.4 forbids /SMask and opacity; an explicit one-bit mask does the same without them.</summary>
    [Fact]
    public void Without_transparency_alpha_becomes_a_stencil()
    {
        byte[] png = PngWriter.Write(new RasterImage(2, 1, [255, 0, 0, 255, 0, 0], [255, 0]));
        Appearance opaque = Seal.FromImage(png, new SealImageOptions { Opacity = 0.5 }).Appearance.WithoutTransparency();
        using var stream = new MemoryStream();
        SealDocument.Write(opaque, stream);
        string text = System.Text.Encoding.Latin1.GetString(stream.ToArray());
        Assert.DoesNotContain("/SMask", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/ca", text, StringComparison.Ordinal);
        Assert.Contains("/ImageMask true", text, StringComparison.Ordinal);
        RenderedPage page = RenderedPage.Render(stream.ToArray())[0];
        Assert.Equal((255, 0, 0), page[20, 30]);
        Assert.Equal((255, 255, 255), page[100, 30]);
    }

    [Theory]
    [InlineData("rgb", "sRGB", "-quality", "92")]
    [InlineData("grey", "Gray", "-quality", "92")]
    [InlineData("cmyk", "CMYK", "-quality", "92")]
    [InlineData("progressive", "sRGB", "-interlace", "Plane")]
    public void A_jpeg_is_embedded_as_it_is(string kind, string colorspace, string option, string value)
    {
        using var folder = new TemporaryFolder();
        string color = kind == "grey" ? "gray(40%)" : "rgb(200,30,30)";
        Convert(["-size", "60x60", "xc:" + color, "-colorspace", colorspace, option, value, folder.File("in.jpg")]);
        byte[] jpeg = File.ReadAllBytes(folder.File("in.jpg"));
        byte[] pdf = RenderedPage.Document(Seal.FromImage(jpeg));
        Assert.True(pdf.AsSpan().IndexOf(jpeg) > 0, "the JPEG's bytes are not in the PDF");
        (int red, int green, _) = RenderedPage.Render(pdf)[0][60, 60];
        Assert.InRange(red, kind == "grey" ? 95 : 180, kind == "grey" ? 110 : 230);
        Assert.InRange(green, kind == "grey" ? 95 : 10, kind == "grey" ? 110 : 75);
    }

    [Fact]
    public void White_in_a_jpeg_can_become_transparent()
    {
        using var folder = new TemporaryFolder();
        Convert(["-size", "80x80", "xc:white", "-fill", "red", "-draw", "rectangle 0,0 39,79", "-quality", "90", folder.File("in.jpg")]);
        Seal seal = Seal.FromImage(File.ReadAllBytes(folder.File("in.jpg")), new SealImageOptions { WhiteToTransparent = true });
        var page = FakePages.A4;
        byte[] pdf = RenderedPage.Document([page],
        [
            new ESign.Pdf.Seals.Placing.ResolvedPlacement(1, new DisplayedRectangle(0, 0, 80, 80), page, BlueBox()),
            new ESign.Pdf.Seals.Placing.ResolvedPlacement(1, new DisplayedRectangle(0, 0, 80, 80), page, seal.Appearance),
        ]);
        RenderedPage shown = RenderedPage.Render(pdf)[0];
        Assert.InRange(shown[10, 40].Red, 240, 255);
        Assert.Equal((0, 51, 153), shown[70, 40]);
    }

    /// <summary>Exif 2.3 §4.6.4: 6 means the stored picture must be turned a quarter clockwise.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(6, 1)]
    [InlineData(3, 2)]
    [InlineData(8, 3)]
    public void A_photo_is_turned_upright(int orientation, int quarter)
    {
        using var folder = new TemporaryFolder();
        Convert(["-size", "80x80", "xc:white", "-fill", "red", "-draw", "rectangle 0,0 79,19", folder.File("in.jpg")]);
        byte[] jpeg = File.ReadAllBytes(folder.File("in.jpg"));
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        RenderedPage page = RenderedPage.Render(RenderedPage.Document(Seal.FromImage((byte[])[.. jpeg[..2], .. exif, .. jpeg[2..]])))[0];
        (int x, int y)[] edges = [(60, 8), (110, 60), (60, 110), (8, 60)]; // top, right, bottom, left
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(i == quarter, page.IsInk(edges[i].x, edges[i].y));
        }
    }

    [Fact]
    public void Damage_is_told_and_never_anything_else_thrown()
    {
        using var folder = new TemporaryFolder();
        Convert(["-size", "20x20", "gradient:red-blue", folder.File("a.png")]);
        Convert(["-size", "20x20", "gradient:red-blue", folder.File("a.jpg")]);
        foreach (string name in new[] { "a.png", "a.jpg" })
        {
            byte[] file = File.ReadAllBytes(folder.File(name));
            for (int length = 0; length < file.Length - 1; length++)
            {
                Assert.Throws<SealImageException>(() => Seal.FromImage(file.AsMemory(0, length)));
            }

            for (int i = 0; i < file.Length; i++)
            {
                byte[] changed = [.. file];
                changed[i] ^= 0xFF;
                try
                {
                    Seal.FromImage(changed);
                }
                catch (SealImageException)
                {
                    // The only exception allowed.
                }
            }
        }
    }

    [Fact]
    public void Size_limits_are_kept_before_anything_is_unpacked()
    {
        Assert.Equal(SealImageError.FileTooLarge, Refused(new byte[(5 * 1024 * 1024) + 1]));
        Assert.Equal(SealImageError.UnsupportedFormat, Refused("GIF89a"u8.ToArray()));
        Assert.Equal(SealImageError.TooManyPixels, Refused(WithSize(4097, 4097)));
        Assert.Equal(SealImageError.TooManyPixels, Refused(WithSize(uint.MaxValue, uint.MaxValue)));
        Assert.Equal(SealImageError.Corrupt, Refused(WithSize(0, 5)));
        Assert.Equal(SealImageError.UnsupportedFormat, Refused(WithSize(1001, 100)));
        Assert.Equal(SealImageError.Corrupt, Refused(WithSize(100, 100))); // 10,000 pixels promised, 1 delivered
        Assert.Throws<ArgumentOutOfRangeException>(() => new SealImageOptions { Size = new SealSize(9, 40) });
    }

    private static byte[] WithSize(uint width, uint height)
    {
        byte[] png = PngWriter.Write(new RasterImage(1, 1, [0, 0, 0], null));
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32.Compute(png.AsSpan(12, 17)));
        return png;
    }

    private static SealImageError Refused(byte[] file) => Assert.Throws<SealImageException>(() => Seal.FromImage(file)).Code;

    private static Appearance BlueBox() => new DrawingAppearance(new ESign.Pdf.Seals.Drawing.VectorDrawing(
        80, 80, [new ESign.Pdf.Seals.Drawing.PaintedPath(ESign.Pdf.Seals.Drawing.VectorPath.Rectangle(0, 0, 80, 80), SealColor.InkBlue)]));

    private static void Convert(string[] arguments)
    {
        Tool run = Tool.Run("convert", arguments);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("esign-image");

        public string File(string name) => Path.Combine(_folder.FullName, name);

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
