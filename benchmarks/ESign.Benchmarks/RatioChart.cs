using System.Globalization;
using System.Text;

namespace ESign.Benchmarks;

/// <summary>Bars of "ratio reached ÷ ratio promised": left of the line is within the goal.</summary>
internal static class RatioChart
{
    private const int Labels = 230;
    private const int Unit = 220;
    private const double Widest = 2;
    private const int RowHeight = 22;

    public static string Draw(IReadOnlyList<(string Name, double Share)> rows)
    {
        int height = (rows.Count * RowHeight) + 50;
        double width = Labels + (Unit * Widest) + 70;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append("<title>Ratio to the floor, as a share of its goal</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        for (int i = 0; i < rows.Count; i++)
        {
            (string name, double share) = rows[i];
            int y = 10 + (i * RowHeight);
            double length = Math.Min(share, Widest) * Unit;
            string colour = share <= 1 ? "#2f855a" : "#c05621";
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Labels - 8}\" y=\"{y + 14}\" text-anchor=\"end\">{name}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Labels}\" y=\"{y + 3}\" width=\"{length:0.0}\" height=\"15\" fill=\"{colour}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Labels + length + 6:0.0}\" y=\"{y + 14}\">{share:0.00}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Labels + Unit}\" y1=\"5\" x2=\"{Labels + Unit}\" y2=\"{height - 32}\" stroke=\"#1a202c\" stroke-dasharray=\"4 3\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Labels + Unit}\" y=\"{height - 14}\" text-anchor=\"middle\">goal (1.00); shorter is faster</text>\n</svg>\n");
        return svg.ToString();
    }
}
