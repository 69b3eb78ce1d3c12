namespace ESign.Pdf.Seals;

/// <summary>A choice of pages, from 1 or negative from the end (-1 is the last).</summary>
public abstract record PageSelection
{
    private PageSelection()
    {
    }

    /// <summary>Every page.</summary>
    public static PageSelection All { get; } = new RangeSelection(1, -1, 0);

    /// <summary>Pages 1, 3, 5, …</summary>
    public static PageSelection Odd { get; } = new RangeSelection(1, -1, 1);

    /// <summary>Pages 2, 4, 6, …</summary>
    public static PageSelection Even { get; } = new RangeSelection(1, -1, 2);

    /// <summary>All pages from one to another, both included.</summary>
    /// <param name="first">The first page, from 1 or negative from the end.</param>
    /// <param name="last">The last page, from 1 or negative from the end.</param>
    /// <returns>The selection.</returns>
    public static PageSelection Range(int first, int last) => new RangeSelection(first, last, 0);

    /// <summary>Certain pages.</summary>
    /// <param name="pages">The pages, from 1 or negative from the end.</param>
    /// <returns>The selection.</returns>
    public static PageSelection Of(params int[] pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        return new ListSelection([.. pages]);
    }

    /// <summary>The pages of several selections together.</summary>
    internal static PageSelection Union(IReadOnlyList<PageSelection> parts) => new UnionSelection(parts);

    /// <summary>The pages of a document in ascending order.</summary>
    /// <exception cref="SealPlacementException">A page does not exist, or none is selected.</exception>
    internal abstract IReadOnlyList<int> Resolve(int pageCount);

    /// <summary>A page number counted from 1.</summary>
    /// <exception cref="SealPlacementException">There is no such page.</exception>
    internal static int ResolvePage(int page, int pageCount)
    {
        int resolved = page < 0 ? pageCount + 1 + page : page;
        return resolved >= 1 && resolved <= pageCount ? resolved : throw SealPlacementException.NoSuchPage(page, pageCount);
    }

    private static IReadOnlyList<int> NotEmpty(IReadOnlyList<int> pages, int pageCount) =>
        pages.Count > 0 ? pages : throw SealPlacementException.NoPagesSelected(pageCount);

    private sealed record RangeSelection(int FirstPage, int LastPage, int Parity) : PageSelection
    {
        internal override IReadOnlyList<int> Resolve(int pageCount)
        {
            int first = ResolvePage(FirstPage, pageCount);
            int last = ResolvePage(LastPage, pageCount);
            return NotEmpty([.. Enumerable.Range(first, Math.Max(0, last - first + 1)).Where(p => Parity == 0 || p % 2 == Parity % 2)], pageCount);
        }
    }

    private sealed record UnionSelection(IReadOnlyList<PageSelection> Parts) : PageSelection
    {
        internal override IReadOnlyList<int> Resolve(int pageCount) => [.. Parts.SelectMany(p => p.Resolve(pageCount)).Distinct().Order()];
    }

    private sealed record ListSelection(IReadOnlyList<int> Pages) : PageSelection
    {
        internal override IReadOnlyList<int> Resolve(int pageCount) =>
            NotEmpty([.. Pages.Select(p => ResolvePage(p, pageCount)).Distinct().Order()], pageCount);
    }
}
