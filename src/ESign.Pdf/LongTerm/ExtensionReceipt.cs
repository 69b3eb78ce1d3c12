namespace ESign.Pdf.LongTerm;

/// <summary>What was appended to make signatures last.</summary>
public sealed record ExtensionReceipt
{
    /// <summary>The level the document was extended to: B-LTA also when B-LT was asked for and a signature had no timestamp yet.</summary>
    public required string Level { get; init; }

    /// <summary>The time of the new document timestamp, for B-LTA.</summary>
    public DateTimeOffset? TimestampTime { get; init; }

    /// <summary>Until when the newest document timestamp protects the document: the end of the validity of its certificate, or of one above it where that ends first.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>When the next document timestamp should be added: a tenth of its protection before it ends.</summary>
    public DateTimeOffset? RenewBefore { get; init; }

    /// <summary>The length of the extended file in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>What the caller should know: a level that was not reached, certificates that are revoked or whose issuers are not at hand.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
