using ESign.Pdf.Content;
using ESign.Pdf.Content.Decoding;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>Where a page has something to read that an annotation could cover.</summary>
internal sealed class PageMarks
{
    /// <summary>A picture that takes more of the page lies behind its text: a scan, or letter paper.</summary>
    private const double Backdrop = 0.5;

    /// <summary>Boxes, or bytes of content, that count as one step.</summary>
    private const int PerStep = 16;

    private readonly List<PdfRectangle> _boxes = [];
    private readonly List<PdfRectangle> _letters = [];
    private readonly bool _isPicture;
    private readonly AnalysisBudget _budget;

    public PageMarks(RevisionState state, Page page, AnalysisBudget budget)
    {
        _budget = budget;
        var glyphs = new List<PlacedGlyph>();
        var pictures = new List<PdfRectangle>();
        try
        {
            PdfDictionary resources = state.View.Resolve(page.Inherited("Resources")) as PdfDictionary ?? PdfDictionary.Empty;
            var interpreter = new ContentInterpreter(state.View, new FontReader(state.View) { MaxRepeated = AnalysisBudget.MaxRepeatedFonts }, glyphs) { Pictures = pictures };
            interpreter.Run(ReadContents(state.View, page), resources);
            budget.Spend(1 + (interpreter.BytesRead / PerStep));
        }
        catch (PdfFormatException)
        {
            glyphs.Clear();
        }

        _boxes.AddRange(glyphs.Where(glyph => !glyph.IsBlank).Select(glyph => glyph.Box(0, 1)));
        _letters.AddRange(glyphs.Where(glyph => glyph.Text.Any(char.IsLetterOrDigit)).Select(glyph => glyph.Box(0, 1)));
        // A page without text that can be read is a picture of one: it may be read anywhere.
        _isPicture = _boxes.Count == 0;
        double area = page.Geometry.Box.Width * page.Geometry.Box.Height;
        _boxes.AddRange(pictures.Where(picture => picture.Width * picture.Height < area * Backdrop));
        foreach ((PdfReference? reference, PdfDictionary annotation) in page.Annotations())
        {
            if (state.FieldOfWidget(reference) is not null && Page.ReadRectangle(state.View, annotation["Rect"]) is { } place)
            {
                _boxes.Add(place);
            }
        }
    }

    public bool AreCoveredBy(PdfRectangle place)
    {
        _budget.Spend(_boxes.Count / PerStep);
        return place is { Width: > 0, Height: > 0 } && (_isPicture || _boxes.Exists(box => box.Intersect(place) is { Width: > 0, Height: > 0 }));
    }

    /// <summary>Whether a letter or digit of the page's own text lies for the most part in a place.</summary>
    public bool LoseTextTo(PdfRectangle place)
    {
        _budget.Spend(_letters.Count / PerStep);
        return _letters.Exists(letter => letter.Intersect(place) is { Width: > 0, Height: > 0 } part && part.Width * part.Height * 2 > letter.Width * letter.Height);
    }

    private static ReadOnlySpan<byte> ReadContents(PdfDocument view, Page page)
    {
        if (view.Resolve(page.Dictionary["Contents"]) is not PdfArray parts)
        {
            return ((IObjectResolver)view).DecodeOrEmpty(page.Dictionary["Contents"]).Span;
        }

        using var joined = new MemoryStream();
        foreach (PdfObject part in parts)
        {
            joined.Write(((IObjectResolver)view).DecodeOrEmpty(part).Span);
            joined.WriteByte((byte)'\n');
            if (joined.Length > ContentLimits.MaxBytes)
            {
                throw ContentLimits.Exceeded("页面内容的字节超过", "the page's content is longer than", ContentLimits.MaxBytes);
            }
        }

        return joined.ToArray();
    }
}
