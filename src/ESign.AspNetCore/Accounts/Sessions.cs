using ESign.AspNetCore.Access;
using ESign.Registration.Access;
using ESign.Registration.Operators;

namespace ESign.AspNetCore.Accounts;

/// <summary>Sessions of operators: short-lived tokens that name the person, so that every endpoint authorises them like any other.</summary>
internal sealed class Sessions(IAccessTokenStore tokens, OperatorDesk operators, AccountSettings settings, TimeProvider time)
{
    /// <summary>Opens a session for somebody who has just logged in.</summary>
    /// <remarks>Whoever freezes or resets an account ends its sessions afterwards; here the account is looked at after the session is there: one of two at the same moment sees the other.</remarks>
    /// <exception cref="ESign.Registration.RegistrationException">The account was frozen or reset meanwhile (<c>frozen</c>).</exception>
    public async ValueTask<(AccessToken Token, string Text)> OpenAsync(OperatorAccount account, CancellationToken cancellationToken)
    {
        AccessTokenText text = AccessTokenText.Create();
        DateTimeOffset now = time.GetUtcNow();
        var token = new AccessToken
        {
            Id = text.Id,
            Name = account.Name,
            Roles = account.Roles,
            SecretHash = text.HashSecret(),
            CreatedAt = now,
            ExpiresAt = now + settings.Session,
            Operator = account.Login,
            Responsible = account.Login,
        };
        await tokens.AddAsync(token, cancellationToken).ConfigureAwait(false);
        if (await operators.FindAsync(account.Login, CancellationToken.None).ConfigureAwait(false) is not { State: OperatorState.Active })
        {
            await tokens.TryRevokeAsync(token.Id, now, CancellationToken.None).ConfigureAwait(false);
            throw OperatorDesk.Frozen();
        }

        return (token, text.Reveal());
    }

    /// <summary>Ends every session of a person, and the administrators' tokens the person answers for. Nothing stops it half-way: the password or the account is another already.</summary>
    public async ValueTask EndAllAsync(string login)
    {
        DateTimeOffset now = time.GetUtcNow();
        await foreach (AccessToken token in tokens.ListAsync(cancellationToken: CancellationToken.None).ConfigureAwait(false))
        {
            bool isTheirs = string.Equals(token.Operator, login, StringComparison.Ordinal)
                || (token.Roles.HasFlag(AccessRoles.Administrator) && string.Equals(token.Responsible, login, StringComparison.Ordinal));
            if (isTheirs && token.RevokedAt is null && now < token.ExpiresAt)
            {
                await tokens.TryRevokeAsync(token.Id, now, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
