using ESign.Pki.Certificates;

namespace ESign.Pdf.Signing;

/// <summary>One document of a batch: what is signed, by whom, and where the result goes.</summary>
public sealed record BatchItem
{
    /// <summary>The document. Items that name the same file share its digest: one template for many recipients is read and hashed once.</summary>
    public required string InputPath { get; init; }

    /// <summary>The signed document; it appears whole or not at all.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Who signs. Items may share a credential; it stays the caller's.</summary>
    public required SigningCredential Credential { get; init; }

    /// <summary>What, where, and for how long; an invisible B-B signature by default.</summary>
    public SignatureOptions Options { get; init; } = new();
}
