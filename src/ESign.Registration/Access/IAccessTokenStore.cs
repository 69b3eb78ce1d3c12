namespace ESign.Registration.Access;

/// <summary>Keeps access tokens. Safe under concurrent callers; an answer means the change is durable.</summary>
public interface IAccessTokenStore
{
    /// <summary>Adds a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when it is kept.</returns>
    ValueTask AddAsync(AccessToken token, CancellationToken cancellationToken = default);

    /// <summary>Finds a token, valid or not.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The token, or <see langword="null"/>.</returns>
    ValueTask<AccessToken?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lists tokens by id; every one of them unless a page is asked for.</summary>
    /// <param name="after">Only those whose id comes after this one.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The tokens.</returns>
    IAsyncEnumerable<AccessToken> ListAsync(string? after = null, int limit = int.MaxValue, CancellationToken cancellationToken = default);

    /// <summary>Withdraws a token.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="revokedAt">When.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when there is no such token, or it was withdrawn before.</returns>
    ValueTask<bool> TryRevokeAsync(string id, DateTimeOffset revokedAt, CancellationToken cancellationToken = default);

    /// <summary>Takes a token's enrolment; only the first caller gets it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether this caller was the first.</returns>
    ValueTask<bool> TryTakeEnrolmentAsync(string id, CancellationToken cancellationToken = default);
}
