using System.Runtime.CompilerServices;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Seals;

/// <summary>Something that can be drawn on a page: a form XObject with <c>/BBox</c> [0 0 W H] and its own resources.</summary>
/// <remarks>
/// ISO 32000-2 §8.10. Seals, signatures, dates, texts and images are all appearances. Each is immutable and written at
/// most once into one sink, so a seal that stands on a hundred pages is one object.
/// </remarks>
internal abstract class Appearance
{
    private ConditionalWeakTable<IObjectSink, PdfReference>? _written;
    private Appearance? _opaque;

    private protected Appearance(double width, double height)
    {
        Width = width;
        Height = height;
    }

    /// <summary>The natural width in points.</summary>
    public double Width { get; }

    /// <summary>The natural height in points.</summary>
    public double Height { get; }

    /// <summary>The form XObject in a sink; written on the first call, the same reference afterwards.</summary>
    public PdfReference Write(IObjectSink sink)
    {
        if (!IsReused)
        {
            return WriteForm(sink);
        }

        _written ??= [];
        if (_written.TryGetValue(sink, out PdfReference? known))
        {
            return known;
        }

        PdfReference reference = WriteForm(sink);
        _written.AddOrUpdate(sink, reference);
        return reference;
    }

    /// <summary>The same appearance without opacity and soft masks, as PDF/A-1 demands (ISO 19005-1 §6.4); always the same instance.</summary>
    public Appearance WithoutTransparency() => _opaque ??= MakeOpaque();

    /// <summary>What to show in a control of another size: this one, to be scaled, unless it can do better.</summary>
    public virtual Appearance FitTo(double width, double height) => this;

    /// <summary>Whether it may stand in several places of one document, and is then written only once.</summary>
    protected virtual bool IsReused => true;

    /// <summary>Makes the variant without transparency; this one if it has none.</summary>
    protected virtual Appearance MakeOpaque() => this;

    /// <summary>Writes the form XObject and what it needs.</summary>
    protected abstract PdfReference WriteForm(IObjectSink sink);

    /// <summary>A form XObject dictionary with the box of this appearance.</summary>
    protected PdfDictionary FormDictionary(PdfDictionary resources) => new(
        ("Type", new PdfName("XObject")),
        ("Subtype", new PdfName("Form")),
        ("BBox", new PdfArray(0, 0, Width, Height)),
        ("Resources", resources));
}
