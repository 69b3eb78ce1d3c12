using System.Collections.Concurrent;

namespace ESign.Registration.Access;

/// <summary>Tokens in memory, for tests and short-lived programs.</summary>
public sealed class InMemoryAccessTokenStore : IAccessTokenStore
{
    private readonly ConcurrentDictionary<string, AccessToken> _tokens = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask AddAsync(AccessToken token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _tokens.TryAdd(token.Id, token) ? ValueTask.CompletedTask : throw new InvalidOperationException("令牌已存在 / The token exists already");
    }

    /// <inheritdoc/>
    public ValueTask<AccessToken?> FindAsync(string id, CancellationToken cancellationToken = default) => ValueTask.FromResult(_tokens.GetValueOrDefault(id));

    /// <inheritdoc/>
    public IAsyncEnumerable<AccessToken> ListAsync(string? after = null, int limit = int.MaxValue, CancellationToken cancellationToken = default) => _tokens.Values
        .Where(token => after is null || string.CompareOrdinal(token.Id, after) > 0)
        .OrderBy(static token => token.Id, StringComparer.Ordinal)
        .Take(limit)
        .ToAsyncEnumerable();

    /// <inheritdoc/>
    public ValueTask<bool> TryRevokeAsync(string id, DateTimeOffset revokedAt, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(TryChange(id, static token => token.RevokedAt is null, token => token with { RevokedAt = revokedAt }));

    /// <inheritdoc/>
    public ValueTask<bool> TryTakeEnrolmentAsync(string id, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(TryChange(id, static token => !token.IsEnrolled, static token => token with { IsEnrolled = true }));

    private bool TryChange(string id, Func<AccessToken, bool> mayChange, Func<AccessToken, AccessToken> change)
    {
        while (_tokens.TryGetValue(id, out AccessToken? token) && mayChange(token))
        {
            if (_tokens.TryUpdate(id, change(token), token))
            {
                return true;
            }
        }

        return false;
    }
}
