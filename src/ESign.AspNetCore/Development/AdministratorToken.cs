using ESign.AspNetCore.Access;
using ESign.AspNetCore.Audit;
using ESign.Pki.Transparency;
using ESign.Registration.Access;

namespace ESign.AspNetCore.Development;

/// <summary>The first token of a service: without one nobody could make any other.</summary>
public static class AdministratorToken
{
    private const int Days = 30;

    /// <summary>Makes an administrator's token if there is no token at all, or if whoever runs the machine says so because none is left.</summary>
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
        await foreach (AccessToken _ in tokens.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!again)
            {
                return null;
            }

            break;
        }

        AccessTokenText text = AccessTokenText.Create();
        DateTimeOffset now = time.GetUtcNow();
        await tokens.AddAsync(
            new AccessToken { Id = text.Id, Name = again ? "recovered administrator" : "first administrator", Roles = AccessRoles.Administrator, SecretHash = text.HashSecret(), CreatedAt = now, ExpiresAt = now.AddDays(Days) },
            cancellationToken).ConfigureAwait(false);
        await log.AppendAsync([new AuditEntry("token.created", "service", text.Id) { Details = [("roles", "Administrator")] }.Encode(now)], cancellationToken).ConfigureAwait(false);
        return text.Reveal();
    }
}
