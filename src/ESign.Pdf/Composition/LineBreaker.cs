using System.Runtime.InteropServices;

namespace ESign.Pdf.Composition;

/// <summary>Fills lines one after another, each to the last allowed break that fits.</summary>
internal static class LineBreaker
{
    private const double Tolerance = 0.001;

    /// <param name="clusters">The text.</param>
    /// <param name="firstWidth">The width of the first line.</param>
    /// <param name="width">The width of the others.</param>
    public static IReadOnlyList<TextLine> Break(List<Cluster> clusters, double firstWidth, double width)
    {
        ReadOnlySpan<Cluster> all = CollectionsMarshal.AsSpan(clusters);
        var lines = new List<TextLine>();
        for (int start = 0; start < all.Length || lines.Count == 0;)
        {
            int end = EndOfLine(all[start..], lines.Count == 0 ? firstWidth : width) + start;
            bool isLast = end >= all.Length || all[end - 1].Kind == ClusterKind.NewLine;
            lines.Add(TextLine.Create(all[start..end], isLast));
            start = end;
        }

        return lines;
    }

    /// <summary>How many clusters the line takes; at least one, so that a line too narrow for anything ends too.</summary>
    private static int EndOfLine(ReadOnlySpan<Cluster> clusters, double width)
    {
        double x = clusters.Length > 0 ? -clusters[0].TrimLeft : 0;
        int lastBreak = 0;
        for (int i = 0; i < clusters.Length; i++)
        {
            if (clusters[i].Kind == ClusterKind.NewLine)
            {
                return i + 1;
            }

            if (i > 0)
            {
                lastBreak = LineBreakRules.CanBreakBetween(clusters[i - 1], clusters[i]) ? i : lastBreak;
                x -= TextLine.Tightening(clusters[i - 1], clusters[i]);
            }

            x += clusters[i].Width;
            if (x - clusters[i].TrimRight > width + Tolerance && clusters[i].Kind != ClusterKind.Space)
            {
                return lastBreak > 0 ? lastBreak : Math.Max(1, i);
            }
        }

        return clusters.Length;
    }
}
