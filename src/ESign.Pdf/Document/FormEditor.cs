using ESign.Pdf.Objects;

namespace ESign.Pdf.Document;

/// <summary>Adds fields and widgets to a document in an update, rewriting the smallest container each time.</summary>
/// <remarks>
/// ISO 32000-2 §12.7.3 and §12.5. <c>/AcroForm</c>, <c>/Fields</c> and a page's <c>/Annots</c> may each be missing, direct,
/// indirect, or one array shared by several owners: an array is copied into its owner, so that a shared one never changes
/// for the others. What changes is collected and set once, by <see cref="Finish"/>.
/// </remarks>
internal sealed class FormEditor
{
    private const long SignaturesExistAndAppendOnly = 3;

    private readonly PdfDocument _document;
    private readonly IncrementalUpdate _update;
    private readonly List<PdfObject> _fields = [];
    private readonly Dictionary<int, PageWidgets> _widgets = [];
    private readonly bool _isTagged;
    private bool _signaturesExist;

    public FormEditor(PdfDocument document, IncrementalUpdate update)
    {
        _document = document;
        _update = update;
        _isTagged = document.Resolve(document.Catalog["StructTreeRoot"]) is PdfDictionary;
        Structure = _isTagged ? StructureTreeEditor.For(document, update) : null;
    }

    /// <summary>The structure tree, where the document has one that may still grow.</summary>
    public StructureTreeEditor? Structure { get; }

    /// <summary>Adds a top-level field to <c>/AcroForm /Fields</c>.</summary>
    public void AddField(PdfReference field) => _fields.Add(field);

    /// <summary>Adds a widget to a page's <c>/Annots</c>.</summary>
    public void AddWidget(Page page, PdfReference widget)
    {
        if (!_widgets.TryGetValue(page.Number, out PageWidgets? entry))
        {
            _widgets[page.Number] = entry = new PageWidgets(page, []);
        }

        entry.Widgets.Add(widget);
        Describe(page, widget);
    }

    /// <summary>Enters a widget in the structure of a tagged document, unless it is there already.</summary>
    /// <remarks>
    /// ISO 14289-1 §7.18.1. Once somebody has signed the structure stays as it is; a widget that shows nothing is then put outside the
    /// page, which is where the standard asks for no structure element.
    /// </remarks>
    public void Describe(Page page, PdfReference widget)
    {
        if (!_isTagged || _update.Resolve(widget) is not PdfDictionary dictionary || dictionary.ContainsKey("StructParent"))
        {
            return;
        }

        PdfDictionary described = Structure is null ? OutsideThePage(page, dictionary) : Entered(Structure, page, widget, dictionary);
        if (!ReferenceEquals(described, dictionary))
        {
            _update.Set(widget, described);
        }
    }

    /// <summary>Says that the document carries signatures and must only be appended to (<c>/SigFlags</c> 3, §12.7.3 table 225).</summary>
    public void MarkSigned() => _signaturesExist = true;

    /// <summary>Sets everything that changed.</summary>
    public void Finish()
    {
        // ISO 14289-1 §7.18.3: a page with annotations is walked through in the order of the structure. Nothing but
        // /Annots may change on a page that somebody has signed.
        bool followsStructure = Structure is not null;
        foreach ((Page page, List<PdfObject> widgets) in _widgets.Values)
        {
            PdfDictionary dictionary = _update.DictionaryOf(page);
            var annotations = _document.Resolve(dictionary["Annots"]) as PdfArray ?? PdfArray.Empty;
            dictionary = dictionary.With("Annots", new PdfArray([.. annotations, .. widgets]));
            _update.Set(_update.ReferenceOf(page), followsStructure && !dictionary.ContainsKey("Tabs") ? dictionary.With("Tabs", new PdfName("S")) : dictionary);
        }

        Structure?.Finish();
        FinishForm();
    }

    private PdfDictionary Entered(StructureTreeEditor structure, Page page, PdfReference widget, PdfDictionary dictionary)
    {
        string words = _update.Resolve(dictionary["TU"]) is PdfString text ? text.ToText() : _update.Resolve(dictionary["T"]) is PdfString name ? name.ToText() : "";
        long key = structure.AddWidget(widget, _update.ReferenceOf(page), words);
        return dictionary.With("StructParent", key).With("Contents", dictionary["Contents"] ?? PdfString.Text(words));
    }

    private PdfDictionary OutsideThePage(Page page, PdfDictionary dictionary)
    {
        if (Page.ReadRectangle(_update, dictionary["Rect"]) is { } place and not { Width: 0, Height: 0 })
        {
            return dictionary;
        }

        PdfRectangle box = page.Geometry.Box;
        return dictionary.With("Rect", PdfArray.Of(new PdfRectangle(box.Left - 1, box.Bottom - 1, box.Left - 1, box.Bottom - 1)));
    }

    private void FinishForm()
    {
        PdfDictionary form = _document.AcroForm.Dictionary ?? PdfDictionary.Empty;
        PdfDictionary changed = form;
        if (_fields.Count > 0 || !form.ContainsKey("Fields"))
        {
            var fields = _document.Resolve(form["Fields"]) as PdfArray ?? PdfArray.Empty;
            changed = changed.With("Fields", new PdfArray([.. fields, .. _fields]));
        }

        if (_signaturesExist && _document.AcroForm.SignatureFlags != SignaturesExistAndAppendOnly)
        {
            changed = changed.With("SigFlags", SignaturesExistAndAppendOnly);
        }

        if (_signaturesExist && form.ContainsKey("NeedAppearances"))
        {
            // A viewer that regenerates appearances would change what was signed.
            changed = changed.Without("NeedAppearances");
        }

        if (ReferenceEquals(changed, form))
        {
            return;
        }

        if (_document.AcroForm.Entry is PdfReference reference && _document.AcroForm.Dictionary is not null)
        {
            _update.Set(reference, changed);
        }
        else
        {
            // A new form is an object of its own: who adds a field later rewrites it and not the catalog, and some writers can do no other.
            _update.SetCatalogEntry("AcroForm", form.Count == 0 ? _update.Add(changed) : changed);
        }
    }

    private sealed record PageWidgets(Page Page, List<PdfObject> Widgets);
}
