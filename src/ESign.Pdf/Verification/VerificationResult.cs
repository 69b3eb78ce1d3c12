namespace ESign.Pdf.Verification;

/// <summary>What became of all signatures of a document.</summary>
public sealed record VerificationResult
{
    /// <summary>What they say together.</summary>
    public required DocumentVerdict Verdict { get; init; }

    /// <summary>The same as a platform code.</summary>
    internal DocumentCode Code { get; init; }

    /// <summary>Every signature and document timestamp, oldest revision first.</summary>
    public required IReadOnlyList<SignatureVerdict> Signatures { get; init; }

    /// <summary>The names of signature fields that wait for a signature.</summary>
    public IReadOnlyList<string> UnsignedFields { get; init; } = [];

    /// <summary>The time the judgement was made for.</summary>
    public required DateTimeOffset ValidationTime { get; init; }

    /// <summary>The length of the file in bytes.</summary>
    internal long FileLength { get; init; }

    /// <summary>Whether the file is encrypted.</summary>
    internal bool IsEncrypted { get; init; }

    /// <summary>What the newest document security store holds; null without one.</summary>
    internal StoreContents? Store { get; init; }

    /// <summary>How many revisions the file has.</summary>
    public int RevisionCount { get; init; }

    /// <summary>The number of pages; 0 when the page tree cannot be read.</summary>
    public int PageCount { get; init; }
}
