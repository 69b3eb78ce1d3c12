using ESign.Pdf.Objects;

namespace ESign.Pdf.Content.Decoding;

/// <summary>Turns font dictionaries into fonts and keeps those of a document, because pages share them.</summary>
internal sealed class FontReader(IObjectResolver resolver)
{
    /// <summary>Documents with more fonts than this (one per page, say) read some of them again.</summary>
    private const int MaxKept = 512;

    /// <summary>Fonts read, some of them again; a document of ten thousand pages with fonts of their own fits.</summary>
    private const int MaxRead = 50_000;

    private readonly Dictionary<int, ContentFont> _fonts = [];

    /// <summary>Fonts that are direct objects, as long as their owner is the same object.</summary>
    private readonly Dictionary<PdfDictionary, ContentFont> _direct = new(ReferenceEqualityComparer.Instance);

    private readonly HashSet<int> _seen = [];

    private int _read;
    private long _repeated;

    /// <summary>
    /// Bytes of maps and programs that may be read more than once, for another font or for one that was not kept: thousands of
    /// fonts can share one map of megabytes.
    /// </summary>
    public long MaxRepeated { get; init; } = long.MaxValue;

    /// <summary>Whether glyphs count as what a person sees: a font that is not embedded is drawn by its encoding, whatever <c>/ToUnicode</c> says.</summary>
    public bool AsSeen { get; init; }

    /// <summary>The font of a resource entry; <see langword="null"/> when it is no font dictionary.</summary>
    public ContentFont? Read(PdfObject? entry)
    {
        if (entry is PdfReference reference && _fonts.TryGetValue(reference.Number, out ContentFont? known))
        {
            return known;
        }

        if (resolver.Dictionary(entry) is not { } dictionary)
        {
            return null;
        }

        if (_direct.TryGetValue(dictionary, out known))
        {
            return known;
        }

        if (++_read > MaxRead)
        {
            throw ContentLimits.Exceeded("文件所用的字体超过", "the document shows text in more fonts than", MaxRead);
        }

        Charge(dictionary);
        ContentFont font = resolver.Name(dictionary["Subtype"]) == "Type0" || dictionary.ContainsKey("DescendantFonts")
            ? CompositeFont.Read(resolver, dictionary)
            : SimpleFont.Read(resolver, dictionary, AsSeen);
        if (entry is PdfReference keep && _fonts.Count < MaxKept)
        {
            _fonts[keep.Number] = font;
        }
        else if (entry is PdfDictionary && _direct.Count < MaxKept)
        {
            _direct[dictionary] = font;
        }

        return font;
    }

    private void Charge(PdfDictionary font)
    {
        PdfDictionary? descendant = resolver.Array(font["DescendantFonts"]) is { Count: > 0 } descendants ? resolver.Dictionary(descendants[0]) : null;
        PdfDictionary? descriptor = resolver.Dictionary((descendant ?? font)["FontDescriptor"]);
        foreach (PdfObject? part in (ReadOnlySpan<PdfObject?>)[font["ToUnicode"], font["Encoding"], descendant?["W"], descendant?["CIDToGIDMap"], descriptor?["FontFile"], descriptor?["FontFile2"], descriptor?["FontFile3"]])
        {
            if (part is PdfReference reference && !_seen.Add(reference.Number))
            {
                _repeated += resolver.Resolve(reference) switch
                {
                    PdfStream stream => stream.Data.Length,
                    PdfArray array => array.Count,
                    _ => 0,
                };
            }
        }

        if (_repeated > MaxRepeated)
        {
            throw ContentLimits.Exceeded("多个字体共用的映射和字体程序，其字节超过", "fonts share maps and programs, in bytes together more than", MaxRepeated);
        }
    }

    /// <summary>The <c>/ToUnicode</c> map, where there is one that maps anything.</summary>
    public static CMap? ReadToUnicode(IObjectResolver resolver, PdfDictionary font)
    {
        // Not a CMap to Unicode by §9.10.3, but written where the codes are UTF-16 themselves, and read so everywhere.
        if (resolver.Name(font["ToUnicode"]) is "Identity-H" or "Identity-V")
        {
            return IdentityToUnicode();
        }

        ReadOnlyMemory<byte> source = resolver.DecodeOrEmpty(font["ToUnicode"]);
        CMap? map = source.IsEmpty ? null : CMapReader.Read(source.Span);
        return map is { MapsToText: true } ? map : null;
    }

    private static CMap IdentityToUnicode()
    {
        var map = new CMap();
        map.AddTextRange(1, 0xFFFF, "\u0001");
        return map;
    }

    public static FontProgram? ReadProgram(IObjectResolver resolver, PdfDictionary? descriptor)
    {
        if (descriptor is null)
        {
            return null;
        }

        if (resolver.DecodeOrEmpty(descriptor["FontFile2"]) is { IsEmpty: false } trueType)
        {
            return TrueTypeProgram.Read(trueType);
        }

        if (resolver.DecodeOrEmpty(descriptor["FontFile3"]) is { IsEmpty: false } compact)
        {
            return compact.Span.StartsWith("OTTO"u8) || compact.Span.StartsWith((ReadOnlySpan<byte>)[0, 1, 0, 0]) && compact.Length > 4 && compact.Span[4] == 0
                ? TrueTypeProgram.Read(compact)
                : CffProgram.Read(compact);
        }

        return resolver.DecodeOrEmpty(descriptor["FontFile"]) is { IsEmpty: false } type1 ? Type1Program.Read(type1) : null;
    }

    /// <summary>A mapping to nothing, NUL or U+FFFD says as little as no mapping.</summary>
    public static string? Usable(string? text) => string.IsNullOrEmpty(text) || text[0] is '\0' or '\uFFFD' ? null : text;
}
