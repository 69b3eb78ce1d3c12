namespace ESign.AspNetCore.Timestamps;

/// <summary>The timestamp authority of the service: section <c>TimestampAuthority</c>.</summary>
public sealed record TimestampAuthoritySettings
{
    /// <summary>The PEM file with the authority's certificate, then those above it.</summary>
    public required string Certificate { get; init; }

    /// <summary>The PEM file of its key, or a <c>pkcs11:</c> URI.</summary>
    public required string Key { get; init; }

    /// <summary>The file whose first line is the key's password.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>What relative paths are relative to; the working directory when absent.</summary>
    public string? Folder { get; init; }

    /// <summary>The policies offered, the default first.</summary>
    public IReadOnlyList<TimestampPolicySettings> Policies { get; init; } = [];

    /// <summary>NTP servers (<c>host</c> or <c>host:port</c>) that vouch for the clock; a majority must agree.</summary>
    public IReadOnlyList<string> NtpServers { get; init; } = [];

    /// <summary>Whether the machine's own NTP service vouches for the clock: chronyd, ntpd or systemd-timesyncd, as the Linux kernel knows them. One source beside <see cref="NtpServers"/>.</summary>
    public bool SystemClock { get; init; }

    /// <summary>Whether the operator vouches for the clock, because the machine is kept exact by other means.</summary>
    public bool ClockIsTrusted { get; init; }

    /// <summary>How long one check of the clock holds. Default: five minutes; it is repeated every minute.</summary>
    public TimeSpan ClockLease { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Of how many tokens one has its signature verified before it leaves (<see cref="ESign.Tsa.TimestampAuthorityOptions.VerifyOneIn"/>). Default: 1, every token.</summary>
    public int VerifyOneIn { get; init; } = 1;
}
