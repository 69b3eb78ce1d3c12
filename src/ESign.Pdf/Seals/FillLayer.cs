using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Fonts;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals.Drawing;
using ESign.Pdf.Seals.Placing;
using ESign.Pdf.Seals.Texts;

namespace ESign.Pdf.Seals;

/// <summary>Draws fill controls: one form XObject for each page that has any, and one font subset for all of them.</summary>
/// <remarks>
/// The form's coordinates are the page's user space, so the page content only needs <c>q /Name Do Q</c> after content
/// whose graphics state is balanced, and the form among its XObject resources.
/// </remarks>
internal static class FillLayer
{
    /// <summary>Places and writes the controls.</summary>
    /// <returns>The pages from 1 and their forms, in ascending order.</returns>
    /// <exception cref="SealPlacementException">A control cannot go where it was asked to; nothing was written.</exception>
    public static IReadOnlyList<PageOverlay> Write(IObjectSink sink, IPlacementPages pages, IReadOnlyList<FillControl> controls, bool withoutTransparency = false)
    {
        var resolver = new PlacementResolver(pages);
        List<(ResolvedPlacement Place, Appearance Appearance)> resolved = [.. controls
            .SelectMany(control => resolver.Resolve(control.Content.Place(control.Placement)))
            .Select(place =>
            {
                Appearance fitted = place.Appearance.FitTo(place.Displayed.Width, place.Displayed.Height);
                return (place, withoutTransparency ? fitted.WithoutTransparency() : fitted);
            })];
        var codes = new FontSubsetBuilder(BundledFont.Regular);
        foreach (PositionedText text in resolved.Select(r => r.Appearance).OfType<TextAppearance>().SelectMany(t => t.Set().Texts))
        {
            codes.Encode(text.Text);
        }

        PdfReference? font = resolved.Any(r => r.Appearance is TextAppearance) ? codes.Build().Write(sink) : null;
        return [.. resolved.GroupBy(r => r.Place.Page).OrderBy(g => g.Key).Select(page =>
        {
            var content = new ContentBuilder();
            var names = new List<KeyValuePair<string, PdfObject>>();
            foreach ((ResolvedPlacement place, Appearance appearance) in page)
            {
                string name = "C" + names.Count.ToString(CultureInfo.InvariantCulture);
                PdfReference form = appearance is TextAppearance text ? text.Write(sink, codes, font!) : appearance.Write(sink);
                names.Add(new KeyValuePair<string, PdfObject>(name, form));
                PdfMatrix fit = new WidgetPart(appearance, new PdfRectangle(0, 0, place.Displayed.Width, place.Displayed.Height)).Matrix();
                content.Save().Transform(fit.Then(place.Geometry.ContentMatrix(place.Displayed))).Draw(name).Restore();
            }

            PageGeometry geometry = page.First().Place.Geometry;
            return new PageOverlay(page.Key, sink.Add(content.ToStream(new PdfDictionary(
                ("Type", new PdfName("XObject")),
                ("Subtype", new PdfName("Form")),
                ("FormType", 1),
                ("BBox", PdfArray.Of(geometry.Box)),
                ("Resources", new PdfDictionary(("XObject", new PdfDictionary(names))))))));
        })];
    }
}
