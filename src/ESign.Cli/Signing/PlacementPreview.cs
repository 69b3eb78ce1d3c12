using System.Globalization;
using System.Security;
using System.Text;
using ESign.Pdf;
using ESign.Pdf.Document;
using ESign.Pdf.Signing;

namespace ESign.Cli.Signing;

/// <summary>Where the controls of a signature will land, drawn as SVG: one frame a page, in points, as the page is displayed.</summary>
/// <param name="FieldName">The signature field.</param>
/// <param name="Widgets">The controls.</param>
internal sealed record PlacementPreview(string FieldName, IReadOnlyList<SignaturePlace> Widgets)
{
    private const double Gap = 24;

    private readonly List<(int Page, double Width, double Height, IReadOnlyList<DisplayedRectangle> Signed)> _pages = [];

    /// <summary>Resolves a signature against a document; refuses what signing would refuse.</summary>
    public static PlacementPreview Create(PdfDocument document, SignatureOptions options)
    {
        SignatureDraft draft = SignatureDraft.Create(document, options);
        var preview = new PlacementPreview(draft.FieldName, draft.Places());
        var signed = new DocumentPlaces(document).Signed();
        foreach (int number in preview.Widgets.Select(widget => widget.Page).Distinct().Order())
        {
            PageGeometry geometry = document.GetPage(number).Geometry;
            preview._pages.Add((number, geometry.DisplayedWidth, geometry.DisplayedHeight, [.. signed.Where(place => place.Page == number).Select(place => geometry.ToDisplayed(place.Rectangle))]));
        }

        return preview;
    }

    public string ToSvg()
    {
        double width = _pages.Select(page => page.Width).DefaultIfEmpty(100).Max() + (2 * Gap);
        double height = Gap + _pages.Sum(page => page.Height + Gap);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0.##}\" height=\"{height:0.##}\" viewBox=\"0 0 {width:0.##} {height:0.##}\" font-family=\"sans-serif\" font-size=\"9\">\n");
        double top = Gap;
        foreach ((int number, double pageWidth, double pageHeight, IReadOnlyList<DisplayedRectangle> signed) in _pages)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g id=\"page-{number}\" transform=\"translate({Gap:0.##} {top:0.##})\">\n");
            svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{pageWidth:0.##}\" height=\"{pageHeight:0.##}\" fill=\"#fff\" stroke=\"#888\"/>\n<text x=\"2\" y=\"-4\" fill=\"#555\">{number}: {pageWidth:0.##} × {pageHeight:0.##}</text>\n");
            foreach (DisplayedRectangle box in signed)
            {
                AppendBox(svg, box, "#777", "已签 signed");
            }

            foreach (SignaturePlace widget in Widgets.Where(widget => widget.Page == number))
            {
                AppendBox(svg, widget.Displayed, "#c00", widget.FieldName);
            }

            svg.Append("</g>\n");
            top += pageHeight + Gap;
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void AppendBox(StringBuilder svg, DisplayedRectangle box, string color, string label)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{box.X:0.##}\" y=\"{box.Y:0.##}\" width=\"{box.Width:0.##}\" height=\"{box.Height:0.##}\" fill=\"{color}\" fill-opacity=\"0.1\" stroke=\"{color}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{box.X + 2:0.##}\" y=\"{box.Y + 10:0.##}\" fill=\"{color}\">{SecurityElement.Escape(label)} ({box.X:0.##}, {box.Y:0.##})</text>\n");
    }
}
