namespace ESign.Pki.Timestamping;

/// <summary>How <see cref="HttpTimestampSource"/> asks.</summary>
public sealed record HttpTimestampOptions
{
    /// <summary>The policy to ask for; <see langword="null"/> leaves it to the authority.</summary>
    public string? PolicyOid { get; init; }

    /// <summary>Whether a random nonce is sent and required back (RFC 3161 §2.4.1). Default: yes.</summary>
    public bool SendNonce { get; init; } = true;

    /// <summary>How long one attempt may take. Default: 10 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a failed attempt is repeated when the failure may pass (no answer, 408, 429, 5xx). Default: 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The wait before the first repetition; it doubles each time. Default: 200 milliseconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The size reserved for a token. Default: 16 KiB, above what public authorities send with their chains.</summary>
    public int MaximumTokenSize { get; init; } = 16 * 1024;

    /// <summary>The value of the HTTP Authorization header (for example <c>Basic …</c>), or <see langword="null"/>.</summary>
    public string? Authorization { get; init; }
}
