using System.Globalization;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Document;

/// <summary>The interactive form: where it is written, and its fields (ISO 32000-2 §12.7.3).</summary>
internal sealed class AcroForm
{
    /// <summary>Room made for fields before any is read; what an array lists need not be fields.</summary>
    private const int MaxExpected = 1024;

    private readonly PdfDocument _document;
    private readonly ReaderLimits _limits;
    private IReadOnlyList<FormField>? _fields;
    private IReadOnlyList<SignatureField>? _signatureFields;
    private int _seen;
    private long _nameLength;

    public AcroForm(PdfDocument document)
    {
        _document = document;
        _limits = document.Objects.Limits;
        Entry = document.Catalog["AcroForm"];
        Dictionary = document.Resolve(Entry) as PdfDictionary;
    }

    /// <summary>The catalog's entry as written: a reference, a direct dictionary, or null.</summary>
    public PdfObject? Entry { get; }

    /// <summary>Null when the document has no form.</summary>
    public PdfDictionary? Dictionary { get; }

    /// <summary>/SigFlags (table 225); 0 when absent.</summary>
    public int SignatureFlags => _document.Resolve(Dictionary?["SigFlags"]) is PdfInteger flags ? unchecked((int)flags.Value) : 0;

    /// <summary>The fields that have no fields below them, in order.</summary>
    public IReadOnlyList<FormField> Fields => _fields ??= ReadFields();

    public IReadOnlyList<SignatureField> SignatureFields =>
        _signatureFields ??= [.. Fields.Where(f => string.Equals(f.FieldType, "Sig", StringComparison.Ordinal)).Select(f => new SignatureField(_document, f))];

    private List<FormField> ReadFields()
    {
        if (_document.Resolve(Dictionary?["Fields"]) is not PdfArray top)
        {
            return [];
        }

        int expected = Math.Min(top.Count, MaxExpected);
        var fields = new List<FormField>(expected);
        var visited = new HashSet<int>(expected);
        var stack = new Stack<FieldNode>(expected);
        PushKids(stack, null, top, visited);
        while (stack.TryPop(out FieldNode? node))
        {
            ReadNode(fields, stack, visited, node);
        }

        return fields;
    }

    private void CountOne()
    {
        if (++_seen > _limits.MaxFields)
        {
            throw new PdfFormatException(PdfErrorCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"表单域与控件超过 {_limits.MaxFields} 个 / more than {_limits.MaxFields} form fields and widgets"), _document.Objects.PositionOf(Entry), "12.7.4");
        }
    }

    private void ReadNode(List<FormField> fields, Stack<FieldNode> stack, HashSet<int> visited, FieldNode node)
    {
        if (_document.Resolve(node.Dictionary["Kids"]) is not PdfArray { Count: > 0 } kids)
        {
            fields.Add(new FormField(_document, node, IsWidget(node.Dictionary) ? [new Widget(node.Reference, node.Dictionary)] : []));
            return;
        }

        // §12.7.4.2: kids with a partial name are fields; kids without one are this field's widgets.
        var widgets = new List<Widget>();
        bool hasFields = false;
        foreach (PdfObject kid in kids)
        {
            if (_document.Resolve(kid) is PdfDictionary dictionary)
            {
                hasFields |= dictionary.ContainsKey("T");
                if (!dictionary.ContainsKey("T"))
                {
                    CountOne();
                    widgets.Add(new Widget(kid as PdfReference, dictionary));
                }
            }
        }

        if (!hasFields || widgets.Count > 0)
        {
            fields.Add(new FormField(_document, node, widgets));
        }

        if (hasFields && node.Depth < _limits.MaxTreeDepth)
        {
            PushKids(stack, node, kids, visited);
        }
    }

    private bool IsWidget(PdfDictionary dictionary) => _document.Resolve(dictionary["Subtype"]) is PdfName { Value: "Widget" };

    private void PushKids(Stack<FieldNode> stack, FieldNode? parent, PdfArray kids, HashSet<int> visited)
    {
        // Backwards, so that they come off the stack in order.
        for (int i = kids.Count - 1; i >= 0; i--)
        {
            if (_document.Resolve(kids[i]) is not PdfDictionary dictionary
                || (parent is not null && !dictionary.ContainsKey("T"))
                || (kids[i] is PdfReference reference && !visited.Add(reference.Number)))
            {
                continue;
            }

            string partial = (_document.Resolve(dictionary["T"]) as PdfString)?.ToText() ?? "";
            CountOne();
            string name = parent is null || parent.Name.Length == 0 ? partial : partial.Length == 0 ? parent.Name : parent.Name + "." + partial;
            _nameLength += name.Length;
            if (_nameLength > _limits.MaxFieldNames)
            {
                throw new PdfFormatException(PdfErrorCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"表单域名称合计超过 {_limits.MaxFieldNames} 个字符 / field names of more than {_limits.MaxFieldNames} characters"), _document.Objects.PositionOf(Entry), "12.7.4.2");
            }

            stack.Push(new FieldNode(parent, kids[i] as PdfReference, dictionary, name, parent is null ? 0 : parent.Depth + 1));
        }
    }
}
