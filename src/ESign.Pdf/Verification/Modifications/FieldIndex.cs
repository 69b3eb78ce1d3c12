using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>The fields of a revision's form, terminal or not, by object, by name and by widget.</summary>
internal sealed class FieldIndex
{
    private readonly PdfDocument _view;
    private readonly Dictionary<int, FieldState> _byNumber;
    private readonly Dictionary<string, FieldState> _byKey;
    private readonly Dictionary<int, FieldState> _byWidget;

    /// <summary>Those that have no number to be known by.</summary>
    private readonly HashSet<FieldNode> _directNodes = new(ReferenceEqualityComparer.Instance);

    public FieldIndex(PdfDocument view, PageIndex pages, AnalysisBudget budget)
    {
        _view = view;
        // The view's own form would be kept for every revision, with all its fields.
        IReadOnlyList<FormField> fields = new AcroForm(view).Fields;
        _byNumber = new Dictionary<int, FieldState>(fields.Count);
        _byKey = new Dictionary<string, FieldState>(fields.Count, StringComparer.Ordinal);
        _byWidget = new Dictionary<int, FieldState>(fields.Count);
        foreach (FormField field in fields)
        {
            budget.Spend();
            bool isSigned = view.Resolve(field.Value) is PdfDictionary value && value.ContainsKey("ByteRange");
            Add(field.Node, field, isSigned ? "Sig" : field.FieldType);
            for (FieldNode? node = field.Node.Parent; node is not null && AddGroup(node); node = node.Parent)
            {
                budget.Spend();
            }
        }

        foreach (FormField loose in LooseSignatures.Of(view, pages.Pages, fields))
        {
            HasLooseFields = true;
            Add(loose.Node, loose, "Sig", isLoose: true);
        }
    }

    /// <summary>Whether there are signatures on pages that the form does not list.</summary>
    public bool HasLooseFields { get; }

    public IReadOnlyCollection<FieldState> Fields => _byKey.Values;

    /// <summary>Whether an object is a field or a widget.</summary>
    public bool Contains(int number) => _byNumber.ContainsKey(number) || _byWidget.ContainsKey(number);

    /// <summary>The field that corresponds to one of another revision: the same object, else one of the same name.</summary>
    public FieldState? Find(FieldState other) =>
        other.Node.Reference is { } reference && _byNumber.TryGetValue(reference.Number, out FieldState? same) ? same : _byKey.GetValueOrDefault(other.Key);

    /// <summary>The field an annotation belongs to; null when it is no widget of the form.</summary>
    public FieldState? OfWidget(PdfReference? widget) => widget is null ? null : _byWidget.GetValueOrDefault(widget.Number);

    private bool AddGroup(FieldNode node) => Add(node, null, (_view.Resolve(node.Dictionary["FT"]) as PdfName)?.Value);

    /// <summary>Adds a field unless it is there already.</summary>
    private bool Add(FieldNode node, FormField? terminal, string? type, bool isLoose = false)
    {
        if (node.Reference is { } known ? _byNumber.ContainsKey(known.Number) : !_directNodes.Add(node))
        {
            return false;
        }

        var field = new FieldState(UniqueKey(node), node, terminal, type) { IsLoose = isLoose };
        _byKey.Add(field.Key, field);
        if (node.Reference is { } reference)
        {
            _byNumber.Add(reference.Number, field);
        }

        foreach (Widget widget in field.Widgets)
        {
            if (widget.Reference is { } shown)
            {
                _byWidget.TryAdd(shown.Number, field);
            }
        }

        return true;
    }

    /// <summary>Fields of one name are kept apart by their numbers, direct ones by their order.</summary>
    private string UniqueKey(FieldNode node)
    {
        string key = _byKey.ContainsKey(node.Name) ? node.Name + "\0" + node.Reference : node.Name;
        return _byKey.ContainsKey(key) ? string.Create(CultureInfo.InvariantCulture, $"{key}\0{_byKey.Count}") : key;
    }
}
