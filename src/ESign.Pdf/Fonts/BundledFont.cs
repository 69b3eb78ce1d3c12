namespace ESign.Pdf.Fonts;

/// <summary>
/// The font that comes with ESign: Noto Serif SC Regular (SIL Open Font License 1.1), reduced to the 8105 General Standard
/// Chinese Characters, GB 2312, ASCII and the signs of contracts. <c>eng/font/README.md</c> says how it is made.
/// </summary>
internal static class BundledFont
{
    private static readonly Lazy<TrueTypeFont> Loaded = new(static () => TrueTypeFont.Read(MappedResource.Read("ESign.Pdf.Fonts.NotoSerifSC-Contract.ttf")));

    /// <summary>The font, shared; of its four megabytes only what is used is read.</summary>
    public static TrueTypeFont Regular => Loaded.Value;
}
