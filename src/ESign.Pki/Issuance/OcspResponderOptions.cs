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
    /// Of how many answers made for one nonce one has its signature verified before it leaves; the first always. Default: 64. Everything else about
    /// an answer is checked of each, and answers signed ahead, which many get, are all verified.
    /// </summary>
    /// <remarks>To verify a P-256 signature takes two and a half times as long as to make it: 1 halves what a responder answers.</remarks>
    public int VerifyOneIn
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 64;

    /// <summary>
    /// Since when expired certificates are still answered about (RFC 6960 §4.4.4 archive cutoff). The beginning of the issuer's
    /// validity unless given: records are never dropped.
    /// </summary>
    public DateTimeOffset? ArchiveCutoff { get; init; }

    /// <summary>How many signed answers are kept for requests without a nonce. 100,000; about 100 MB with P-256.</summary>
    public int CachedAnswers { get; init; } = 100_000;
}
