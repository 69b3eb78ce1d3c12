using ESign.Pdf.Objects;

namespace ESign.Pdf.Content.Decoding;

/// <summary>A Type 0 font: codes of one to four bytes, a CMap, and a CIDFont with the metrics.</summary>
/// <remarks>
/// ISO 32000-2 §9.7. Text is found in this order (§9.10.2, then what readers do beyond it): the ToUnicode map, an
/// encoding that is Unicode or a code page, the character collection, the embedded font program.
/// </remarks>
internal sealed class CompositeFont : ContentFont
{
    /// <summary>Distinct codes kept per font; a two-byte encoding cannot have more.</summary>
    private const int MaxKept = 65_536;

    /// <summary>CMap streams that build on others: real ones are one or two deep.</summary>
    private const int MaxUseDepth = 4;

    private const double HalfWidth = 0.5;

    private readonly CharacterEncoding _encoding;
    private readonly CMap? _toUnicode;
    private readonly CidCollection? _collection;
    private readonly CidWidths _widths;
    private readonly Lazy<FontProgram?> _program;
    private readonly ReadOnlyMemory<byte> _cidToGlyph;
    private readonly Dictionary<ulong, DecodedGlyph> _glyphs = [];

    private CompositeFont(IObjectResolver resolver, PdfDictionary font, PdfDictionary descendant, PdfDictionary? descriptor, CharacterEncoding encoding)
        : base(encoding.IsVertical, FontExtent.Of(resolver, descriptor))
    {
        _encoding = encoding;
        _toUnicode = FontReader.ReadToUnicode(resolver, font);
        PdfObject ordering = resolver.Resolve(resolver.Dictionary(descendant["CIDSystemInfo"])?["Ordering"]);
        _collection = CidCollection.Of(encoding.Ordering ?? (ordering as PdfString)?.ToText() ?? (ordering as PdfName)?.Value);
        _widths = CidWidths.Read(resolver, descendant);
        _program = new Lazy<FontProgram?>(() => FontReader.ReadProgram(resolver, descriptor));
        _cidToGlyph = resolver.DecodeOrEmpty(descendant["CIDToGIDMap"]);
    }

    public static CompositeFont Read(IObjectResolver resolver, PdfDictionary font)
    {
        PdfDictionary descendant = resolver.Array(font["DescendantFonts"]) is { Count: > 0 } fonts
            ? resolver.Dictionary(fonts[0]) ?? PdfDictionary.Empty
            : resolver.Dictionary(font["DescendantFonts"]) ?? PdfDictionary.Empty;
        CharacterEncoding encoding = ReadEncoding(resolver, font["Encoding"], depth: 0) ?? new CharacterEncoding.Identity(isVertical: false);
        return new CompositeFont(resolver, font, descendant, resolver.Dictionary(descendant["FontDescriptor"]), encoding);
    }

    public override int Read(ReadOnlySpan<byte> text, out DecodedGlyph glyph)
    {
        int length = _encoding.Read(text, out uint code);
        ulong key = ((ulong)length << 32) | code;
        if (!_glyphs.TryGetValue(key, out glyph))
        {
            glyph = Decode(code, length);
            if (_glyphs.Count < MaxKept)
            {
                _glyphs[key] = glyph;
            }
        }

        return length;
    }

    private static CharacterEncoding? ReadEncoding(IObjectResolver resolver, PdfObject? value, int depth)
    {
        PdfObject resolved = resolver.Resolve(value);
        if (resolved is PdfName name)
        {
            return PredefinedEncodings.Find(name.Value);
        }

        if (resolved is not PdfStream stream || depth >= MaxUseDepth)
        {
            return null;
        }

        CMap map = CMapReader.Read(resolver.DecodeOrEmpty(stream).Span);
        map.IsVertical |= resolver.Integer(stream.Dictionary["WMode"], 0) == 1;
        CharacterEncoding? basis = ReadEncoding(resolver, stream.Dictionary["UseCMap"], depth + 1)
            ?? (map.BaseName is null ? null : PredefinedEncodings.Find(map.BaseName));
        return new CharacterEncoding.Embedded(map, basis);
    }

    private DecodedGlyph Decode(uint code, int length)
    {
        int cid = _encoding.ToCid(code, length);
        string text = FontReader.Usable(_toUnicode?.ToText(code))
            ?? _encoding.ToText(code, length)
            ?? FontReader.Usable(_collection?.ToText(cid))
            ?? FontReader.Usable(_program.Value?.TextOfGlyph(GlyphOf(cid)))
            ?? DecodedGlyph.UnknownText;
        bool isWordSpace = length == 1 && code == ' ';
        double width = _widths.WidthOf(cid);
        if (!IsVertical)
        {
            // Fonts of readers show Latin characters half an em wide, whatever the pen does without /W.
            bool isHalfWidth = text is [> ' ' and <= '~'] && _widths.SaysNothing && _program.Value is null;
            return new DecodedGlyph(text, width, isHalfWidth ? HalfWidth : width, 0, 0, isWordSpace);
        }

        (double advance, double x, double y) = _widths.VerticalOf(cid);
        return new DecodedGlyph(text, advance, width, x, y, isWordSpace);
    }

    /// <summary>§9.7.4.2: the glyph index of a CID in an embedded TrueType font.</summary>
    private int GlyphOf(int cid)
    {
        long at = 2L * cid;
        return at + 1 < _cidToGlyph.Length ? (_cidToGlyph.Span[(int)at] << 8) | _cidToGlyph.Span[(int)at + 1] : cid;
    }
}
