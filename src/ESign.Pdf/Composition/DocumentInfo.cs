namespace ESign.Pdf.Composition;

/// <summary>What a document says about itself, in its information dictionary and in XMP alike.</summary>
internal sealed record DocumentInfo
{
    public required string Title { get; init; }

    public string Author { get; init; } = "";

    public string Subject { get; init; } = "";

    public string Keywords { get; init; } = "";

    /// <summary>The natural language, as BCP 47 writes it.</summary>
    public string Language { get; init; } = "zh-CN";

    /// <summary>When it was made; left out when not given, and then the bytes depend on the contents alone.</summary>
    public DateTimeOffset? Created { get; init; }
}
