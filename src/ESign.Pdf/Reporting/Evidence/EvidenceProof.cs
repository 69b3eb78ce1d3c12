namespace ESign.Pdf.Reporting.Evidence;

/// <summary>A record of the log with the proof that it is in it.</summary>
internal sealed record EvidenceProof
{
    /// <summary>Its index, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>Its bytes in Base64.</summary>
    public required string Record { get; init; }

    /// <summary>The sibling hashes in Base64, leaf first (RFC 6962 §2.1.1).</summary>
    public IReadOnlyList<string> Path { get; init => field = value ?? []; } = [];
}
