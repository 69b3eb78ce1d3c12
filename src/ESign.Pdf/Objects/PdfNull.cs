namespace ESign.Pdf.Objects;

/// <summary>The null object; a dictionary entry with this value is the same as none (ISO 32000-2 §7.3.7, §7.3.9).</summary>
internal sealed class PdfNull : PdfObject
{
    private PdfNull()
    {
    }

    public static PdfNull Instance { get; } = new();

    public override string ToString() => "null";
}
