using ESign.AspNetCore.Operations;
using ESign.Registration.Access;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Access;

/// <summary>Roles as the API writes them: a list of names.</summary>
internal static class RoleList
{
    /// <exception cref="RequestRefusedException">There is none (422).</exception>
    public static AccessRoles Join(IEnumerable<AccessRoles> roles) => roles.Aggregate(AccessRoles.None, static (all, role) => all | role) is var joined and not AccessRoles.None
        ? joined
        : throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "roles", "应指定角色 / Name a role");

    public static AccessRoles[] Split(AccessRoles roles) => [.. Enum.GetValues<AccessRoles>().Where(role => role != AccessRoles.None && roles.HasFlag(role))];
}
