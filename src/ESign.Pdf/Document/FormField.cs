using ESign.Pdf.Objects;

namespace ESign.Pdf.Document;

/// <summary>A field of the interactive form that has no fields below it (ISO 32000-2 §12.7.4).</summary>
internal sealed class FormField
{
    private readonly PdfDocument _document;

    public FormField(PdfDocument document, FieldNode node, IReadOnlyList<Widget> widgets)
    {
        _document = document;
        Node = node;
        Widgets = widgets;
    }

    /// <summary>The fully qualified name: partial names joined by dots (§12.7.4.2).</summary>
    public string Name => Node.Name;

    /// <summary>Null when the field is a direct object.</summary>
    public PdfReference? Reference => Node.Reference;

    public PdfDictionary Dictionary => Node.Dictionary;

    /// <summary>The field with the way back to the top of the form.</summary>
    public FieldNode Node { get; }

    /// <summary>Its widgets: the field itself when both are one dictionary, else its kids.</summary>
    public IReadOnlyList<Widget> Widgets { get; }

    /// <summary>/FT: Tx, Btn, Ch or Sig; inherited; null when it is missing.</summary>
    public string? FieldType => (_document.Resolve(Inherited("FT")) as PdfName)?.Value;

    /// <summary>/Ff (tables 227 to 233).</summary>
    public int Flags => _document.Resolve(Inherited("Ff")) is PdfInteger flags ? unchecked((int)flags.Value) : 0;

    /// <summary>/V as written; null when the field has no value.</summary>
    public PdfObject? Value => Inherited("V");

    /// <summary>An inheritable entry: the field's own, else the nearest ancestor's, as written.</summary>
    public PdfObject? Inherited(string key)
    {
        for (FieldNode? node = Node; node is not null; node = node.Parent)
        {
            if (node.Dictionary[key] is { } value)
            {
                return value;
            }
        }

        return null;
    }
}
