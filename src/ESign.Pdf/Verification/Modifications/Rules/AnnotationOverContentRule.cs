using System.Collections.Frozen;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>An annotation was put over text or fields that were signed, so that they cannot be read or read differently.</summary>
/// <remarks>
/// The evil annotation attack on certified documents (Rohlmann et al., IEEE S&amp;P 2021): comments are allowed, and one that
/// looks like content says something else. Marking text up, and lines and empty frames around it, remain comments.
/// </remarks>
internal sealed class AnnotationOverContentRule()
    : ModificationRule("annotation-over-content", "ISO 32000-2 §12.8.2.2 table 257; evil annotation (IEEE S&P 2021)", ModificationLevel.Other)
{
    /// <summary>The icon of a note; larger ones are pictures.</summary>
    private const double IconSize = 40;

    private static readonly FrozenSet<string> Markup = FrozenSet.Create(StringComparer.Ordinal, "Highlight", "Underline", "Squiggly", "StrikeOut");

    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.AnnotationAdded or ChangePlace.Annotation, Field: null, After: PdfDictionary annotation, Page: { } page, Rectangle: { } place }
        && Hides(annotation, place, step.After)
        && step.MarksOf(page) is { } marks
        && marks.AreCoveredBy(place);

    public override string Describe(Change change) =>
        "批注覆盖了已签名的文字或域，可能遮盖或伪造内容 / An annotation lies over signed text or fields and may hide or forge what is read";

    private static bool Hides(PdfDictionary annotation, PdfRectangle place, RevisionState state)
    {
        PdfDocument view = state.View;
        switch ((view.Resolve(annotation["Subtype"]) as PdfName)?.Value)
        {
            case "FreeText" or "Stamp" or "Redact" or "Watermark":
                return true;
            case "Popup" or "Widget" or "Link" or null:
                return false;
            case var subtype when Markup.Contains(subtype):
                return Paints(annotation, view) is Painting.Pictures;
            case "Text" when place.Width <= IconSize && place.Height <= IconSize:
                return Paints(annotation, view) is Painting.Pictures;
            default:
                return view.Resolve(annotation["IC"]) is PdfArray { Count: > 0 } || Paints(annotation, view) is not Painting.Lines;
        }
    }

    private static Painting Paints(PdfDictionary annotation, PdfDocument view)
    {
        PdfObject normal = view.Resolve((view.Resolve(annotation["AP"]) as PdfDictionary)?["N"]);
        return normal switch
        {
            PdfNull => Painting.Lines,
            PdfStream stream => Read(view.Decode(stream).Span),
            _ => Painting.Pictures,
        };
    }

    /// <summary>ISO 32000-2 annex A: text, images and forms; filled paths; all else.</summary>
    private static Painting Read(ReadOnlySpan<byte> content)
    {
        var painting = Painting.Lines;
        var lexer = new Lexer(content);
        while (lexer.Next())
        {
            if (lexer.Kind != TokenKind.Keyword)
            {
                continue;
            }

            if (lexer.IsKeyword("Tj"u8) || lexer.IsKeyword("TJ"u8) || lexer.IsKeyword("'"u8) || lexer.IsKeyword("\""u8)
                || lexer.IsKeyword("Do"u8) || lexer.IsKeyword("BI"u8) || lexer.IsKeyword("sh"u8))
            {
                return Painting.Pictures;
            }

            if (lexer.IsKeyword("f"u8) || lexer.IsKeyword("F"u8) || lexer.IsKeyword("f*"u8) || lexer.IsKeyword("B"u8)
                || lexer.IsKeyword("B*"u8) || lexer.IsKeyword("b"u8) || lexer.IsKeyword("b*"u8))
            {
                painting = Painting.Areas;
            }
        }

        return painting;
    }

    private enum Painting
    {
        Lines,
        Areas,
        Pictures,
    }
}
