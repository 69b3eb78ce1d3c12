using ESign.Pdf.Objects;

namespace ESign.Pdf.Content.Decoding;

/// <summary>A font with one-byte codes: Type 1, TrueType or Type 3.</summary>
/// <remarks>ISO 32000-2 §9.6. The whole table is worked out once, so that reading text is an array look-up.</remarks>
internal sealed class SimpleFont : ContentFont
{
    private const int Codes = 256;

    /// <summary>Bit 3 of <c>/Flags</c> (table 121): the font has its own character set.</summary>
    private const int SymbolicFlag = 1 << 2;

    /// <summary>No ordinary font reaches so many ems from its lowest to its highest point.</summary>
    private const double TallestEm = 4;

    private readonly DecodedGlyph[] _glyphs;

    private SimpleFont(DecodedGlyph[] glyphs, FontExtent extent)
        : base(isVertical: false, extent) => _glyphs = glyphs;

    /// <param name="resolver">Where objects come from.</param>
    /// <param name="font">The font dictionary.</param>
    /// <param name="asSeen">Whether what a reader draws counts rather than what it copies.</param>
    public static SimpleFont Read(IObjectResolver resolver, PdfDictionary font, bool asSeen)
    {
        PdfDictionary? descriptor = resolver.Dictionary(font["FontDescriptor"]);
        bool isType3 = resolver.Name(font["Subtype"]) == "Type3";
        StandardFontMetrics standard = StandardFontMetrics.For(resolver.Name(font["BaseFont"]) ?? "");
        string?[] encoded = ReadEncoding(resolver, font, descriptor, standard);
        double[] widths = ReadWidths(resolver, font, descriptor, standard, encoded);
        CMap? toUnicode = FontReader.ReadToUnicode(resolver, font);
        bool isDrawnByEncoding = asSeen && !isType3 && !IsEmbedded(descriptor);
        var glyphs = new DecodedGlyph[Codes];
        for (int code = 0; code < Codes; code++)
        {
            string? mapped = FontReader.Usable(toUnicode?.ToText((uint)code));
            string text = (isDrawnByEncoding ? encoded[code] ?? mapped : mapped ?? encoded[code]) ?? DecodedGlyph.UnknownText;
            glyphs[code] = new DecodedGlyph(text, widths[code], widths[code], 0, 0, code == ' ');
        }

        FontExtent extent = isType3 ? ReadType3Extent(resolver, font, widths) : descriptor is null ? standard.Extent : FontExtent.Of(resolver, descriptor);
        double height = extent.Ascent - extent.Descent;
        return new SimpleFont(glyphs, extent) { Em = height > TallestEm ? height : 1 };
    }

    public override int Read(ReadOnlySpan<byte> text, out DecodedGlyph glyph)
    {
        glyph = _glyphs[text[0]];
        return 1;
    }

    private static bool IsEmbedded(PdfDictionary? descriptor) =>
        descriptor is not null && (descriptor.ContainsKey("FontFile") || descriptor.ContainsKey("FontFile2") || descriptor.ContainsKey("FontFile3"));

    private static string?[] ReadEncoding(IObjectResolver resolver, PdfDictionary font, PdfDictionary? descriptor, StandardFontMetrics standard)
    {
        PdfObject encoding = resolver.Resolve(font["Encoding"]);
        var encodingDictionary = encoding as PdfDictionary;
        string? basis = SimpleEncoding.Find((encoding as PdfName)?.Value ?? resolver.Name(encodingDictionary?["BaseEncoding"]));
        Dictionary<byte, string> differences = resolver.Array(encodingDictionary?["Differences"]) is { } listed
            ? SimpleEncoding.ReadDifferences(resolver, listed)
            : [];
        FontProgram? program = basis is null || differences.Count > 0 ? FontReader.ReadProgram(resolver, descriptor) : null;
        bool isSymbolic = (resolver.Integer(descriptor?["Flags"], 0) & SymbolicFlag) != 0;
        string fallback = standard.BuiltInEncoding
            ?? (resolver.Name(font["Subtype"]) == "TrueType" && !isSymbolic ? SimpleEncoding.WinAnsi : SimpleEncoding.Standard);

        string?[] texts = new string?[Codes];
        for (int i = 0; i < Codes; i++)
        {
            byte code = (byte)i;
            string? named = differences.TryGetValue(code, out string? name) ? GlyphNames.ToText(name) : null;
            texts[i] = named
                ?? (basis is null ? null : SimpleEncoding.TextOf(basis, code))
                ?? FontReader.Usable(program?.TextOfCode(code))
                ?? (basis is null ? SimpleEncoding.TextOf(fallback, code) : null);
        }

        return texts;
    }

    private static double[] ReadWidths(IObjectResolver resolver, PdfDictionary font, PdfDictionary? descriptor, StandardFontMetrics standard, string?[] encoded)
    {
        double[] widths = new double[Codes];
        if (resolver.Array(font["Widths"]) is not { } listed)
        {
            for (int code = 0; code < Codes; code++)
            {
                widths[code] = standard.WidthOf(encoded[code] ?? "");
            }

            return widths;
        }

        // §9.6.4: Type 3 widths are in glyph space, everyone else's in thousandths.
        double unit = resolver.Name(font["Subtype"]) == "Type3" ? Type3Matrix(resolver, font).A : 0.001;
        Array.Fill(widths, resolver.Number(descriptor?["MissingWidth"], 0) * unit);
        int first = resolver.Integer(font["FirstChar"], 0);
        for (int i = 0; i < listed.Count && i < Codes; i++)
        {
            if (first + i is >= 0 and < Codes)
            {
                widths[first + i] = resolver.Number(listed[i], 0) * unit;
            }
        }

        return widths;
    }

    /// <summary>From /FontBBox, where it is as high as letters are that are as wide as these.</summary>
    private static FontExtent ReadType3Extent(IObjectResolver resolver, PdfDictionary font, double[] widths)
    {
        double unit = Math.Abs(Type3Matrix(resolver, font).D);
        PdfArray? box = resolver.Array(font["FontBBox"]);
        double top = box is { Count: 4 } ? resolver.Number(box[3], 0) * unit : 0;
        double bottom = box is { Count: 4 } ? resolver.Number(box[1], 0) * unit : 0;
        double widest = widths.Max();
        bool isLikely = top - bottom < TallestEm || (widest > 0 && (top - bottom) / widest < TallestEm);
        return top > 0 && bottom <= 0 && isLikely ? new FontExtent(top, bottom) : FontExtent.Default;
    }

    private static PdfMatrix Type3Matrix(IObjectResolver resolver, PdfDictionary font) =>
        resolver.Matrix(font["FontMatrix"]) ?? PdfMatrix.Scaling(0.001, 0.001);
}
