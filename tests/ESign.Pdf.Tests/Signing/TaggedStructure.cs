using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Tests.Signing;

/// <summary>Checks the structure tree of a document against its parent tree, its widgets and its form XObjects.</summary>
/// <remarks>ISO 32000-2 §14.7.2, §14.7.5.3, §14.7.5.4; ISO 14289-1 §7.18.1, §7.18.3, §7.18.4.</remarks>
internal sealed class TaggedStructure
{
    private readonly PdfDocument _document;
    private readonly Dictionary<PdfReference, PdfDictionary> _elements = [];
    private readonly Dictionary<PdfObject, PdfReference> _objects = [];
    private readonly Dictionary<(PdfObject Stream, long Id), PdfReference> _contents = [];
    private readonly SortedDictionary<long, PdfObject> _owners = [];
    private readonly List<string> _faults = [];

    private TaggedStructure(PdfDocument document) => _document = document;

    /// <summary>What is wrong; empty for a sound tree that knows every widget in sight.</summary>
    public static IReadOnlyList<string> Faults(byte[] pdf)
    {
        using PdfDocument document = PdfDocument.Open(pdf);
        return new TaggedStructure(document).Check();
    }

    /// <summary>The element a widget stands in, with its role and words.</summary>
    public static (string Role, string Words) ElementOf(PdfDocument document, PdfDictionary widget)
    {
        var structure = new TaggedStructure(document);
        structure.Check();
        PdfReference element = (PdfReference)structure._owners[((PdfInteger)widget["StructParent"]!).Value];
        PdfDictionary dictionary = structure._elements[element];
        return (((PdfName)dictionary["S"]!).Value, dictionary["Alt"] is PdfString words ? words.ToText() : "");
    }

    private List<string> Check()
    {
        var root = (PdfReference)_document.Catalog["StructTreeRoot"]!;
        var tree = (PdfDictionary)_document.Resolve(root);
        Walk(root, tree);
        Owners(_document.Resolve(tree["ParentTree"]) as PdfDictionary, null);
        if (_document.Resolve(tree["ParentTreeNextKey"]) is PdfInteger next && _owners.Count > 0 && next.Value <= _owners.Keys.Last())
        {
            _faults.Add($"the next key {next.Value} is in use");
        }

        for (int number = 1; number <= _document.PageCount; number++)
        {
            CheckPage(_document.GetPage(number));
        }

        return _faults;
    }

    private void Walk(PdfReference parent, PdfDictionary element)
    {
        IEnumerable<PdfObject> kids = _document.Resolve(element["K"]) is PdfArray array ? array : element["K"] is { } only ? [only] : [];
        foreach (PdfObject kid in kids)
        {
            if (_document.Resolve(kid) is not PdfDictionary dictionary)
            {
                continue;
            }

            switch ((dictionary["Type"] as PdfName)?.Value)
            {
                case "OBJR":
                    _objects[dictionary["Obj"]!] = parent;
                    break;
                case "MCR":
                    _contents[(dictionary["Stm"] ?? PdfNull.Instance, ((PdfInteger)dictionary["MCID"]!).Value)] = parent;
                    break;
                default:
                    var reference = (PdfReference)kid;
                    if (!parent.Equals(dictionary["P"]))
                    {
                        _faults.Add($"the element {reference.Number} names another parent");
                    }

                    if (_elements.TryAdd(reference, dictionary))
                    {
                        Walk(reference, dictionary);
                    }

                    break;
            }
        }
    }

    private void Owners(PdfDictionary? node, PdfArray? limits)
    {
        if (_document.Resolve(node?["Nums"]) is PdfArray pairs)
        {
            for (int i = 0; i + 1 < pairs.Count; i += 2)
            {
                long key = ((PdfInteger)pairs[i]).Value;
                if (_owners.Count > 0 && key <= _owners.Keys.Last())
                {
                    _faults.Add($"the key {key} of the parent tree is out of order");
                }

                if (limits is not null && (key < ((PdfInteger)limits[0]).Value || key > ((PdfInteger)limits[1]).Value))
                {
                    _faults.Add($"the key {key} of the parent tree is outside its leaf");
                }

                _owners[key] = pairs[i + 1];
            }
        }

        foreach (PdfObject kid in _document.Resolve(node?["Kids"]) as PdfArray ?? PdfArray.Empty)
        {
            var leaf = (PdfDictionary)_document.Resolve(kid);
            Owners(leaf, _document.Resolve(leaf["Limits"]) as PdfArray);
        }
    }

    private void CheckPage(Page page)
    {
        bool isWalked = false;
        foreach (PdfObject annotation in _document.Resolve(page.Dictionary["Annots"]) as PdfArray ?? PdfArray.Empty)
        {
            var dictionary = (PdfDictionary)_document.Resolve(annotation);
            if (dictionary["Subtype"] is not PdfName { Value: "Widget" } || IsOutOfSight(page, dictionary))
            {
                continue;
            }

            isWalked = true;
            CheckWidget(annotation, dictionary);
        }

        if (isWalked && page.Dictionary["Tabs"] is not PdfName { Value: "S" })
        {
            _faults.Add($"page {page.Number} with widgets is not walked in the order of the structure");
        }

        if (_document.Resolve(page.Inherited("Resources")) is PdfDictionary resources && _document.Resolve(resources["XObject"]) is PdfDictionary objects)
        {
            foreach ((_, PdfObject form) in objects)
            {
                CheckForm(form);
            }
        }
    }

    private bool IsOutOfSight(Page page, PdfDictionary widget)
    {
        PdfRectangle place = Page.ReadRectangle(_document, widget["Rect"]) ?? default;
        PdfRectangle box = page.Geometry.Box;
        bool isOutside = place.Right < box.Left || place.Left > box.Right || place.Top < box.Bottom || place.Bottom > box.Top;
        return isOutside || (widget["F"] is PdfInteger flags && (flags.Value & 2) != 0);
    }

    private void CheckWidget(PdfObject reference, PdfDictionary widget)
    {
        string name = widget["T"] is PdfString text ? text.ToText() : reference.ToString()!;
        if (_document.Resolve(widget["StructParent"]) is not PdfInteger key || !_owners.TryGetValue(key.Value, out PdfObject? owner))
        {
            _faults.Add($"the widget {name} has no way to its element");
            return;
        }

        if (!_objects.TryGetValue(reference, out PdfReference? element) || !element.Equals(owner) || _elements[element]["S"] is not PdfName { Value: "Form" })
        {
            _faults.Add($"the widget {name} is not in a Form element that the parent tree names");
        }

        if (_document.Resolve(widget["TU"]) is not PdfString { Bytes.Length: > 0 })
        {
            _faults.Add($"the widget {name} has no words");
        }
    }

    private void CheckForm(PdfObject form)
    {
        if (_document.Resolve(form) is not PdfStream stream || stream.Dictionary["StructParents"] is not PdfInteger key)
        {
            return;
        }

        if (!_owners.TryGetValue(key.Value, out PdfObject? owner) || _document.Resolve(owner) is not PdfArray elements)
        {
            _faults.Add("a form with marked content is missing from the parent tree");
            return;
        }

        string content = System.Text.Encoding.Latin1.GetString(_document.Decode(stream).Span);
        for (int id = 0; id < elements.Count; id++)
        {
            if (!_contents.TryGetValue((form, id), out PdfReference? element) || !element.Equals(elements[id]) || !content.Contains($"<</MCID {id} ", StringComparison.Ordinal))
            {
                _faults.Add($"the marked content {id} of a form is not what the structure says");
            }
        }
    }
}
