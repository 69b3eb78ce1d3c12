namespace ESign.Pdf.Objects;

/// <summary>A PDF object: immutable, compared by value.</summary>
/// <remarks>ISO 32000-2 §7.3. The kinds are sealed classes in this folder.</remarks>
internal abstract class PdfObject
{
    private protected PdfObject()
    {
    }

    public static implicit operator PdfObject(long value) => PdfInteger.Of(value);

    public static implicit operator PdfObject(double value) => new PdfReal(value);

    public static implicit operator PdfObject(bool value) => PdfBoolean.Of(value);
}
