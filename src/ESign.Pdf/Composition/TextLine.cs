namespace ESign.Pdf.Composition;

/// <summary>A line that has been broken and, where asked, justified: clusters with their places from the line's left edge.</summary>
internal sealed class TextLine
{
    /// <summary>
    /// The widest extra gap between two Chinese characters, in em. Programs that extract text take gaps from about a tenth
    /// of an em for spaces; a line that would need more stays uneven.
    /// </summary>
    private const double MaximumGap = 0.09;

    /// <summary>The widest a space between words may grow, in em.</summary>
    private const double MaximumSpaceGrowth = 0.6;

    private readonly double[] _places;

    private TextLine(Cluster[] clusters, double[] places, double width, bool isLast)
    {
        Clusters = clusters;
        _places = places;
        Width = width;
        IsLast = isLast;
    }

    public IReadOnlyList<Cluster> Clusters { get; }

    public double Width { get; }

    /// <summary>Whether the paragraph or a line end asked for follows it.</summary>
    public bool IsLast { get; }

    /// <summary>The size of its largest characters.</summary>
    public double Size => Clusters.Count == 0 ? 0 : Clusters.Max(c => c.Style.Size);

    public double PlaceOf(int cluster) => _places[cluster];

    /// <summary>A line of clusters; spaces at its end are dropped, half-empty punctuation at its edges is trimmed.</summary>
    public static TextLine Create(ReadOnlySpan<Cluster> clusters, bool isLast)
    {
        while (clusters.Length > 0 && clusters[^1].Kind is ClusterKind.Space or ClusterKind.NewLine && !IsBlank(clusters))
        {
            clusters = clusters[..^1];
        }

        double[] places = new double[clusters.Length];
        double x = clusters.Length > 0 ? -clusters[0].TrimLeft : 0;
        for (int i = 0; i < clusters.Length; i++)
        {
            x -= i > 0 ? Tightening(clusters[i - 1], clusters[i]) : 0;
            places[i] = x;
            x += clusters[i].Width;
        }

        return new TextLine(clusters.ToArray(), places, x - (clusters.Length > 0 ? clusters[^1].TrimRight : 0), isLast);
    }

    /// <summary>How much narrower a character is set because of the one after it (标点挤压).</summary>
    public double TighteningAfter(int cluster) => cluster + 1 < Clusters.Count ? Tightening(Clusters[cluster], Clusters[cluster + 1]) : 0;

    /// <summary>Closing punctuation gives up its empty right half before other punctuation that has an empty half.</summary>
    public static double Tightening(in Cluster before, in Cluster after) => after.TrimRight > 0 || after.TrimLeft > 0 ? before.TrimRight : 0;

    /// <summary>The line spread to a width, spaces first, then the gaps between Chinese characters; itself when it is the last or too short.</summary>
    public TextLine Justified(double width)
    {
        double missing = width - Width;
        if (IsLast || missing <= 0.01)
        {
            return this;
        }

        int spaces = Clusters.Count(c => c.Kind == ClusterKind.Space);
        int gaps = 0;
        for (int i = 0; i + 1 < Clusters.Count; i++)
        {
            gaps += IsGap(i) ? 1 : 0;
        }

        // A space takes three times what a gap takes, and all that gaps may not take.
        double perGap = gaps + spaces == 0 ? 0 : Math.Min(missing / (gaps + (3 * spaces)), MaximumGap * Size);
        double perSpace = spaces == 0 ? 0 : (missing - (perGap * gaps)) / spaces;
        if ((perGap * gaps) + (perSpace * spaces) < missing - 0.01 || perSpace > MaximumSpaceGrowth * Size)
        {
            return this;
        }

        double[] places = [.. _places];
        double shift = 0;
        for (int i = 0; i < Clusters.Count; i++)
        {
            places[i] += shift;
            shift += Clusters[i].Kind == ClusterKind.Space ? perSpace : IsGap(i) ? perGap : 0;
        }

        return new TextLine([.. Clusters], places, Width + shift, IsLast);
    }

    private bool IsGap(int cluster) =>
        cluster + 1 < Clusters.Count && Clusters[cluster].Kind != ClusterKind.Space && Clusters[cluster + 1].Kind != ClusterKind.Space
        && (Clusters[cluster].Kind == ClusterKind.Ideograph || Clusters[cluster + 1].Kind == ClusterKind.Ideograph);

    // A line of spaces alone stays: it may be underlined, to be filled in by hand.
    private static bool IsBlank(ReadOnlySpan<Cluster> clusters)
    {
        foreach (Cluster cluster in clusters)
        {
            if (cluster.Kind != ClusterKind.Space)
            {
                return false;
            }
        }

        return true;
    }
}
