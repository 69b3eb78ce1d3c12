using System.IO.Compression;
using System.Security.Cryptography;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Fonts;

/// <summary>A finished font subset: its bytes are made once and can be written into any number of PDFs. Immutable.</summary>
/// <remarks>
/// ISO 32000-2 §9.7: a Type0 font with encoding Identity-H over a CIDFontType2 with an identity CIDToGIDMap; §9.9.2: the
/// name carries a six-letter subset tag, here derived from the program's SHA-256, so equal subsets have equal names.
/// ISO 19005-3 §6.2.11: embedded, widths agree with the program. PDF/A-1 alone also asks for the list of the characters
/// embedded, <c>/CIDSet</c> (ISO 19005-1 §6.3.5); the others only allow it.
/// </remarks>
internal sealed class EmbeddedFont
{
    /// <summary>FontDescriptor flag 3, Symbolic: the program's characters are not the standard Latin set.</summary>
    private const int Symbolic = 1 << 2;

    private const int DefaultWidth = 1000;

    private readonly PdfStream _program;
    private readonly PdfStream _toUnicode;
    private readonly PdfDictionary _descriptor;
    private readonly PdfDictionary _descendant;
    private readonly PdfName _name;
    private readonly int _glyphCount;

    internal EmbeddedFont(TrueTypeFont font, IReadOnlyList<SubsetCharacter> characters)
    {
        byte[] program = SubsetProgram.Write(font, characters, out _glyphCount);
        _name = new PdfName(Tag(program) + "+" + font.Name);
        _program = Compress(program, ("Length1", program.Length));
        _toUnicode = Compress(ToUnicodeMap.Write(characters));
        _descriptor = new PdfDictionary(
            ("Type", new PdfName("FontDescriptor")),
            ("FontName", _name),
            ("Flags", Symbolic),
            ("FontBBox", new PdfArray(Scaled(font.Bounds.Left), Scaled(font.Bounds.Bottom), Scaled(font.Bounds.Right), Scaled(font.Bounds.Top))),
            ("ItalicAngle", font.ItalicAngle),
            ("Ascent", Scaled(font.Ascent)),
            ("Descent", Scaled(font.Descent)),
            ("CapHeight", Scaled(font.CapHeight)),
            ("StemV", 80));
        _descendant = new PdfDictionary(
            ("Type", new PdfName("Font")),
            ("Subtype", new PdfName("CIDFontType2")),
            ("BaseFont", _name),
            ("CIDSystemInfo", new PdfDictionary(
                ("Registry", new PdfString("Adobe"u8.ToArray())),
                ("Ordering", new PdfString("Identity"u8.ToArray())),
                ("Supplement", 0))),
            ("DW", DefaultWidth),
            ("W", Widths(font, characters)),
            ("CIDToGIDMap", new PdfName("Identity")));
    }

    /// <summary>The font's name with its subset tag, for example <c>ABCDEF+NotoSerifSC-Regular</c>.</summary>
    public string Name => _name.Value;

    /// <summary>Writes the font's five objects.</summary>
    /// <param name="sink">Where they go.</param>
    /// <param name="listsCharacters">Whether the characters embedded are listed, as PDF/A-1 demands.</param>
    /// <returns>The font dictionary, for a resource dictionary.</returns>
    public PdfReference Write(IObjectSink sink, bool listsCharacters = false)
    {
        PdfReference reference = sink.Reserve();
        Write(sink, reference, listsCharacters);
        return reference;
    }

    /// <summary>Writes the font's five objects, the font dictionary under a number reserved before.</summary>
    public void Write(IObjectSink sink, PdfReference reference, bool listsCharacters = false)
    {
        PdfReference descriptor = sink.Add(_descriptor
            .With("FontFile2", sink.Add(_program))
            .With("CIDSet", listsCharacters ? sink.Add(new PdfStream(PdfDictionary.Empty, CharacterList())) : null));
        PdfReference descendant = sink.Add(_descendant.With("FontDescriptor", descriptor));
        sink.Set(reference, new PdfDictionary(
            ("Type", new PdfName("Font")),
            ("Subtype", new PdfName("Type0")),
            ("BaseFont", _name),
            ("Encoding", new PdfName("Identity-H")),
            ("DescendantFonts", new PdfArray(descendant)),
            ("ToUnicode", sink.Add(_toUnicode))));
    }

    /// <summary>§9.8.3.2: one bit for each CID, the high one first. Every glyph of the program is one, components of others too.</summary>
    private byte[] CharacterList()
    {
        byte[] bits = new byte[(_glyphCount + 7) / 8];
        for (int cid = 0; cid < _glyphCount; cid++)
        {
            bits[cid / 8] |= (byte)(0x80 >> (cid % 8));
        }

        return bits;
    }

    private static PdfStream Compress(byte[] bytes, params ReadOnlySpan<(string, PdfObject)> entries)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return new PdfStream(new PdfDictionary(entries).With("Filter", new PdfName("FlateDecode")), compressed.ToArray());
    }

    // §9.7.4.3: c [w1 w2 …] for each run of codes whose width is not the default.
    private static PdfArray Widths(TrueTypeFont font, IReadOnlyList<SubsetCharacter> characters)
    {
        var widths = new List<PdfObject>();
        var run = new List<PdfObject>();
        for (int code = 0; code <= characters.Count + 1; code++)
        {
            double width = code == 0 ? font.Advance(0) : code <= characters.Count ? (double)characters[code - 1].Advance / font.UnitsPerEm : 1;
            PdfObject scaled = Scaled(width);
            if (scaled is not PdfInteger { Value: DefaultWidth })
            {
                run.Add(scaled);
            }
            else if (run.Count > 0)
            {
                widths.Add(code - run.Count);
                widths.Add(new PdfArray(run));
                run.Clear();
            }
        }

        return new PdfArray(widths);
    }

    private static PdfObject Scaled(double em)
    {
        double value = Math.Round(em * 1000, 3);
        return value == Math.Floor(value) ? new PdfInteger((long)value) : new PdfReal(value);
    }

    private static string Tag(byte[] program)
    {
        byte[] digest = SHA256.HashData(program);
        return string.Create(6, digest, static (tag, bytes) =>
        {
            for (int i = 0; i < tag.Length; i++)
            {
                tag[i] = (char)('A' + (bytes[i] % 26));
            }
        });
    }
}
