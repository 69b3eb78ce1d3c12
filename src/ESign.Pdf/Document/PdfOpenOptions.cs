using ESign.Pdf.Syntax;

namespace ESign.Pdf.Document;

/// <summary>How to open a document.</summary>
internal sealed record PdfOpenOptions
{
    /// <summary>The user or owner password of an encrypted file; <see langword="null"/> tries the empty one.</summary>
    public string? Password { get; init; }

    /// <summary>What a hostile file may cost.</summary>
    internal ReaderLimits Limits { get; init; } = ReaderLimits.Default;
}
