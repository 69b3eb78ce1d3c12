using ESign.Pdf.Objects;

namespace ESign.Pdf.Document;

/// <summary>A page: its dictionary, what it inherits, and its geometry.</summary>
/// <remarks>ISO 32000-2 §7.7.3.3 and §7.7.3.4 (inheritance).</remarks>
internal sealed class Page
{
    private readonly PdfDocument _document;
    private PageGeometry? _geometry;

    internal Page(PdfDocument document, int number, PageNode parent, int indexInParent, PdfReference? reference, PdfDictionary dictionary)
    {
        _document = document;
        Number = number;
        Parent = parent;
        IndexInParent = indexInParent;
        Reference = reference;
        Dictionary = dictionary;
    }

    /// <summary>The page's number, from 1.</summary>
    public int Number { get; }

    /// <summary>The visible box, rotation and user unit.</summary>
    public PageGeometry Geometry => _geometry ??= PageGeometry.Create(
        Rectangle("MediaBox") ?? default,
        Rectangle("CropBox"),
        _document.Resolve(Inherited("Rotate")) switch
        {
            PdfInteger integer => integer.Value,
            PdfReal real when double.IsInteger(real.Value) && Math.Abs(real.Value) < int.MaxValue => (long)real.Value,
            _ => 0,
        },
        ToNumber(_document.Resolve(Dictionary["UserUnit"])) ?? 1);

    /// <summary>Null when the page tree holds this page as a direct object.</summary>
    internal PdfReference? Reference { get; }

    internal PdfDictionary Dictionary { get; }

    /// <summary>The node of the page tree this page was reached through, whatever /Parent says.</summary>
    internal PageNode Parent { get; }

    internal int IndexInParent { get; }

    /// <summary>The annotations, resolved; entries that are not dictionaries are left out.</summary>
    internal IEnumerable<(PdfReference? Reference, PdfDictionary Dictionary)> Annotations()
    {
        if (_document.Resolve(Dictionary["Annots"]) is not PdfArray annotations)
        {
            yield break;
        }

        foreach (PdfObject entry in annotations)
        {
            if (_document.Resolve(entry) is PdfDictionary dictionary)
            {
                yield return (entry as PdfReference, dictionary);
            }
        }
    }

    /// <summary>Whether an object is listed among the annotations.</summary>
    internal bool Annotates(PdfReference annotation)
    {
        if (_document.Resolve(Dictionary["Annots"]) is PdfArray annotations)
        {
            for (int i = 0; i < annotations.Count; i++)
            {
                if (annotation.Equals(annotations[i]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>An inheritable entry: the page's own, else the nearest ancestor's, as written.</summary>
    internal PdfObject? Inherited(string key)
    {
        if (Dictionary[key] is { } own && _document.Resolve(own) is not PdfNull)
        {
            return own;
        }

        for (PageNode? node = Parent; node is not null; node = node.Parent)
        {
            if (node.Dictionary[key] is { } value && _document.Resolve(value) is not PdfNull)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>A box of the page (inherited ones too), or null when it is missing or malformed.</summary>
    internal PdfRectangle? Rectangle(string key) => ReadRectangle(_document, Inherited(key));

    internal static PdfRectangle? ReadRectangle(IObjectResolver resolver, PdfObject? value)
    {
        return resolver.Resolve(value) is PdfArray { Count: >= 4 } array
            && ToNumber(resolver.Resolve(array[0])) is { } x1
            && ToNumber(resolver.Resolve(array[1])) is { } y1
            && ToNumber(resolver.Resolve(array[2])) is { } x2
            && ToNumber(resolver.Resolve(array[3])) is { } y2
            ? new PdfRectangle(x1, y1, x2, y2)
            : null;
    }

    private static double? ToNumber(PdfObject? value) => value switch
    {
        PdfInteger integer => integer.Value,
        PdfReal real => real.Value,
        _ => null,
    };
}
