using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>One difference between a revision and the one before it.</summary>
/// <remarks>For an entry, the values are the entry's; for a field, page or annotation as a whole, its dictionary.</remarks>
internal sealed record Change
{
    public required ChangePlace Place { get; init; }

    /// <summary>The entry's key; of a change to the file itself, what kind it is.</summary>
    public string Key { get; init; } = "";

    /// <summary>As written; null when there was none.</summary>
    public PdfObject? Before { get; init; }

    /// <summary>As written; null when there is none.</summary>
    public PdfObject? After { get; init; }

    /// <summary>The changed object; null when it is not an indirect one.</summary>
    public PdfReference? Object { get; init; }

    /// <summary>The way to the difference.</summary>
    public string Path { get; init; } = "";

    public int? Page { get; init; }

    public PdfRectangle? Rectangle { get; init; }

    /// <summary>The field it concerns: as it is now, or as it was when it was removed.</summary>
    public FieldState? Field { get; init; }

    /// <summary>The same field before; null when it is new.</summary>
    public FieldState? FieldBefore { get; init; }

    /// <summary>What the finding is to name.</summary>
    public string Where => Object is null ? Path : Path.Length == 0 ? Object.ToString() : Object + " " + Path;
}
