using ESign.Pdf.Document;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>What was signed and written.</summary>
public sealed record SignatureReceipt
{
    /// <summary>The fully qualified name of the signature field.</summary>
    public required string FieldName { get; init; }

    /// <summary>The level reached: B-B, B-T, B-LT or B-LTA.</summary>
    public required string Level { get; init; }

    /// <summary>What the signature covers.</summary>
    public required ByteRange ByteRange { get; init; }

    /// <summary>The algorithm the key signed with.</summary>
    public required SignatureAlgorithm Algorithm { get; init; }

    /// <summary>The digest of the bytes covered, by <see cref="Algorithm"/>'s digest algorithm.</summary>
    public required ReadOnlyMemory<byte> Digest { get; init; }

    /// <summary>The claimed time of signing.</summary>
    public required DateTimeOffset ClaimedTime { get; init; }

    /// <summary>The time in the signature timestamp, or <see langword="null"/> at B-B.</summary>
    public DateTimeOffset? TimestampTime { get; init; }

    /// <summary>Until when the document timestamp protects the document, at B-LTA; see <see cref="LongTerm.ExtensionReceipt.ValidUntil"/>.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>When the next document timestamp should be added, at B-LTA, with <see cref="LongTerm.PdfExtender"/>.</summary>
    public DateTimeOffset? RenewBefore { get; init; }

    /// <summary>The signer's certificate.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>Where the seals stand; empty for an invisible signature.</summary>
    public required IReadOnlyList<SignaturePlace> Places { get; init; }

    /// <summary>The length of the signed file in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>What the caller should know: a level that was not reached, a file that was normalised first, a field that no page shows.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
