using ESign.Pdf.Objects;

namespace ESign.Pdf.Tests.Fonts;

/// <summary>A sink that keeps what is written, by object number from 1.</summary>
internal sealed class ObjectList : IObjectSink
{
    public List<PdfObject> Objects { get; } = [];

    public PdfObject this[PdfObject? reference] => Objects[((PdfReference)reference!).Number - 1];

    public PdfReference Reserve() => Add(PdfNull.Instance);

    public PdfReference Add(PdfObject value)
    {
        Objects.Add(value);
        return new PdfReference(Objects.Count);
    }

    public void Set(PdfReference reference, PdfObject value) => Objects[reference.Number - 1] = value;
}
