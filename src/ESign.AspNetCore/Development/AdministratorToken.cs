using ESign.AspNetCore.Access;
using ESign.AspNetCore.Audit;
using ESign.Pki.Transparency;
using ESign.Registration.Access;

namespace ESign.AspNetCore.Development;

/// <summary>The first token of a service: without one nobody could make any other.</summary>
public static class AdministratorToken
{
    private const int Days = 30;
    private const int RecoveryDays = 1;

    /// <summary>
    /// Makes an administrator's token if there is no token at all, for 30 days; or, if whoever runs the machine says so because administrators are
    /// lost, one that sets one of them up, for a day.
    /// </summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="log">The audit log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="again">Whether to make one although there are tokens.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The token's text, to be shown once; <see langword="null"/> when there are tokens.</returns>
    public static async Task<string?> EnsureAsync(IAccessTokenStore tokens, ITransparencyLog log, TimeProvider time, bool again = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(time);
        bool isFirst = !await tokens.ListAsync(limit: 1, cancellationToken: cancellationToken).AnyAsync(cancellationToken).ConfigureAwait(false);
        if (!isFirst && !again)
        {
            return null;
        }

        AccessTokenText text = AccessTokenText.Create();
        DateTimeOffset now = time.GetUtcNow();
        await tokens.AddAsync(
            new AccessToken
            {
                Id = text.Id,
                Name = isFirst ? "first administrator" : "recovered administrator",
                Roles = AccessRoles.Administrator,
                SecretHash = text.HashSecret(),
                CreatedAt = now,
                ExpiresAt = now.AddDays(isFirst ? Days : RecoveryDays),
                Purpose = isFirst ? AccessTokenPurpose.Setup : AccessTokenPurpose.Recovery,
            },
            cancellationToken).ConfigureAwait(false);
        await log.AppendAsync([new AuditEntry("token.created", "service", text.Id) { Details = [("roles", "Administrator"), ("purpose", isFirst ? "setup" : "recovery")] }.Encode(now)], cancellationToken).ConfigureAwait(false);
        return text.Reveal();
    }
}
