using ESign.Pdf.Content;
using ESign.Pdf.Content.Decoding;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Verification.Modifications.Rules;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>A document as of one revision: its pages, the fields of its form and where each annotation shows.</summary>
internal sealed class RevisionState
{
    /// <summary>Reading a font's encoding and widths; documents have dozens.</summary>
    private const int CostOfFont = 10_000;

    private readonly PageIndex _pages;
    private readonly FieldIndex _form;
    private readonly AnalysisBudget _budget;
    private readonly FontReader _fonts;
    private readonly Dictionary<int, SeenText> _looks = [];
    private readonly Dictionary<FieldState, bool> _contradicting = new(ReferenceEqualityComparer.Instance);

    public RevisionState(PdfDocument view, AnalysisBudget budget)
    {
        View = view;
        _budget = budget;
        _fonts = OpenFonts(view);
        _pages = new PageIndex(view, budget);
        _form = new FieldIndex(view, _pages, budget);
    }

    /// <summary>The revision after another one, of which it shares what the update did not touch.</summary>
    public RevisionState(PdfDocument view, RevisionState before, ObjectGraph.Touched touched, AnalysisBudget budget)
    {
        View = view;
        _budget = budget;
        _fonts = OpenFonts(view);
        bool isSameTree = view.Catalog["Pages"] is PdfReference root && root.Equals(before.View.Catalog["Pages"]);
        _pages = (isSameTree ? before._pages.After(view, touched, budget) : null) ?? new PageIndex(view, budget);
        bool isSameForm = view.Catalog["AcroForm"] is PdfReference form && form.Equals(before.View.Catalog["AcroForm"]) && !touched.Affected.Contains(form.Number);
        _form = isSameForm && !before._form.HasLooseFields && ReferenceEquals(_pages, before._pages) ? before._form : new FieldIndex(view, _pages, budget);
    }

    public PdfDocument View { get; }

    public IReadOnlyList<Page> Pages => _pages.Pages;

    public IReadOnlyCollection<PageNode> PageNodes => _pages.Nodes;

    /// <summary>All fields, terminal or not.</summary>
    public IReadOnlyCollection<FieldState> Fields => _form.Fields;

    /// <summary>
    /// The pages that may differ from those of the revision before: all of them, unless both have one tree whose pages are
    /// objects of their own.
    /// </summary>
    public IEnumerable<int> PagesThatMayDiffer(RevisionState before, IReadOnlySet<int> affected) =>
        _pages.IsSameTreeAs(before._pages) && _pages.AreDistinct && !_pages.HasStrayParents
            ? _pages.PagesAmong(affected)
            : Enumerable.Range(1, Math.Min(before.Pages.Count, Pages.Count));

    public bool HasSameFieldsAs(RevisionState other) => ReferenceEquals(_form, other._form);

    public PageNode? FindPageNode(PdfReference? reference) => _pages.FindNode(reference);

    /// <summary>Whether an object is the catalog, a page, a node of the page tree, a field, a widget or another annotation.</summary>
    public bool IsNode(int number) => IsPageOrCatalog(number) || _pages.HasNode(number) || IsAnnotation(number);

    /// <summary>Whether an object is one of these, and is referred to as one.</summary>
    public bool IsNode(int number, ValueContext context) =>
        IsPageOrCatalog(number)
        || (context.MeansPageTree && _pages.HasNode(number))
        || (context.MeansAnnotation && IsAnnotation(number));

    private static FontReader OpenFonts(PdfDocument view) => new(view) { AsSeen = true, MaxRepeated = AnalysisBudget.MaxRepeatedFonts };

    private bool IsPageOrCatalog(int number) => _pages.HasPage(number) || View.CatalogReference?.Number == number;

    private bool IsAnnotation(int number) => _pages.HasAnnotation(number) || _form.Contains(number);

    public bool IsFormNode(int number) => _form.Contains(number);

    /// <summary>The field that corresponds to one of another revision: the same object, else one of the same name.</summary>
    public FieldState? Find(FieldState other) => _form.Find(other);

    /// <summary>The field an annotation belongs to; null when it is no widget of the form.</summary>
    public FieldState? FieldOfWidget(PdfReference? widget) => _form.OfWidget(widget);

    /// <summary>Whether a field shows something other than its value; found out once, however many of its entries changed.</summary>
    public bool ContradictsValue(FieldState field)
    {
        if (!_contradicting.TryGetValue(field, out bool contradicts))
        {
            _contradicting[field] = contradicts = ShownText.ContradictsValue(field, this);
        }

        return contradicts;
    }

    /// <summary>What can be read in an appearance; null when it is no stream. Widgets often share theirs.</summary>
    public SeenText? LookOf(PdfObject? appearance)
    {
        if (appearance is not PdfReference reference || View.Resolve(reference) is not PdfStream form)
        {
            return null;
        }

        if (!_looks.TryGetValue(reference.Number, out SeenText? look))
        {
            _looks[reference.Number] = look = SeenText.Read(form, View, _fonts, _budget);
        }

        return look;
    }

    /// <summary>A font, as what a person sees of its glyphs; null when it is none.</summary>
    public ContentFont? FontOf(PdfObject font)
    {
        _budget.Spend(CostOfFont);
        return _fonts.Read(font);
    }

    /// <summary>The decoded bytes of a stream that holds text.</summary>
    public ReadOnlyMemory<byte> Read(PdfStream stream)
    {
        ReadOnlyMemory<byte> text = ((IObjectResolver)View).DecodeOrEmpty(stream);
        _budget.Spend(1 + (text.Length >> 4));
        return text;
    }

    /// <summary>The page an object shows on, from 1.</summary>
    public int? PageOf(PdfReference? annotation) => _pages.PageOf(annotation);
}
