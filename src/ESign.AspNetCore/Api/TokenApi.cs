using System.Security.Cryptography;
using ESign.AspNetCore.Access;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Operations;
using ESign.Registration.Access;
using ESign.Registration.Protection;
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
        tokens.MapGet("", ListAsync).WithSummary("All tokens, without their secrets, by id, page by page").Produces<PageDocument<TokenDocument>>();
        tokens.MapDelete("/{id}", RevokeAsync).WithSummary("Withdraw a token").Produces(StatusCodes.Status204NoContent);
        api.MapPost("/enrolments", EnrolAsync).WithTags("Tokens").WithSummary("Make a token with which a verified subject fetches its certificate by EST").Produces<NewTokenDocument>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, CreateTokenDocument body, AccessControl access, IAccessTokenStore tokens, IssuerDirectory issuers, ClientCertificates certificates, AuditLog audit, TimeProvider time, Administrators administrators)
    {
        Caller caller = await access.RequireAsync(context, Permission.ManageTokens).ConfigureAwait(false);
        AccessRoles roles = RoleList.Join(body.Roles);
        if (body.Issuer is not null)
        {
            issuers.Find(body.Issuer);
        }

        if (body.Issuer is not null && roles.HasFlag(AccessRoles.Administrator))
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "issuer", "管理员权限不能限于单个颁发者 / An administrator is not confined to one issuer");
        }

        AccessTokenText? text = body.Certificate is null ? AccessTokenText.Create() : null;
        (string id, ReadOnlyMemory<byte> proof) = text is null ? await BindAsync(context, body.Certificate!, certificates, forEnrolment: false).ConfigureAwait(false) : (text.Id, text.HashSecret());
        AccessToken token = Make(caller, id, proof, body.Name, roles, body.Days, body.Issuer, time);
        await administrators.RequireMayMakeAsync(caller, roles, context.RequestAborted).ConfigureAwait(false);
        await AddAsync(context, caller, token, tokens, audit).ConfigureAwait(false);
        return Results.Created($"/api/v1/tokens/{token.Id}", new NewTokenDocument(token.Id, text?.Reveal(), token.ExpiresAt));
    }

    private static async Task<IResult> EnrolAsync(HttpContext context, EnrolmentDocument body, AccessControl access, IAccessTokenStore tokens, IssuerDirectory issuers, ClientCertificates certificates, DataKeyRing keys, AuditLog audit, TimeProvider time)
    {
        HostedIssuer issuer = issuers.Find(body.Issuer);
        Caller caller = await access.RequireAsync(context, Permission.CreateEnrolments, issuer.Name).ConfigureAwait(false);
        CertificateIssuance.FindProfile(body.Profile);
        string name = body.Subject.ToSubject().ToString();
        EnrolmentDocument enrolment = body with { Issuer = issuer.Name, Certificate = null };
        AccessTokenText? text = body.Certificate is null ? AccessTokenText.Create() : null;
        (string id, ReadOnlyMemory<byte> proof) = text is null ? await BindAsync(context, body.Certificate!, certificates, forEnrolment: true).ConfigureAwait(false) : (text.Id, text.HashSecret());
        AccessToken token = Make(caller, id, proof, name, AccessRoles.Client, body.Days, issuer.Name, time) with
        {
            SealedEnrolment = text is null ? SealedEnrolment.Seal(enrolment, keys, id) : SealedEnrolment.Seal(enrolment, text),
        };
        await AddAsync(context, caller, token, tokens, audit).ConfigureAwait(false);
        return Results.Created($"/api/v1/tokens/{token.Id}", new NewTokenDocument(token.Id, text?.Reveal(), token.ExpiresAt));
    }

    private static async Task<PageDocument<TokenDocument>> ListAsync(HttpContext context, int? limit, string? after, AccessControl access, IAccessTokenStore tokens)
    {
        await access.RequireAsync(context, Permission.ManageTokens).ConfigureAwait(false);
        PageRequest page = PageRequest.Read(limit, after);
        return await page.CollectAsync(tokens.ListAsync(page.After, page.Limit + 1, context.RequestAborted), Describe, static token => token.Id).ConfigureAwait(false);
    }

    private static async Task<IResult> RevokeAsync(HttpContext context, string id, AccessControl access, IAccessTokenStore tokens, AuditLog audit, TimeProvider time)
    {
        Caller caller = await access.RequireAsync(context, Permission.ManageTokens).ConfigureAwait(false);
        if (!await tokens.TryRevokeAsync(id, time.GetUtcNow(), context.RequestAborted).ConfigureAwait(false))
        {
            throw new RequestRefusedException(StatusCodes.Status404NotFound, "no-such-token", "没有该令牌，或已作废 / There is no such token, or it was withdrawn before");
        }

        await audit.RecordAsync(context, caller, "token.revoked", id).ConfigureAwait(false);
        return Results.NoContent();
    }

    private static TokenDocument Describe(AccessToken token) =>
        new(token.Id, token.Name, RoleList.Split(token.Roles), token.Issuer, token.CreatedAt, token.ExpiresAt, token.RevokedAt, token.Responsible);

    // A token bound to a certificate is found by its fingerprint, and the handshake is the proof.
    private static async ValueTask<(string Id, ReadOnlyMemory<byte> Proof)> BindAsync(HttpContext context, string pem, ClientCertificates certificates, bool forEnrolment)
    {
        if (!PemEncoding.TryFind(pem, out PemFields fields) || fields.DecodedDataLength > 64 * 1024)
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "certificate", "应为PEM格式的证书 / A certificate in PEM is needed");
        }

        try
        {
            ClientCertificate client = await certificates.CheckAsync(Convert.FromBase64String(pem[fields.Base64Data]), context.RequestAborted).ConfigureAwait(false);
            return (client.TokenId(forEnrolment), client.Certificate.Sha256Fingerprint);
        }
        catch (RequestRefusedException refusal)
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "certificate", refusal.Message);
        }
    }

    private static AccessToken Make(Caller caller, string id, ReadOnlyMemory<byte> proof, string name, AccessRoles roles, int days, string? issuer, TimeProvider time)
    {
        if (days is < 1 or > MaximumDays || string.IsNullOrWhiteSpace(name) || name.Length > 100)
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "token", $"名称为1至100字，有效期为1至{MaximumDays}天 / A name of 1 to 100 characters, 1 to {MaximumDays} days");
        }

        DateTimeOffset now = time.GetUtcNow();
        return new AccessToken { Id = id, Name = name, Roles = roles, SecretHash = proof, CreatedAt = now, ExpiresAt = now.AddDays(days), Issuer = issuer, Responsible = caller.Token.Responsible };
    }

    private static async ValueTask AddAsync(HttpContext context, Caller caller, AccessToken token, IAccessTokenStore tokens, AuditLog audit)
    {
        if (await tokens.FindAsync(token.Id, context.RequestAborted).ConfigureAwait(false) is not null)
        {
            throw new RequestRefusedException(StatusCodes.Status409Conflict, "bound", "该证书已绑定 / The certificate was bound before: once to roles, once to an enrolment");
        }

        await tokens.AddAsync(token, context.RequestAborted).ConfigureAwait(false);
        await audit.RecordAsync(context, caller, "token.created", token.Id, ("name", token.Name), ("roles", token.Roles.ToString()), ("issuer", token.Issuer)).ConfigureAwait(false);
    }
}
