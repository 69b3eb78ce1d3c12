using ESign.Pdf.Objects;

namespace ESign.Pdf.Document;

/// <summary>The widget annotations of signature fields and of the fields that hold a stamp's pieces.</summary>
/// <remarks>
/// ISO 32000-2 §12.5.6.19 and §12.7.5.5; flags: §12.5.3 table 167. Each says in words what it is, for readers who do not see it
/// (<c>/TU</c>; ISO 14289-1 §7.18.1).
/// </remarks>
internal static class WidgetDictionary
{
    private const long Print = 4;
    private const long Hidden = 2;
    private const long NoView = 32;
    private const long Locked = 128;
    private const long ReadOnlyField = 1;

    /// <summary>A signature field merged with its one widget, at a place or invisible.</summary>
    public static PdfDictionary SignatureField(string name, PdfReference page, PdfRectangle rectangle, int rotation, PdfReference appearance, string alternateText) => new(
        ("Type", new PdfName("Annot")),
        ("Subtype", new PdfName("Widget")),
        ("FT", new PdfName("Sig")),
        ("T", PdfString.Text(name)),
        ("TU", PdfString.Text(alternateText)),
        ("F", Print | Locked),
        ("Rect", PdfArray.Of(rectangle)),
        ("P", page),
        ("MK", Rotation(rotation)),
        ("AP", Normal(appearance)));

    /// <summary>A read-only text field merged with its widget: a piece of a stamp. Its name of its own is what keeps earlier signatures valid.</summary>
    public static PdfDictionary StampField(string name, PdfReference parent, PdfReference page, PdfRectangle rectangle, int rotation, PdfReference appearance, string alternateText) => new(
        ("Type", new PdfName("Annot")),
        ("Subtype", new PdfName("Widget")),
        ("FT", new PdfName("Tx")),
        ("Ff", ReadOnlyField),
        ("T", PdfString.Text(name)),
        ("TU", PdfString.Text(alternateText)),
        ("Parent", parent),
        ("F", Print | Locked),
        ("Rect", PdfArray.Of(rectangle)),
        ("P", page),
        ("MK", Rotation(rotation)),
        ("AP", Normal(appearance)));

    /// <summary>An appearance dictionary with only a normal appearance.</summary>
    public static PdfDictionary Normal(PdfReference appearance) => new(("N", appearance));

    /// <summary>The flags of an existing widget, made to be shown, printed and kept in place.</summary>
    public static long VisibleFlags(long flags) => (flags & ~(Hidden | NoView)) | Print | Locked;

    /// <summary>An appearance that shows nothing; even an invisible signature needs one (ISO 19005-2 §6.3.3).</summary>
    public static PdfStream Empty(double width = 0, double height = 0) => new(
        new PdfDictionary(
            ("Type", new PdfName("XObject")),
            ("Subtype", new PdfName("Form")),
            ("BBox", new PdfArray(0, 0, width, height)),
            ("Resources", PdfDictionary.Empty)),
        ReadOnlyMemory<byte>.Empty);

    private static PdfObject Rotation(int rotation) => rotation == 0 ? PdfNull.Instance : new PdfDictionary(("R", (long)rotation));
}
