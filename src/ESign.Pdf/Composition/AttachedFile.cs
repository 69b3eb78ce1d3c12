namespace ESign.Pdf.Composition;

/// <summary>A file inside the document, for example the data a report was made from (ISO 32000-2 §7.11.4, §14.13).</summary>
internal sealed record AttachedFile
{
    public required string Name { get; init; }

    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The media type, for example <c>application/json</c>.</summary>
    public required string MediaType { get; init; }

    public string Description { get; init; } = "";

    /// <summary><c>/AFRelationship</c>: Source, Data, Alternative, Supplement or Unspecified.</summary>
    public string Relationship { get; init; } = "Data";

    public DateTimeOffset? Modified { get; init; }
}
