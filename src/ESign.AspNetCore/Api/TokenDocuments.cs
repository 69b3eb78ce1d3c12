using ESign.Registration.Access;

namespace ESign.AspNetCore.Api;

/// <summary>Asks for a token.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Roles">What it allows.</param>
/// <param name="Days">How long it is good, 1 to 366. Default: 90.</param>
/// <param name="Issuer">The issuer it is confined to; all when absent.</param>
/// <param name="Certificate">A certificate issued here (PEM): its holder, by TLS, has these roles, and no text is made.</param>
internal sealed record CreateTokenDocument(string Name, IReadOnlyList<AccessRoles> Roles, int Days = 90, string? Issuer = null, string? Certificate = null);

/// <summary>A token just made. The text is not kept and cannot be shown again.</summary>
internal sealed record NewTokenDocument(string Id, string? Token, DateTimeOffset ExpiresAt);

/// <summary>A token without its secret.</summary>
/// <param name="Id">What finds it.</param>
/// <param name="Name">Whose it is, in words.</param>
/// <param name="Roles">What it allows.</param>
/// <param name="Issuer">The issuer it is confined to.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="RevokedAt">When it was withdrawn.</param>
/// <param name="Responsible">The login name of the operator who answers for it; absent for the first token and what was made with it.</param>
internal sealed record TokenDocument(
    string Id, string Name, IReadOnlyList<AccessRoles> Roles, string? Issuer, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, string? Responsible);
