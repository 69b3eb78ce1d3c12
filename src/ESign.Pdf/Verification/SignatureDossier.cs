using ESign.Pdf.Document;
using ESign.Pdf.Verification.Modifications;

namespace ESign.Pdf.Verification;

/// <summary>Everything known about one signature when the checks judge it.</summary>
internal sealed record SignatureDossier
{
    public required VerificationPolicy Policy { get; init; }

    /// <summary>The time judged for.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The document as of the signed revision.</summary>
    public required PdfDocument View { get; init; }

    public required SignatureUnderTest Signature { get; init; }

    public required SignatureContainer Container { get; init; }

    public required CryptographicFacts Facts { get; init; }

    public required CoverageFinding Coverage { get; init; }

    /// <summary>Null where no revision is signed, so that "since" means nothing.</summary>
    public ModificationVerdict? Modifications { get; init; }

    /// <summary>/M, or the signing-time attribute.</summary>
    public DateTimeOffset? ClaimedTime { get; init; }

    public TimestampFindings Timestamps { get; init; } = TimestampFindings.None;

    /// <summary>What a document timestamp is itself; null of a signature.</summary>
    public TimestampResult? OwnTimestamp { get; init; }

    /// <summary>The earliest proof that the signature existed; null without one.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>Null until the certificate is known.</summary>
    public TrustFinding? Trust { get; init; }

    /// <summary>Whether the maker of the electronic seal is trusted; null where there is no seal.</summary>
    public TrustFinding? MakerTrust { get; init; }

    /// <summary>Whether a document timestamp covers the signature.</summary>
    public bool IsDocumentTimestamped { get; init; }

    /// <summary>Whether the document security store has revocation evidence about the signer.</summary>
    public bool HasStoredEvidence { get; init; }

    /// <summary>Whether a document timestamp covers that evidence.</summary>
    public bool IsEvidenceTimestamped { get; init; }

    /// <summary>When algorithms must have been believable: when the signature is proven to have existed, or now.</summary>
    public DateTimeOffset BelievedAt => ProvenAt ?? Now;
}
