using ESign.Pdf.Verification;

namespace ESign.Registration.AuthorityLetters;

/// <summary>What the check of an uploaded authority letter found.</summary>
public sealed record AuthorityLetterVerdict
{
    internal AuthorityLetterVerdict(string applicationId, string sha256, DateTimeOffset checkedAt)
    {
        ApplicationId = applicationId;
        Sha256 = sha256;
        CheckedAt = checkedAt;
    }

    /// <summary>The application whose letter it should be.</summary>
    public string ApplicationId { get; }

    /// <summary>The SHA-256 of the uploaded file, in lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>When it was checked.</summary>
    public DateTimeOffset CheckedAt { get; }

    /// <summary>Why it is not accepted; empty when a reviewer may look at it.</summary>
    public IReadOnlyList<AuthorityLetterFinding> Findings { get; internal init; } = [];

    /// <summary>Whether nothing stands against it. A reviewer decides all the same: whether the seal is the official one, only a person sees.</summary>
    public bool IsAccepted => Findings.Count == 0;

    /// <summary>The day of the signature in China; <see langword="null"/> when the organisation did not sign.</summary>
    public DateOnly? SignedOn { get; internal init; }

    /// <summary>The organisation's signature, or <see langword="null"/>.</summary>
    public SignatureVerdict? Signature { get; internal init; }

    /// <summary>The whole verification; <see langword="null"/> when the file cannot be read.</summary>
    public VerificationResult? Verification { get; internal init; }

    /// <summary>The check as evidence.</summary>
    public VerificationRecord ToRecord() => new(
        "authority-letter",
        "ESign PdfVerifier",
        IsOffline: false,
        IsAccepted,
        CheckedAt,
        IsAccepted ? $"sha256:{Sha256}; {Signature?.Certificate?.Subject}; {Signature?.Certificate?.SerialNumberHex}" : $"sha256:{Sha256}; {string.Join("; ", Findings.Select(static finding => finding.Message))}");
}
