using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

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
    public async IAsyncEnumerable<AccessToken> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (AccessToken token in _tokens.Values.OrderBy(static token => token.CreatedAt))
        {
            yield return token;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryRevokeAsync(string id, DateTimeOffset revokedAt, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_tokens.TryGetValue(id, out AccessToken? token) && token.RevokedAt is null && _tokens.TryUpdate(id, token with { RevokedAt = revokedAt }, token));

    /// <inheritdoc/>
    public ValueTask<bool> TryTakeEnrolmentAsync(string id, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_tokens.TryGetValue(id, out AccessToken? token) && !token.IsEnrolled && _tokens.TryUpdate(id, token with { IsEnrolled = true }, token));
}
