namespace ESign.Pdf.Fonts;

/// <summary>The tables <c>glyf</c> and <c>loca</c>: where each glyph's description lies and what it is made of.</summary>
internal sealed class GlyphTable(FontTable glyf, FontTable loca, bool hasLongOffsets, int glyphCount)
{
    /// <summary>Composite glyphs of real fonts nest two or three deep.</summary>
    internal const int MaximumDepth = 8;

    /// <summary>More components than any real glyph has; stops composites that multiply.</summary>
    internal const int MaximumComponents = 256;

    /// <summary>A glyph's description; empty for a glyph without ink.</summary>
    public FontTable Glyph(int glyph)
    {
        if (glyph < 0 || glyph >= glyphCount)
        {
            throw FontTable.Error($"glyph {glyph} of {glyphCount} is asked for");
        }

        (long start, long end) = hasLongOffsets
            ? (loca.U32(4L * glyph), loca.U32((4L * glyph) + 4))
            : (2L * loca.U16(2L * glyph), 2L * loca.U16((2L * glyph) + 2));
        return glyf.Slice(start, end - start);
    }

    /// <summary>The outline of a glyph with its components put together.</summary>
    public GlyphOutline Outline(int glyph, int unitsPerEm, double advance) =>
        new OutlineReader(this, unitsPerEm).Read(glyph, advance);

    /// <summary>The components of a composite glyph; none for a simple one.</summary>
    public static IReadOnlyList<GlyphComponent> Components(FontTable description)
    {
        if (description.Length == 0 || description.I16(0) >= 0)
        {
            return [];
        }

        var components = new List<GlyphComponent>();
        long offset = 10;
        GlyphComponent component;
        do
        {
            if (components.Count == MaximumComponents)
            {
                throw FontTable.Error($"a composite glyph has more than {MaximumComponents} components");
            }

            component = GlyphComponent.Read(description, offset);
            components.Add(component);
            offset += component.Length;
        }
        while (component.HasNext);

        return components;
    }
}
