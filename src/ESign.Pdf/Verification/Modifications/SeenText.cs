using ESign.Pdf.Content;
using ESign.Pdf.Content.Decoding;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>What a person can read in the appearance of a widget.</summary>
/// <param name="Text">All visible text, clipped or not: what does not fit into a field is written all the same.</param>
/// <param name="InFrame">The part of it that lies within /BBox, beyond which nothing is drawn (ISO 32000-2 §8.10.2).</param>
/// <param name="HasPictures">Whether pictures are drawn, which may show anything.</param>
/// <param name="IsUnreadable">Whether it was made so that reading it costs too much.</param>
internal sealed record SeenText(string Text, string InFrame, bool HasPictures, bool IsUnreadable)
{
    /// <summary>Bytes of content that count as one step.</summary>
    private const int BytesPerStep = 16;

    public static SeenText Read(PdfStream form, PdfDocument view, FontReader fonts, AnalysisBudget budget)
    {
        var glyphs = new List<PlacedGlyph>();
        var pictures = new List<PdfRectangle>();
        var interpreter = new ContentInterpreter(view, fonts, glyphs) { Pictures = pictures, AsSeen = true };
        bool isUnreadable = false;
        try
        {
            interpreter.RunForm(form, PdfMatrix.Identity);
        }
        catch (PdfFormatException)
        {
            isUnreadable = true;
        }

        budget.Spend(1 + (interpreter.BytesRead / BytesPerStep));
        PdfMatrix matrix = ((IObjectResolver)view).Matrix(form.Dictionary["Matrix"]) ?? PdfMatrix.Identity;
        PdfRectangle? frame = Page.ReadRectangle(view, form.Dictionary["BBox"]) is { } box ? matrix.Apply(box) : null;
        return new SeenText(
            string.Concat(glyphs.Select(glyph => glyph.Text)),
            string.Concat(glyphs.Where(glyph => frame is null || Touches(glyph.Box(0, 1), frame.Value)).Select(glyph => glyph.Text)),
            pictures.Count > 0,
            isUnreadable);
    }

    private static bool Touches(PdfRectangle glyph, PdfRectangle frame) =>
        glyph.Left <= frame.Right && glyph.Right >= frame.Left && glyph.Bottom <= frame.Top && glyph.Top >= frame.Bottom;
}
