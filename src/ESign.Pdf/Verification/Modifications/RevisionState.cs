using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>A document as of one revision: its pages, the fields of its form and where each annotation shows.</summary>
internal sealed class RevisionState
{
    private readonly Dictionary<int, FieldState> _fieldsByNumber = [];
    private readonly Dictionary<string, FieldState> _fieldsByName = new(StringComparer.Ordinal);
    private readonly Dictionary<int, FieldState> _fieldsByWidget = [];
    private readonly Dictionary<int, int> _pageNumbers = [];
    private readonly Dictionary<int, int> _annotationPages = [];
    private readonly Dictionary<int, PageNode> _pageNodes = [];
    private readonly HashSet<PageNode> _allPageNodes = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<FieldNode> _nodes = new(ReferenceEqualityComparer.Instance);

    public RevisionState(PdfDocument view, AnalysisBudget budget)
    {
        View = view;
        ReadPages(budget);
        ReadFields(budget);
    }

    public PdfDocument View { get; }

    public IReadOnlyList<Page> Pages { get; private set; } = [];

    /// <summary>All fields, terminal or not.</summary>
    public IReadOnlyCollection<FieldState> Fields => _fieldsByName.Values;

    /// <summary>The nodes of the page tree above the pages.</summary>
    public IReadOnlyCollection<PageNode> PageNodes => _allPageNodes;

    public PageNode? FindPageNode(PdfReference? reference) => reference is null ? null : _pageNodes.GetValueOrDefault(reference.Number);

    /// <summary>Whether an object is the catalog, a page, a node of the page tree, a field, a widget or another annotation.</summary>
    public bool IsNode(int number) =>
        _pageNodes.ContainsKey(number)
        || _pageNumbers.ContainsKey(number)
        || _fieldsByNumber.ContainsKey(number)
        || _fieldsByWidget.ContainsKey(number)
        || _annotationPages.ContainsKey(number)
        || View.CatalogReference?.Number == number;

    public bool IsFormNode(int number) => _fieldsByNumber.ContainsKey(number) || _fieldsByWidget.ContainsKey(number);

    /// <summary>The field that corresponds to one of another revision: the same object, else one of the same name.</summary>
    public FieldState? Find(FieldState other) =>
        other.Node.Reference is { } reference && _fieldsByNumber.TryGetValue(reference.Number, out FieldState? same) ? same : _fieldsByName.GetValueOrDefault(other.Key);

    /// <summary>The field an annotation belongs to; null when it is no widget of the form.</summary>
    public FieldState? FieldOfWidget(PdfReference? widget) => widget is null ? null : _fieldsByWidget.GetValueOrDefault(widget.Number);

    /// <summary>The page an object shows on, from 1.</summary>
    public int? PageOf(PdfReference? annotation) =>
        annotation is not null && (_annotationPages.TryGetValue(annotation.Number, out int page) || _pageNumbers.TryGetValue(annotation.Number, out page)) ? page : null;

    private void ReadPages(AnalysisBudget budget)
    {
        var pages = new List<Page>();
        foreach (Page page in View.Pages.All())
        {
            budget.Spend();
            pages.Add(page);
            if (page.Reference is { } reference)
            {
                _pageNumbers.TryAdd(reference.Number, page.Number);
            }

            for (PageNode? node = page.Parent; node is not null && _allPageNodes.Add(node); node = node.Parent)
            {
                budget.Spend();
                if (node.Reference is { } number)
                {
                    _pageNodes.TryAdd(number.Number, node);
                }
            }

            foreach ((PdfReference? annotation, _) in page.Annotations())
            {
                budget.Spend();
                if (annotation is not null)
                {
                    _annotationPages.TryAdd(annotation.Number, page.Number);
                }
            }
        }

        Pages = pages;
    }

    private void ReadFields(AnalysisBudget budget)
    {
        foreach (FormField field in View.AcroForm.Fields)
        {
            budget.Spend();
            bool isSigned = View.Resolve(field.Value) is PdfDictionary value && value.ContainsKey("ByteRange");
            Add(field.Node, field, isSigned ? "Sig" : field.FieldType);
            for (FieldNode? node = field.Node.Parent; node is not null; node = node.Parent)
            {
                budget.Spend();
                if (!Add(node, null, (View.Resolve(node.Dictionary["FT"]) as PdfName)?.Value))
                {
                    break;
                }
            }
        }
    }

    /// <summary>Adds a field unless it is there already.</summary>
    private bool Add(FieldNode node, FormField? terminal, string? type)
    {
        if ((node.Reference is { } known && _fieldsByNumber.ContainsKey(known.Number)) || !_nodes.Add(node))
        {
            return false;
        }

        var field = new FieldState(UniqueKey(node), node, terminal, type);
        _fieldsByName.Add(field.Key, field);
        if (node.Reference is { } reference)
        {
            _fieldsByNumber.Add(reference.Number, field);
        }

        foreach (Widget widget in field.Widgets)
        {
            if (widget.Reference is { } shown)
            {
                _fieldsByWidget.TryAdd(shown.Number, field);
            }
        }

        return true;
    }

    /// <summary>Fields of one name are kept apart by their numbers, direct ones by their order.</summary>
    private string UniqueKey(FieldNode node)
    {
        string key = _fieldsByName.ContainsKey(node.Name) ? node.Name + "\0" + node.Reference : node.Name;
        return _fieldsByName.ContainsKey(key) ? string.Create(CultureInfo.InvariantCulture, $"{key}\0{_fieldsByName.Count}") : key;
    }
}
