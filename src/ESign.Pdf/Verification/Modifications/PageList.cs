using System.Collections;
using System.Collections.Immutable;
using ESign.Pdf.Document;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>The pages of a revision: those of an earlier one, but for a few. A copy for each of thousands of updates would cost more than comparing them.</summary>
internal sealed class PageList : IReadOnlyList<Page>
{
    private readonly Page[] _pages;
    private readonly ImmutableDictionary<int, Page> _renewed;

    public PageList(Page[] pages)
        : this(pages, ImmutableDictionary<int, Page>.Empty)
    {
    }

    private PageList(Page[] pages, ImmutableDictionary<int, Page> renewed) => (_pages, _renewed) = (pages, renewed);

    public int Count => _pages.Length;

    public Page this[int index] => _renewed.GetValueOrDefault(index) ?? _pages[index];

    /// <summary>The same pages, but for one.</summary>
    public PageList With(int index, Page page) => new(_pages, _renewed.SetItem(index, page));

    public IEnumerator<Page> GetEnumerator()
    {
        for (int i = 0; i < _pages.Length; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
