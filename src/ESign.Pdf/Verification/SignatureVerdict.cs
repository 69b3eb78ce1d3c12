using ESign.Pdf.Document;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Certificates;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification;

/// <summary>What became of one signature.</summary>
/// <remarks>ETSI EN 319 102-1 §5.1: an indication, a sub-indication, and everything they rest on. Times are UTC.</remarks>
public sealed record SignatureVerdict
{
    /// <summary>Where it is shown; the first place names it. Several fields may share one signature.</summary>
    public required IReadOnlyList<SignaturePlace> Places { get; init; }

    /// <summary>The fully qualified name of its (first) field.</summary>
    public string FieldName => Places[0].FieldName;

    /// <summary>Whether it is a document timestamp (ISO 32000-2 §12.8.5).</summary>
    public bool IsDocumentTimestamp { get; init; }

    /// <summary>/SubFilter as written, or <see langword="null"/>.</summary>
    public string? SubFilter { get; init; }

    /// <summary>What it says of itself.</summary>
    internal WrittenSignature Written { get; init; } = WrittenSignature.Nothing;

    /// <summary>Total-passed, total-failed or indeterminate.</summary>
    public required Indication Indication { get; init; }

    /// <summary>Why it did not pass.</summary>
    public required SubIndication SubIndication { get; init; }

    /// <summary>The baseline level its structure has reached, whether or not it passed.</summary>
    public SignatureLevel Level { get; init; }

    /// <summary>What a baseline signature shall or should have and this one has not, in Chinese and English.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Whether the bytes it covers are the bytes that were signed.</summary>
    public bool DigestIntact { get; init; }

    /// <summary>Whether the signature value is right for the signer's key.</summary>
    public bool SignatureIntact { get; init; }

    /// <summary>Whether a path from the signer's certificate to a trust anchor holds at the time that counts.</summary>
    public bool Trusted { get; init; }

    /// <summary>What it covers.</summary>
    public Coverage Coverage { get; init; }

    /// <summary>The bytes it covers; <see langword="null"/> when that cannot be read.</summary>
    public ByteRange? ByteRange { get; init; }

    /// <summary>The number of the revision it signs, 1 for the original; <see langword="null"/> when it signs none.</summary>
    public int? Revision { get; init; }

    /// <summary>Whether no field of the newest revision shows it.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>What was done to the document since; <see langword="null"/> when its revision is not known.</summary>
    internal ModificationVerdict? Modifications { get; init; }

    /// <summary>What was done to the document since, in the order of the revisions that did it; empty when nothing was, or when its revision is not known.</summary>
    public IReadOnlyList<ModificationFinding> LaterChanges => Modifications?.Findings ?? [];

    /// <summary>What it allows to be done since (DocMDP /P: 1 nothing, 2 forms, 3 annotations); <see langword="null"/> when it certifies nothing.</summary>
    public int? DocMdp { get; init; }

    /// <summary>Why it was signed (/Reason), or <see langword="null"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Where it was signed (/Location), or <see langword="null"/>.</summary>
    public string? Location { get; init; }

    /// <summary>When the signer says it was signed (/M or the signing-time attribute); nobody vouches for it.</summary>
    public DateTimeOffset? SigningTime { get; init; }

    /// <summary>The earliest time at which it is proven to have existed; <see langword="null"/> when nothing proves it.</summary>
    public DateTimeOffset? BestSignatureTime { get; init; }

    /// <summary>The signer's certificate, when it is at hand; of a value that cannot be judged, the one it names.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>The path from the signer's certificate to the anchor, or as far as it leads.</summary>
    public IReadOnlyList<Certificate> CertificatePath { get; init; } = [];

    /// <summary>The revocation status of the certificates of the path, and the evidence it rests on.</summary>
    public IReadOnlyList<CertificateStatus> Revocation { get; init; } = [];

    /// <summary>The signature value; empty when the container cannot be read.</summary>
    public ReadOnlyMemory<byte> SignatureValue { get; init; }

    /// <summary>The digest of the bytes it covers, by <see cref="DigestAlgorithm"/>; empty when it was not computed.</summary>
    public ReadOnlyMemory<byte> ContentDigest { get; init; }

    /// <summary>The name of the digest algorithm, or its object identifier.</summary>
    public string? DigestAlgorithm { get; init; }

    /// <summary>The name of the signature algorithm, or its object identifier.</summary>
    public string? SignatureAlgorithm { get; init; }

    /// <summary>The token of a document timestamp; null of a signature, or when it cannot be read.</summary>
    internal TimestampResult? OwnTimestamp { get; init; }

    /// <summary>Its timestamps, and the document timestamps that cover it.</summary>
    public IReadOnlyList<TimestampResult> Timestamps { get; init; } = [];

    /// <summary>Everything that was checked.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>The same as a platform code: never <see cref="DocumentCode.NoSignature"/>.</summary>
    internal DocumentCode Code =>
        IsTampered ? DocumentCode.Tampered
        : SubIndication == SubIndication.FormatFailure ? DocumentCode.BadFormat
        : Trusted ? DocumentCode.Intact
        : DocumentCode.IntactWithOthers;

    /// <summary>Whether integrity was lost: the bytes, the value, what is covered, or a forbidden change since.</summary>
    public bool IsTampered =>
        Checks.Any(check => check.Outcome == CheckOutcome.Failed && check.Rule is CheckRule.Digest or CheckRule.SignatureValue or CheckRule.SignatureDictionary)
        || Modifications is { Permitted: false }
        || (ByteRange is not null && Coverage == Coverage.Invalid);
}
