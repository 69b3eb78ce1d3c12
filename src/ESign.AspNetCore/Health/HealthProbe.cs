using System.Security.Cryptography;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Authorities;
using ESign.Pki.Keys;
using ESign.Pki.Transparency;
using ESign.Tsa;
using Microsoft.Extensions.DependencyInjection;

namespace ESign.AspNetCore.Health;

/// <summary>Whether the service can do its work: every key signs and its signature verifies, the clock is vouched for, the store answers.</summary>
internal sealed class HealthProbe(IssuerDirectory issuers, IServiceProvider services, AuditKey auditKey, ITransparencyLog log, TimeProvider time) : IDisposable
{
    /// <summary>Answers are shared for so long: whoever asks often must not keep the keys busy.</summary>
    private static readonly TimeSpan Shelf = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private (DateTimeOffset At, IReadOnlyDictionary<string, string> Faults)? _last;

    /// <summary>Probes, or repeats a recent answer.</summary>
    /// <returns>What does not work and why; empty when all is well.</returns>
    public async ValueTask<IReadOnlyDictionary<string, string>> ProbeAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            if (_last is { } last && now - last.At < Shelf && now >= last.At)
            {
                return last.Faults;
            }

            IReadOnlyDictionary<string, string> faults = await ProbeAllAsync(cancellationToken).ConfigureAwait(false);
            _last = (now, faults);
            return faults;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static async ValueTask CheckKeyAsync(ISigningKey key, CancellationToken cancellationToken)
    {
        byte[] data = RandomNumberGenerator.GetBytes(32);
        byte[] signature = await key.SignAsync(data, cancellationToken).ConfigureAwait(false);
        if (!SignatureVerifier.Verify(key.SubjectPublicKeyInfo.Span, key.Algorithm.Identifier, data, signature))
        {
            throw new CryptographicException("the signature does not verify");
        }
    }

    private static async ValueTask CheckTimestampsAsync(TimestampAuthority authority, CancellationToken cancellationToken) =>
        await authority.GetTimestampAsync(DigestAlgorithm.Sha256, RandomNumberGenerator.GetBytes(32), cancellationToken).ConfigureAwait(false);

    private async ValueTask<IReadOnlyDictionary<string, string>> ProbeAllAsync(CancellationToken cancellationToken)
    {
        var faults = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (HostedIssuer issuer in issuers.All)
        {
            await TryAsync("issuer " + issuer.Name, () => CheckKeyAsync(issuer.Authority.Key, cancellationToken)).ConfigureAwait(false);
        }

        if (services.GetService<TimestampAuthority>() is { } authority)
        {
            await TryAsync("timestamps", () => CheckTimestampsAsync(authority, cancellationToken)).ConfigureAwait(false);
        }

        await TryAsync("audit key", () => CheckKeyAsync(auditKey.Key, cancellationToken)).ConfigureAwait(false);
        await TryAsync("store", async () => await log.OpenTreeAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return faults;

        async ValueTask TryAsync(string name, Func<ValueTask> check)
        {
            try
            {
                await check().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                faults[name] = exception.Message;
            }
        }
    }
}
