using System.Globalization;
using ESign.AspNetCore.Authorities;
using ESign.Pki.Keys;
using ESign.Tsa;

namespace ESign.AspNetCore.Timestamps;

/// <summary>Makes the timestamp authority and its clock guard from settings.</summary>
internal static class TimestampAuthorityFactory
{
    private const int NtpPort = 123;

    /// <summary>What a clock the operator vouches for may still be off by.</summary>
    private static readonly TimeSpan DeclaredUncertainty = TimeSpan.FromMilliseconds(1);

    public static TimestampAuthority Create(TimestampAuthoritySettings settings, ClockGuard guard, TimeProvider time)
    {
        if (settings.Policies.Count == 0)
        {
            throw new InvalidOperationException("应至少配置一个时间戳策略 / At least one timestamp policy is needed");
        }

        return new TimestampAuthority(
            CredentialFiles.Load(settings.Folder, settings.Certificate, settings.Key, settings.PasswordFile),
            new TimestampAuthorityOptions { Policies = [.. settings.Policies.Select(ToPolicy)], ClockGuard = guard, VerifyOneIn = settings.VerifyOneIn },
            time);
    }

    public static ClockGuard CreateGuard(TimestampAuthoritySettings settings, TimeProvider time)
    {
        IClockStatusSource[] sources = settings.ClockIsTrusted
            ? [new TrustedClockStatusSource(DeclaredUncertainty)]
            : [.. settings.SystemClock ? [new SystemClockStatusSource()] : Array.Empty<IClockStatusSource>(), .. settings.NtpServers.Select(server => ToSource(server, time))];
        if (sources.Length == 0)
        {
            throw new InvalidOperationException("应配置SystemClock或NtpServers，或声明ClockIsTrusted / Set SystemClock, name NtpServers, or declare ClockIsTrusted: without a vouched-for clock there are no timestamps (EN 319 421 §7.7.2)");
        }

        // The finest policy decides what the clock must keep.
        TimeSpan finest = TimeSpan.FromMilliseconds(settings.Policies.Select(static policy => policy.AccuracyMilliseconds).DefaultIfEmpty(1000).Min());
        return new ClockGuard(sources, new ClockGuardOptions { Lease = settings.ClockLease, MaximumError = finest > TimeSpan.FromMilliseconds(500) ? TimeSpan.FromMilliseconds(500) : finest }, time);
    }

    private static TimestampPolicy ToPolicy(TimestampPolicySettings settings)
    {
        var policy = new TimestampPolicy(settings.Oid) { Accuracy = TimeSpan.FromMilliseconds(settings.AccuracyMilliseconds) };
        return settings.Digests.Count == 0 ? policy : policy with { AcceptedDigests = [.. settings.Digests.Select(ToDigest)] };
    }

    private static DigestAlgorithm ToDigest(string name) =>
        TimestampPolicy.StrongDigests.FirstOrDefault(digest => string.Equals(digest.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InvalidOperationException($"不支持的摘要算法：{name} / No digest that may be stamped: {name}");

    private static NtpClockStatusSource ToSource(string server, TimeProvider time)
    {
        int colon = server.LastIndexOf(':');
        return colon > 0 && int.TryParse(server.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            ? new NtpClockStatusSource(server[..colon], port, timeProvider: time)
            : new NtpClockStatusSource(server, NtpPort, timeProvider: time);
    }
}
