using ESign.Pdf.Fonts;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Composition;

/// <summary>The pages being filled and the place on the last of them where the next block begins.</summary>
internal sealed class PageFlow
{
    private const double Tolerance = 0.01;

    private readonly List<PageCanvas> _pages = [];
    private readonly List<OutlineEntry> _outline = [];
    private readonly FontSubsetBuilder _font;
    private readonly IObjectSink _sink;

    public PageFlow(PageStyle style, FontSubsetBuilder font, IObjectSink sink)
    {
        Style = style;
        _font = font;
        _sink = sink;
        Shaper = new TextShaper(font);
        NewPage();
    }

    public PageStyle Style { get; }

    public TextShaper Shaper { get; }

    public IReadOnlyList<PageCanvas> Pages => _pages;

    public IReadOnlyList<OutlineEntry> Outline => _outline;

    public PageCanvas Canvas => _pages[^1];

    /// <summary>The logical structure: the whole document, to which each block adds what it is.</summary>
    public StructureElement Structure { get; } = new("Document");

    /// <summary>The distance from the page's top edge to where the next block begins.</summary>
    public double Y { get; private set; }

    /// <summary>The height that what follows a heading needs on the same page.</summary>
    public double NextNeeds { get; set; }

    public double Remaining => Style.Height - Style.MarginBottom - Y;

    public bool IsAtTop => Y <= Style.MarginTop + Tolerance;

    public void NewPage()
    {
        _pages.Add(new PageCanvas(Style.Height, _font, _sink));
        Y = Style.MarginTop;
    }

    public bool HasSpace(double height) => height <= Remaining + Tolerance;

    /// <summary>Begins a new page unless there is so much room; what is higher than a page begins on a new one.</summary>
    public void EnsureSpace(double height)
    {
        if (!HasSpace(height) && !IsAtTop)
        {
            NewPage();
        }
    }

    public void Advance(double height) => Y += height;

    /// <summary>Leaves room between two blocks; none at the top of a page, nor beyond its end.</summary>
    public void Skip(double height)
    {
        if (!IsAtTop)
        {
            Y += Math.Min(height, Math.Max(0, Remaining));
        }
    }

    /// <summary>Puts a bookmark at the present place.</summary>
    public void Mark(int level, string title) => _outline.Add(new OutlineEntry(level, title, _pages.Count - 1, Y));
}
