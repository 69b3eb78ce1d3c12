namespace ESign.Pdf.Syntax.CrossReference;

/// <summary>Where an object is (ISO 32000-2 §7.5.4, §7.5.8.3).</summary>
/// <param name="Kind">Free, in the file, or in an object stream.</param>
/// <param name="Position">The physical file offset, or the number of the object stream.</param>
/// <param name="Extra">The generation, or the index within the object stream.</param>
internal readonly record struct XrefEntry(XrefEntryKind Kind, long Position, int Extra)
{
    public static XrefEntry Free { get; } = new(XrefEntryKind.Free, 0, 0);

    /// <summary>The generation of the object: objects in streams have generation 0.</summary>
    public int Generation => Kind == XrefEntryKind.InFile ? Extra : 0;
}
