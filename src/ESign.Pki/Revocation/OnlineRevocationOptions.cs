namespace ESign.Pki.Revocation;

/// <summary>Limits of an <see cref="OnlineRevocationSource"/>.</summary>
public sealed record OnlineRevocationOptions
{
    /// <summary>How long one fetch may take; 15 seconds by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The largest CRL fetched, in bytes; 64 MiB by default.</summary>
    public int MaximumCrlSize { get; init; } = 64 << 20;

    /// <summary>
    /// Whether a validator may also fetch intermediate certificates that are not at hand, from where certificates say they are
    /// (RFC 5280 §4.2.2.1 caIssuers); by default not. At most 8 certificates are asked about in one judgement, 256 KiB an answer.
    /// </summary>
    public bool FetchesIssuers { get; init; }

    /// <summary>
    /// Which addresses may be asked, after scheme and number were checked; <see langword="null"/> for every one. Certificates name whatever
    /// address they like: a service that judges strangers' certificates permits public hosts alone, and gives a client that follows no redirects.
    /// </summary>
    public Predicate<Uri>? Permits { get; init; }

    /// <summary>Whether OCSP requests carry a nonce (RFC 9654); by default they do.</summary>
    public bool UseNonce { get; init; } = true;
}
