using System.Globalization;
using System.Security;
using System.Text;

namespace ESign.Pdf.Seals.Drawing;

/// <summary>Writes a drawing as SVG 1.1, sized in millimetres, one user unit a point.</summary>
internal static class SvgWriter
{
    public static string Write(VectorDrawing drawing)
    {
        var svg = new StringBuilder();
        string size = Invariant($"width=\"{Millimeters(drawing.Width)}mm\" height=\"{Millimeters(drawing.Height)}mm\"");
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" {size} viewBox=\"0 0 {Round(drawing.Width)} {Round(drawing.Height)}\">\n"));
        if (drawing.AlternateText.Length > 0)
        {
            svg.Append("<title>").Append(SecurityElement.Escape(drawing.AlternateText)).Append("</title>\n");
        }

        if (drawing.Clip is { } clip)
        {
            svg.Append("<clipPath id=\"c\"><path clip-rule=\"evenodd\" d=\"").Append(Data(clip, drawing.Height)).Append("\"/></clipPath>\n");
        }

        svg.Append("<g stroke-linecap=\"round\" stroke-linejoin=\"round\"").Append(drawing.Clip is null ? "" : " clip-path=\"url(#c)\"");
        svg.Append(drawing.Opacity < 1 ? Invariant($" opacity=\"{drawing.Opacity:0.##}\"") : "").Append(">\n");
        foreach (PaintedPath painted in drawing.Paths)
        {
            svg.Append("<path ").Append(Style(painted)).Append(" d=\"").Append(Data(painted.Path, drawing.Height)).Append("\"/>\n");
        }

        return svg.Append("</g>\n</svg>\n").ToString();
    }

    private static string Style(PaintedPath painted)
    {
        string color = Invariant($"#{painted.Color.Red:x2}{painted.Color.Green:x2}{painted.Color.Blue:x2}");
        string fill = painted.IsFilled ? color : "none";
        string rule = painted.EvenOdd ? " fill-rule=\"evenodd\"" : "";
        string stroke = painted.StrokeWidth > 0 ? Invariant($" stroke=\"{color}\" stroke-width=\"{Round(painted.StrokeWidth)}\"") : "";
        return $"fill=\"{fill}\"{rule}{stroke}";
    }

    private static string Data(VectorPath path, double height)
    {
        var data = new StringBuilder();
        foreach (PathSegment s in path.Segments)
        {
            data.Append(s.Verb switch
            {
                PathVerb.Move => "M" + Point(s.End),
                PathVerb.Line => "L" + Point(s.End),
                PathVerb.Curve => $"C{Point(s.Control1)} {Point(s.Control2)} {Point(s.End)}",
                _ => "Z",
            });
        }

        return data.ToString();

        string Point(PdfPoint p) => Invariant($"{Round(p.X)},{Round(height - p.Y)}");
    }

    private static double Round(double value) => Math.Round(value, 2) + 0.0;

    private static double Millimeters(double points) => Math.Round(points * 25.4 / 72, 2);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
