using System.IO.Compression;

namespace ESign.Pdf.Fonts;

/// <summary>
/// The font that comes with ESign: Noto Serif SC Regular (SIL Open Font License 1.1), reduced to the 8105 General Standard
/// Chinese Characters, GB 2312, ASCII and the signs of contracts. <c>eng/font/README.md</c> says how it is made.
/// </summary>
internal static class BundledFont
{
    private const string Resource = "ESign.Pdf.Fonts.NotoSerifSC-Contract.ttf.gz";

    private static readonly Lazy<TrueTypeFont> Loaded = new(Load);

    /// <summary>The font; unpacked at first use (4 MB), then shared.</summary>
    public static TrueTypeFont Regular => Loaded.Value;

    private static TrueTypeFont Load()
    {
        using Stream packed = typeof(BundledFont).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the assembly lacks its resource {Resource}");
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var font = new MemoryStream(4_200_000);
        unpacked.CopyTo(font);
        return TrueTypeFont.Read(font.ToArray());
    }
}
