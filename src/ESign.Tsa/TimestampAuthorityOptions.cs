namespace ESign.Tsa;

/// <summary>How a <see cref="TimestampAuthority"/> works.</summary>
public sealed record TimestampAuthorityOptions
{
    /// <summary>The policies offered, the default first. At least one.</summary>
    public required IReadOnlyList<TimestampPolicy> Policies { get; init; }

    /// <summary>Where serial numbers come from. Default: random ones.</summary>
    public ISerialNumberSource SerialNumbers { get; init; } = new RandomSerialNumberSource();

    /// <summary>What vouches for the clock; <see langword="null"/> when whoever runs the process vouches for it.</summary>
    public ClockGuard? ClockGuard { get; init; }

    /// <summary>The finest unit of the times stated. Default: a millisecond.</summary>
    public TimeSpan Resolution { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Whether tokens name the authority (the tsa field). Default: no; verifiers find the signer by its certificate.</summary>
    public bool NameAuthority { get; init; }

    /// <summary>
    /// Of how many tokens one has its signature verified before it leaves; the first always. Default: 1, every token. Everything
    /// else about a token – that it answers the request, its digests, its binding to the certificate – is checked of each.
    /// </summary>
    /// <remarks>To verify a P-256 signature takes two and a half times as long as to make it: 64 nearly doubles what an authority answers.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int VerifyOneIn
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 1;
}
