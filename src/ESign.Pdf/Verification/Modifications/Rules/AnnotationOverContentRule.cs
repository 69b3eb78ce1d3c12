using System.Collections.Frozen;
using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>An annotation was put over text or fields that were signed, so that they cannot be read or read differently.</summary>
/// <remarks>
/// The evil annotation attack on certified documents (Rohlmann et al., IEEE S&amp;P 2021): comments are allowed, and one that
/// looks like content says something else. Marking text up, and lines and empty frames around it, remain comments.
/// </remarks>
internal sealed class AnnotationOverContentRule()
    : ModificationRule("annotation-over-content", "ISO 32000-2 §12.8.2.2 table 257; evil annotation (IEEE S&P 2021)", ModificationLevel.Other)
{
    /// <summary>The icon of a note, 18 to 24 points in common readers; larger ones are pictures.</summary>
    private const double IconSize = 28;

    private static readonly FrozenSet<string> Markup = FrozenSet.Create(StringComparer.Ordinal, "Highlight", "Underline", "Squiggly", "StrikeOut");

    public override bool Explains(Change change, RevisionStep step)
    {
        if (change is not { Place: ChangePlace.AnnotationAdded or ChangePlace.Annotation, Field: null, After: PdfDictionary annotation, Page: { } page })
        {
            return false;
        }

        PdfObject? normal = (step.After.View.Resolve(annotation["AP"]) as PdfDictionary)?["N"];
        bool isDrawnByReaders = step.After.View.Resolve(normal) is PdfNull;
        DrawnShape shape = isDrawnByReaders ? DrawnShape.Of(annotation, step.After.View, step.Budget) : default;
        return shape.Around(change.Rectangle, LineWidth(annotation, step.After.View)) is { } place
            && Hides(annotation, Paint.Of(normal, step.After.View, step.Budget, place), shape, place, step.After.View)
            && step.MarksOf(page) is { } marks
            && marks.AreCoveredBy(place);
    }

    public override string Describe(Change change) =>
        "批注覆盖了已签名的文字或域，可能遮盖或伪造内容 / An annotation lies over signed text or fields and may hide or forge what is read";

    private static bool Hides(PdfDictionary annotation, Painting painting, DrawnShape shape, PdfRectangle place, PdfDocument view)
    {
        switch ((view.Resolve(annotation["Subtype"]) as PdfName)?.Value)
        {
            case "FreeText" or "Stamp" or "Redact" or "Watermark":
                return true;
            case "Widget" or "Link" or null:
                return false;
            case "Highlight" when painting == Painting.Nothing:
                return IsDark(annotation, view);
            case var subtype when Markup.Contains(subtype) || subtype == "Popup":
                return painting >= Painting.Areas;
            case "Text" when place.Width <= IconSize && place.Height <= IconSize:
                return painting == Painting.Pictures;
            default:
                return view.Resolve(annotation["IC"]) is PdfArray { Count: > 0 } || painting >= Painting.Areas || (painting == Painting.Nothing && IsThick(annotation, shape, view));
        }
    }

    /// <summary>Without an appearance readers draw the line as the border says (§12.5.4), and as opaque as /CA does.</summary>
    private static bool IsThick(PdfDictionary annotation, DrawnShape shape, PdfDocument view)
    {
        double width = LineWidth(annotation, view);
        return (width > Paint.Thin || shape.Fills(width)) && ((IObjectResolver)view).Number(annotation["CA"], 1) > Paint.Translucent;
    }

    /// <summary>Readers multiply a highlight's colour (table 182) with what lies below: black leaves nothing to read.</summary>
    private static bool IsDark(PdfDictionary annotation, IObjectResolver view)
    {
        double[] colour = [.. (view.Array(annotation["C"]) ?? PdfArray.Empty).Take(5).Select(component => view.Number(component, 0))];
        double light = colour.Length switch
        {
            1 or 3 => colour.Max(),
            4 => (1 - colour[3]) * (1 - colour[..3].Min()),
            _ => 1,
        };
        return 1 - ((1 - light) * view.Number(annotation["CA"], 1)) < 1 - Paint.Translucent;
    }

    private static double LineWidth(PdfDictionary annotation, IObjectResolver view) =>
        view.Dictionary(annotation["BS"]) is { } style ? view.Number(style["W"], 1)
            : view.Array(annotation["Border"]) is { Count: >= 3 } border ? view.Number(border[2], 1)
            : 1;
}
