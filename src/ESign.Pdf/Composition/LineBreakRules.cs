namespace ESign.Pdf.Composition;

/// <summary>Where a line may break: 避头尾, the signs that do not begin or end a line.</summary>
/// <remarks>
/// GB/T 15834—2011 §5.1: stops, closing quotation marks, closing brackets and closing book-title marks do not stand at the
/// beginning of a line; opening ones do not stand at its end; dashes and ellipses are not torn apart.
/// </remarks>
internal static class LineBreakRules
{
    private const string NotAtStart = "!%),.:;?]}¢°·»›℃‰、。〉》」』】〕〗〞！％），．：；？］｝～”’々ー";
    private const string NotAtEnd = "$([{£¥«‹§№〈《「『【〔〖〝＄（［｛￡￥“‘";

    /// <summary>Units that stay with the number before them.</summary>
    private const string Units = "年月日时分秒元角万亿％%℃‰";

    public static bool CanBreakBetween(in Cluster before, in Cluster after)
    {
        if (before.Kind == ClusterKind.NewLine)
        {
            return true;
        }

        if (after.Kind is ClusterKind.Space or ClusterKind.NewLine)
        {
            return false; // spaces hang over the end
        }

        if (before.Kind == ClusterKind.Space || (before.Kind == ClusterKind.WordPiece && after.Kind == ClusterKind.WordPiece))
        {
            return true;
        }

        bool isNumberWithUnit = char.IsAsciiDigit(before.Text[^1]) && Units.Contains(after.Text[0], StringComparison.Ordinal);
        bool isOneWord = before.Kind != ClusterKind.Ideograph && after.Kind != ClusterKind.Ideograph;
        return !isNumberWithUnit && !isOneWord
            && !NotAtStart.Contains(after.Text[0], StringComparison.Ordinal)
            && !NotAtEnd.Contains(before.Text[^1], StringComparison.Ordinal);
    }
}
