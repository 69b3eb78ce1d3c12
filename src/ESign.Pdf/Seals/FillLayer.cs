using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Fonts;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals.Drawing;
using ESign.Pdf.Seals.Placing;
using ESign.Pdf.Seals.Texts;

namespace ESign.Pdf.Seals;

/// <summary>Draws fill controls and marks: one form XObject for each page that has any, and one font subset for all texts.</summary>
/// <remarks>
/// The form's coordinates are the page's user space, so the page content only needs <c>q /Name Do Q</c> after content
/// whose graphics state is balanced, and the form among its XObject resources. In a tagged document each control is marked
/// content of the form (ISO 32000-2 §14.7.5.2.2); a watermark is an artifact (§14.8.2.2).
/// </remarks>
internal static class FillLayer
{
    /// <summary>Places and writes the controls and, over them, the marks.</summary>
    /// <param name="sink">Where the forms go.</param>
    /// <param name="pages">The pages.</param>
    /// <param name="controls">The controls.</param>
    /// <param name="marks">Seals printed without a signature.</param>
    /// <param name="withoutTransparency">Whether opacity is replaced by paler ink, for PDF/A-1.</param>
    /// <param name="tag">Enters a page's parts in the structure tree and gives the form's <c>/StructParents</c>; null in an untagged document.</param>
    /// <returns>The pages from 1 and their forms, in ascending order.</returns>
    /// <exception cref="SealPlacementException">A control cannot go where it was asked to; nothing was written.</exception>
    public static IReadOnlyList<PageOverlay> Write(
        IObjectSink sink,
        IPlacementPages pages,
        IReadOnlyList<FillControl> controls,
        IReadOnlyList<PlacedSeal>? marks = null,
        bool withoutTransparency = false,
        Func<int, PdfReference, IReadOnlyList<MarkedPart>, long>? tag = null)
    {
        var resolver = new PlacementResolver(pages);
        List<Part> parts = [.. controls.Select(control => control.Content.Place(control.Placement)).Concat(marks ?? [])
            .SelectMany(placed => resolver.Resolve(placed).Select(place => Fit(placed, place, withoutTransparency)))];
        var codes = new FontSubsetBuilder(BundledFont.Regular);
        foreach (PositionedText text in parts.Select(part => part.Appearance).OfType<TextAppearance>().SelectMany(text => text.Set().Texts))
        {
            codes.Encode(text.Text);
        }

        PdfReference? font = parts.Any(part => part.Appearance is TextAppearance) ? codes.Build().Write(sink, listsCharacters: withoutTransparency) : null;
        return [.. parts.GroupBy(part => part.Place.Page).OrderBy(page => page.Key)
            .Select(page => new PageOverlay(page.Key, WritePage(sink, page.Key, [.. page], part => part.Appearance is TextAppearance text ? text.Write(sink, codes, font!) : part.Appearance.Write(sink), tag)))];
    }

    private static Part Fit(PlacedSeal placed, ResolvedPlacement place, bool withoutTransparency)
    {
        Appearance fitted = place.Appearance.FitTo(place.Displayed.Width, place.Displayed.Height);
        Appearance shown = withoutTransparency ? fitted.WithoutTransparency() : fitted;
        MarkedPart? marked = placed.Placement is WholePagePlacement ? null
            : shown is TextAppearance ? new MarkedPart("P")
            : new MarkedPart("Figure", placed.Seal.AlternateText.Length > 0 ? placed.Seal.AlternateText : "图片 / Image", place.UserSpace);
        return new Part(place, shown, marked);
    }

    private static PdfReference WritePage(
        IObjectSink sink, int page, IReadOnlyList<Part> parts, Func<Part, PdfReference> write, Func<int, PdfReference, IReadOnlyList<MarkedPart>, long>? tag)
    {
        PdfReference form = sink.Reserve();
        var content = new ContentBuilder();
        var names = new List<KeyValuePair<string, PdfObject>>();
        var marked = new List<MarkedPart>();
        foreach (Part part in parts)
        {
            string name = "C" + names.Count.ToString(CultureInfo.InvariantCulture);
            names.Add(new KeyValuePair<string, PdfObject>(name, write(part)));
            if (tag is not null)
            {
                BeginMarked(content, part.Marked, marked);
            }

            DisplayedRectangle box = part.Place.Displayed;
            PdfMatrix fit = new WidgetPart(part.Appearance, new PdfRectangle(0, 0, box.Width, box.Height)).Matrix();
            content.Save().Transform(fit.Then(part.Place.Geometry.ContentMatrix(box))).Draw(name).Restore();
            if (tag is not null)
            {
                content.Operator("EMC");
            }
        }

        PdfDictionary dictionary = new(
            ("Type", new PdfName("XObject")),
            ("Subtype", new PdfName("Form")),
            ("BBox", PdfArray.Of(parts[0].Place.Geometry.Box)),
            ("Resources", new PdfDictionary(("XObject", new PdfDictionary(names)))));
        sink.Set(form, content.ToStream(marked.Count > 0 ? dictionary.With("StructParents", tag!(page, form, marked)) : dictionary));
        return form;
    }

    private static void BeginMarked(ContentBuilder content, MarkedPart? part, List<MarkedPart> marked)
    {
        if (part is null)
        {
            content.Name("Artifact").Raw("<</Type/Pagination/Subtype/Watermark>> ").Operator("BDC");
            return;
        }

        content.Name(part.Role).Raw("<</MCID ").Number(marked.Count).Raw(">> ").Operator("BDC");
        marked.Add(part);
    }

    /// <param name="Place">Where it stands.</param>
    /// <param name="Appearance">What is drawn there.</param>
    /// <param name="Marked">What the structure says of it; null for an artifact.</param>
    private sealed record Part(ResolvedPlacement Place, Appearance Appearance, MarkedPart? Marked);
}
