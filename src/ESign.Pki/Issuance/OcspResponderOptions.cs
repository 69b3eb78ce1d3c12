namespace ESign.Pki.Issuance;

/// <summary>How an OCSP responder answers.</summary>
public sealed record OcspResponderOptions
{
    /// <summary>How long an answer stays good (nextUpdate). Twelve hours.</summary>
    public TimeSpan Validity { get; init; } = TimeSpan.FromHours(12);

    /// <summary>
    /// Whether a nonce is answered with a fresh signature (RFC 9654). Off: every answer may come from the cache and
    /// carries no nonce (RFC 5019 §4). On by default.
    /// </summary>
    public bool AnswersNonces { get; init; } = true;

    /// <summary>
    /// Since when expired certificates are still answered about (RFC 6960 §4.4.4 archive cutoff). The beginning of the issuer's
    /// validity unless given: records are never dropped.
    /// </summary>
    public DateTimeOffset? ArchiveCutoff { get; init; }

    /// <summary>How many signed answers are kept for requests without a nonce. 100,000; about 100 MB with P-256.</summary>
    public int CachedAnswers { get; init; } = 100_000;
}
