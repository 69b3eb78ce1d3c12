using ESign.AspNetCore.Access;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Operations;
using ESign.Registration.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Api;

/// <summary><c>/api/v1/tokens</c> and <c>/api/v1/enrolments</c>: who may use the service, and who may fetch which certificate by EST.</summary>
internal static class TokenApi
{
    private const int MaximumDays = 366;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder tokens = api.MapGroup("/tokens").WithTags("Tokens");
        tokens.MapPost("", CreateAsync).WithSummary("Make a token; its text is shown once").Produces<NewTokenDocument>(StatusCodes.Status201Created);
        tokens.MapGet("", ListAsync).WithSummary("All tokens, without their secrets").Produces<IReadOnlyList<TokenDocument>>();
        tokens.MapDelete("/{id}", RevokeAsync).WithSummary("Withdraw a token").Produces(StatusCodes.Status204NoContent);
        api.MapPost("/enrolments", EnrolAsync).WithTags("Tokens").WithSummary("Make a token with which a verified subject fetches its certificate by EST").Produces<NewTokenDocument>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, CreateTokenDocument body, AccessControl access, IAccessTokenStore tokens, IssuerDirectory issuers, AuditLog audit, TimeProvider time)
    {
        Caller caller = await access.RequireAsync(context, Permission.ManageTokens).ConfigureAwait(false);
        AccessRoles roles = body.Roles.Aggregate(AccessRoles.None, static (all, role) => all | role);
        if (roles == AccessRoles.None)
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "roles", "应指定角色 / Name a role");
        }

        if (body.Issuer is not null)
        {
            issuers.Find(body.Issuer);
        }

        AccessTokenText text = AccessTokenText.Create();
        AccessToken token = Describe(text, body.Name, roles, body.Days, body.Issuer, time);
        await AddAsync(context, caller, token, tokens, audit).ConfigureAwait(false);
        return Results.Created($"/api/v1/tokens/{token.Id}", new NewTokenDocument(token.Id, text.Reveal(), token.ExpiresAt));
    }

    private static async Task<IResult> EnrolAsync(HttpContext context, EnrolmentDocument body, AccessControl access, IAccessTokenStore tokens, IssuerDirectory issuers, AuditLog audit, TimeProvider time)
    {
        HostedIssuer issuer = issuers.Find(body.Issuer);
        Caller caller = await access.RequireAsync(context, Permission.CreateEnrolments, issuer.Name).ConfigureAwait(false);
        CertificateIssuance.FindProfile(body.Profile);
        string name = body.Subject.ToSubject().ToString();
        AccessTokenText text = AccessTokenText.Create();
        AccessToken token = Describe(text, name, AccessRoles.Client, body.Days, issuer.Name, time) with { SealedEnrolment = SealedEnrolment.Seal(body with { Issuer = issuer.Name }, text) };
        await AddAsync(context, caller, token, tokens, audit).ConfigureAwait(false);
        return Results.Created($"/api/v1/tokens/{token.Id}", new NewTokenDocument(token.Id, text.Reveal(), token.ExpiresAt));
    }

    private static async Task<IReadOnlyList<TokenDocument>> ListAsync(HttpContext context, AccessControl access, IAccessTokenStore tokens)
    {
        await access.RequireAsync(context, Permission.ManageTokens).ConfigureAwait(false);
        var found = new List<TokenDocument>();
        await foreach (AccessToken token in tokens.ListAsync(context.RequestAborted).ConfigureAwait(false))
        {
            found.Add(new TokenDocument(token.Id, token.Name, Split(token.Roles), token.Issuer, token.CreatedAt, token.ExpiresAt, token.RevokedAt));
        }

        return found;
    }

    private static async Task<IResult> RevokeAsync(HttpContext context, string id, AccessControl access, IAccessTokenStore tokens, AuditLog audit, TimeProvider time)
    {
        Caller caller = await access.RequireAsync(context, Permission.ManageTokens).ConfigureAwait(false);
        if (!await tokens.TryRevokeAsync(id, time.GetUtcNow(), context.RequestAborted).ConfigureAwait(false))
        {
            throw new RequestRefusedException(StatusCodes.Status404NotFound, "no-such-token", "没有该令牌，或已作废 / There is no such token, or it was withdrawn before");
        }

        await audit.RecordAsync(new AuditEntry("token.revoked", caller.Actor, id) { RequestId = context.TraceIdentifier }, CancellationToken.None).ConfigureAwait(false);
        return Results.NoContent();
    }

    private static AccessRoles[] Split(AccessRoles roles) =>
        [.. Enum.GetValues<AccessRoles>().Where(role => role != AccessRoles.None && roles.HasFlag(role))];

    private static AccessToken Describe(AccessTokenText text, string name, AccessRoles roles, int days, string? issuer, TimeProvider time)
    {
        if (days is < 1 or > MaximumDays || string.IsNullOrWhiteSpace(name) || name.Length > 100)
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "token", $"名称为1至100字，有效期为1至{MaximumDays}天 / A name of 1 to 100 characters, 1 to {MaximumDays} days");
        }

        DateTimeOffset now = time.GetUtcNow();
        return new AccessToken { Id = text.Id, Name = name, Roles = roles, SecretHash = text.HashSecret(), CreatedAt = now, ExpiresAt = now.AddDays(days), Issuer = issuer };
    }

    private static async ValueTask AddAsync(HttpContext context, Caller caller, AccessToken token, IAccessTokenStore tokens, AuditLog audit)
    {
        await tokens.AddAsync(token, context.RequestAborted).ConfigureAwait(false);
        await audit.RecordAsync(
            new AuditEntry("token.created", caller.Actor, token.Id) { RequestId = context.TraceIdentifier, Details = [("name", token.Name), ("roles", token.Roles.ToString()), ("issuer", token.Issuer)] },
            CancellationToken.None).ConfigureAwait(false);
    }
}
