using ESign.AspNetCore.Access;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Operations;
using ESign.Registration.Access;
using ESign.Registration.Operators;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Api;

/// <summary>Keeps two administrators two people, as far as a program can.</summary>
/// <remarks>
/// An administrator is a person with an account; tokens of programs are nobody's second self. The first token invites two and ends when they have
/// set their accounts up. From then on it takes two to make a further administrator, and to give an administrator's account a new setup code:
/// whoever has the code has the account. Frozen accounts count: else one would freeze the other and start over.
/// </remarks>
internal sealed class Administrators(IAccessTokenStore tokens, OperatorDesk operators, AuditLog audit, TimeProvider time)
{
    private const int Two = 2;

    /// <summary>Refuses to let one alone invite an administrator, or make a token with that role, once two were invited.</summary>
    /// <exception cref="RequestRefusedException">Two were invited, or the caller is a program (403).</exception>
    public async ValueTask RequireMayMakeAsync(Caller caller, AccessRoles roles, CancellationToken cancellationToken)
    {
        if (roles.HasFlag(AccessRoles.Administrator))
        {
            await RequireAloneAsync(caller, static account => account.Roles.HasFlag(AccessRoles.Administrator), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Refuses to let one alone take an administrator's account over, once two have had one.</summary>
    /// <exception cref="RequestRefusedException">There have been two, or the caller is a program (403).</exception>
    public async ValueTask RequireMayResetAsync(Caller caller, OperatorAccount account, CancellationToken cancellationToken)
    {
        if (account.Roles.HasFlag(AccessRoles.Administrator))
        {
            await RequireAloneAsync(caller, static found => found.HasAdministered, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the first token once two administrators have set their accounts up.</summary>
    public async ValueTask EndSetupAsync(CancellationToken cancellationToken)
    {
        if (await CountAsync(static account => account.HasAdministered, cancellationToken).ConfigureAwait(false) < Two)
        {
            return;
        }

        await foreach (AccessToken token in tokens.ListAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (token is { Purpose: AccessTokenPurpose.Setup, RevokedAt: null })
            {
                await EndAsync(token, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask RequireAloneAsync(Caller caller, Func<OperatorAccount, bool> counts, CancellationToken cancellationToken)
    {
        if (caller.Token is { Operator: null, Purpose: AccessTokenPurpose.Work })
        {
            throw AccessControl.PersonNeeded();
        }

        if (caller.Token.Purpose == AccessTokenPurpose.Recovery)
        {
            bool isFirstUse = await EndAsync(caller.Token, cancellationToken).ConfigureAwait(false);
            if (!isFirstUse)
            {
                throw new RequestRefusedException(StatusCodes.Status403Forbidden, "dual-control", "恢复令牌只能使用一次 / A recovery token sets one administrator up");
            }
        }
        else if (await CountAsync(counts, cancellationToken).ConfigureAwait(false) >= Two)
        {
            throw new RequestRefusedException(StatusCodes.Status403Forbidden, "dual-control", "新增管理员或重置管理员账号须由两名管理员共同批准（/api/v1/approvals） / A further administrator is made, and an administrator's account is reset, by two: ask for it at /api/v1/approvals");
        }
    }

    private async ValueTask<bool> EndAsync(AccessToken token, CancellationToken cancellationToken)
    {
        bool isEnded = await tokens.TryRevokeAsync(token.Id, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (isEnded)
        {
            await audit.RecordAsync(new AuditEntry("token.revoked", "service", token.Id) { Details = [("purpose", token.Purpose.ToString())] }).ConfigureAwait(false);
        }

        return isEnded;
    }

    private ValueTask<int> CountAsync(Func<OperatorAccount, bool> counts, CancellationToken cancellationToken) =>
        operators.ListAsync(after: null, int.MaxValue, cancellationToken).CountAsync(counts, cancellationToken);
}
