using ESign.Pdf.Content.Decoding;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Content;

/// <summary>Finds keywords on the pages of one document; keeps its fonts and buffers from page to page.</summary>
internal sealed class PageSearcher(IObjectResolver resolver)
{
    private readonly FontReader _fonts = new(resolver);
    private readonly List<PlacedGlyph> _glyphs = [];

    /// <summary>All occurrences on a page that show at least in part, in reading order.</summary>
    /// <param name="page">The page dictionary.</param>
    /// <param name="resources">The page's resources, inherited ones included.</param>
    /// <param name="geometry">The page's visible box and rotation.</param>
    /// <param name="number">The page's number, for the result.</param>
    /// <param name="keyword">The keyword.</param>
    /// <exception cref="PdfFormatException">A limit was reached.</exception>
    public IReadOnlyList<TextMatch> Find(PdfDictionary page, PdfDictionary resources, PageGeometry geometry, int number, FoldedKeyword keyword)
    {
        _glyphs.Clear();
        var interpreter = new ContentInterpreter(resolver, _fonts, _glyphs);
        interpreter.Run(ReadContents(page).Span, resources);
        foreach (PdfObject annotation in resolver.Array(page["Annots"]) ?? PdfArray.Empty)
        {
            if (resolver.Dictionary(annotation) is { } dictionary && AnnotationText.Find(resolver, dictionary) is var (appearance, matrix))
            {
                interpreter.RunForm(appearance, matrix);
            }
        }

        var matches = new List<TextMatch>();
        bool isVertical = false;
        foreach (GlyphSpan span in PageText.Build(_glyphs).Find(keyword))
        {
            DisplayedRectangle displayed = geometry.ToDisplayed(span.Box);
            if (IsVisible(displayed, geometry) && !IsDoubleStruck(matches, displayed))
            {
                matches.Add(new TextMatch(number, span.Text, displayed, span.Box));
                isVertical |= span.IsVertical;
            }
        }

        ReadingOrder.Sort(matches, isVertical);
        return matches;
    }

    /// <summary>§7.7.3.3: an array of content streams is one stream; white space keeps the tokens of its parts apart.</summary>
    private ReadOnlyMemory<byte> ReadContents(PdfDictionary page)
    {
        if (resolver.Array(page["Contents"]) is not { } parts)
        {
            return resolver.DecodeOrEmpty(page["Contents"]);
        }

        if (parts.Count == 1)
        {
            return resolver.DecodeOrEmpty(parts[0]);
        }

        var decoded = new List<ReadOnlyMemory<byte>>(parts.Count);
        int length = 0;
        foreach (PdfObject part in parts)
        {
            decoded.Add(resolver.DecodeOrEmpty(part));
            length += decoded[^1].Length + 1;
            if (length > ContentLimits.MaxJoined)
            {
                throw ContentLimits.Exceeded("页面内容的字节超过", "the page's content is longer than", ContentLimits.MaxJoined);
            }
        }

        byte[] joined = new byte[length];
        int at = 0;
        foreach (ReadOnlyMemory<byte> part in decoded)
        {
            part.CopyTo(joined.AsMemory(at));
            at += part.Length;
            joined[at++] = (byte)'\n';
        }

        return joined;
    }

    private static bool IsVisible(DisplayedRectangle box, PageGeometry geometry) =>
        box.Right > 0 && box.Bottom > 0 && box.X < geometry.DisplayedWidth && box.Y < geometry.DisplayedHeight;

    /// <summary>Bold is sometimes faked by drawing a word twice, a hair apart; a person sees one word.</summary>
    private static bool IsDoubleStruck(List<TextMatch> matches, DisplayedRectangle box)
    {
        const int Looked = 64;
        double near = Math.Min(box.Width, box.Height) / 4;
        for (int i = Math.Max(0, matches.Count - Looked); i < matches.Count; i++)
        {
            DisplayedRectangle other = matches[i].Displayed;
            if (Math.Abs(other.X - box.X) < near && Math.Abs(other.Y - box.Y) < near && Math.Abs(other.Right - box.Right) < near && Math.Abs(other.Bottom - box.Bottom) < near)
            {
                return true;
            }
        }

        return false;
    }
}
