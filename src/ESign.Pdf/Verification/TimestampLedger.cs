namespace ESign.Pdf.Verification;

/// <summary>The document timestamps and what became of each.</summary>
internal sealed class TimestampLedger
{
    private readonly Dictionary<SignatureUnderTest, (SignatureCandidate Candidate, TimestampResult Result, TrustFinding Finding)> _judged = new(ReferenceEqualityComparer.Instance);

    public void Add(SignatureCandidate candidate, TimestampResult result, TrustFinding finding) =>
        _judged[candidate.Signature] = (candidate, result, finding);

    /// <summary>A document timestamp as a timestamp; null when it could not be read.</summary>
    public TimestampResult? ResultOf(SignatureUnderTest timestamp) => _judged.TryGetValue(timestamp, out var entry) ? entry.Result : null;

    /// <summary>What became of a document timestamp; null when it could not be read.</summary>
    public TrustFinding? FindingOf(SignatureUnderTest timestamp) => _judged.TryGetValue(timestamp, out var entry) ? entry.Finding : null;

    /// <summary>The first timestamp made after a revision: a good one if there is any, else an intact one.</summary>
    public TimestampResult? FirstAfter(int revision) => _judged.Values
        .Where(entry => entry.Candidate.Signature.RevisionIndex > revision && entry.Candidate.IsIntact)
        .OrderBy(entry => entry.Finding.IsPassed ? 0 : 1)
        .ThenBy(entry => entry.Candidate.Signature.RevisionIndex)
        .Select(entry => entry.Result)
        .FirstOrDefault();

    /// <summary>Whether an intact timestamp that conforms (ISO 32000-2 §12.8.5) covers a revision.</summary>
    public bool Covers(int revision) => _judged.Values.Any(entry =>
        entry.Candidate.Signature.RevisionIndex >= revision && entry.Candidate.Signature.IsConformingTimestamp && entry.Candidate.IsIntact);
}
