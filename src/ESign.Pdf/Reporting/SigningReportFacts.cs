using ESign.Pdf.Reporting.Evidence;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;

namespace ESign.Pdf.Reporting;

/// <summary>Everything a signing report is written from.</summary>
internal sealed record SigningReportFacts
{
    public required VerificationResult Result { get; init; }

    public required SigningReportOptions Options { get; init; }

    public required ReportTexts Texts { get; init; }

    public required ReportClock Clock { get; init; }

    public required Redaction Redaction { get; init; }

    /// <summary>The checked log; null without one.</summary>
    public LogProofs? Proofs { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required string SerialNumber { get; init; }

    public required string Number { get; init; }

    public EvidenceFile? Evidence => Options.Evidence?.File;

    public ReportedDocument? Document => Options.Document;

    /// <summary>The anchors that signatures lead to, each once.</summary>
    public IReadOnlyList<Certificate> Anchors =>
        [.. Result.Signatures.Where(verdict => verdict is { Trusted: true, CertificatePath.Count: > 0 }).Select(verdict => verdict.CertificatePath[^1]).Distinct()];

    public bool IsLicensed(Certificate anchor) => Options.LicensedAnchors.Contains(anchor);

    /// <summary>The revision with a digest that the evidence states in hexadecimal; null when it is that of none.</summary>
    public RevisionDigest? FindRevision(string hex) =>
        Document is not null && TryDecodeHex(hex, out byte[] digest) ? Document.FindRevision(digest) : null;

    private static bool TryDecodeHex(string hex, out byte[] value)
    {
        bool isHex = hex.Length is > 0 and <= 128 && hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit);
        value = isHex ? Convert.FromHexString(hex) : [];
        return isHex;
    }
}
