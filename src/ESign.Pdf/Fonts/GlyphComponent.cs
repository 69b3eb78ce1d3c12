namespace ESign.Pdf.Fonts;

/// <summary>One component of a composite glyph (OpenType 1.9, glyf, "Composite glyph description").</summary>
internal readonly record struct GlyphComponent
{
    private const int ArgumentsAreWords = 0x0001;
    private const int ArgumentsAreOffsets = 0x0002;
    private const int HasScale = 0x0008;
    private const int MoreComponents = 0x0020;
    private const int HasTwoScales = 0x0040;
    private const int HasMatrix = 0x0080;

    /// <summary>Where the component's glyph index lies in the composite's description.</summary>
    public long IndexOffset { get; private init; }

    public int Glyph { get; private init; }

    /// <summary>The bytes this component takes in the description.</summary>
    public int Length { get; private init; }

    public bool HasNext { get; private init; }

    /// <summary>The matrix a b c d and the offset, in font units; offsets by matching points count as zero.</summary>
    public (double A, double B, double C, double D, double X, double Y) Transform { get; private init; }

    public static GlyphComponent Read(FontTable description, long offset)
    {
        int flags = description.U16(offset);
        long at = offset + 4;
        bool areWords = (flags & ArgumentsAreWords) != 0;
        (double x, double y) = (flags & ArgumentsAreOffsets) == 0 ? (0, 0)
            : areWords ? (description.I16(at), description.I16(at + 2))
            : ((double)(sbyte)description.U8(at), (double)(sbyte)description.U8(at + 1));
        at += areWords ? 4 : 2;

        (double a, double b, double c, double d) = (1, 0, 0, 1);
        if ((flags & HasScale) != 0)
        {
            a = d = F2Dot14(description, at);
            at += 2;
        }
        else if ((flags & HasTwoScales) != 0)
        {
            (a, d) = (F2Dot14(description, at), F2Dot14(description, at + 2));
            at += 4;
        }
        else if ((flags & HasMatrix) != 0)
        {
            (a, b, c, d) = (F2Dot14(description, at), F2Dot14(description, at + 2), F2Dot14(description, at + 4), F2Dot14(description, at + 6));
            at += 8;
        }

        return new GlyphComponent
        {
            IndexOffset = offset + 2,
            Glyph = description.U16(offset + 2),
            Length = (int)(at - offset),
            HasNext = (flags & MoreComponents) != 0,
            Transform = (a, b, c, d, x, y),
        };
    }

    private static double F2Dot14(FontTable description, long offset) => description.I16(offset) / 16384.0;
}
