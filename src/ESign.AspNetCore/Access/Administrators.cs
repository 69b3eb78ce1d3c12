using ESign.AspNetCore.Operations;
using ESign.Registration.Access;
using ESign.Registration.Operators;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Access;

/// <summary>Keeps two administrators two: once there have been two, one alone makes no third, who would be the first under another name.</summary>
internal sealed class Administrators(IAccessTokenStore tokens, OperatorDesk operators)
{
    /// <summary>Refuses to let one administrator alone make another.</summary>
    /// <exception cref="RequestRefusedException">There have been two (403).</exception>
    public async ValueTask RequireFirstTwoAsync(AccessRoles roles, CancellationToken cancellationToken)
    {
        if (roles.HasFlag(AccessRoles.Administrator) && await CountEverAsync(cancellationToken).ConfigureAwait(false) >= 2)
        {
            throw new RequestRefusedException(StatusCodes.Status403Forbidden, "dual-control", "新增管理员须由两名管理员共同批准（/api/v1/approvals） / A further administrator is made by two: ask for it at /api/v1/approvals");
        }
    }

    // Withdrawn ones count too: else one would withdraw the other and start over.
    private async ValueTask<int> CountEverAsync(CancellationToken cancellationToken)
    {
        int count = (await operators.ListAsync(cancellationToken).ConfigureAwait(false)).Count(static account => account.Roles.HasFlag(AccessRoles.Administrator));
        await foreach (AccessToken token in tokens.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            count += token.Operator is null && token.Roles.HasFlag(AccessRoles.Administrator) ? 1 : 0;
        }

        return count;
    }
}
