using System.Net;
using System.Security.Cryptography;
using System.Text;
using ESign.AspNetCore.Operations;
using ESign.Registration.Access;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Access;

/// <summary>The one place where requests of every protocol are authorised.</summary>
/// <remarks>
/// RFC 6750 §2.1 (bearer tokens), RFC 7617 (basic: the password is the token, the name is ignored; EST clients know nothing else), and TLS
/// client certificates that a token was bound to.
/// </remarks>
internal sealed class AccessControl(IAccessTokenStore tokens, ClientCertificates certificates, TimeProvider time)
{
    private const string BearerPrefix = "Bearer ";
    private const string BasicPrefix = "Basic ";

    /// <summary>Lets the caller through, or not.</summary>
    /// <param name="context">The request.</param>
    /// <param name="permission">What it needs.</param>
    /// <param name="issuer">The issuer it concerns, when it concerns one.</param>
    /// <returns>Who calls.</returns>
    /// <exception cref="RequestRefusedException">There is no valid token (401), or it does not allow this (403).</exception>
    public async ValueTask<Caller> RequireAsync(HttpContext context, Permission permission, string? issuer = null)
    {
        RequireConfidential(context);
        Caller caller = await AuthenticateAsync(context, permission).ConfigureAwait(false)
            ?? throw new RequestRefusedException(StatusCodes.Status401Unauthorized, "unauthenticated", "缺少有效令牌 / A valid token is needed")
            {
                Challenge = permission == Permission.Enrol ? "Basic realm=\"enrolment\", charset=\"UTF-8\"" : "Bearer",
            };
        bool isAllowed = (caller.Token.Roles & RolesWith(permission)) != 0
            && (caller.Token.Issuer is null || (issuer is null ? !ConcernsEveryIssuer(permission) : string.Equals(caller.Token.Issuer, issuer, StringComparison.Ordinal)))
            && (caller.Token.SealedEnrolment.IsEmpty || permission == Permission.Enrol);
        if (!isAllowed)
        {
            throw new RequestRefusedException(StatusCodes.Status403Forbidden, "forbidden", $"令牌无此权限（{permission}） / The token does not allow this ({permission})");
        }

        bool isPerson = caller.Token.Operator is not null;
        bool needsPerson = permission is Permission.RequestActs or Permission.ApproveActs || (permission == Permission.ManageOperators && caller.Token.Purpose == AccessTokenPurpose.Work);
        if (needsPerson && !isPerson)
        {
            throw PersonNeeded();
        }

        context.Response.Headers.CacheControl = "no-store"; // unless the endpoint knows better
        return caller with { IsStaff = (caller.Token.Roles & RolesWith(permission) & ~AccessRoles.Client) != 0 };
    }

    /// <summary>Administrators act in person: two tokens may be one person's, two accounts are two people's.</summary>
    public static RequestRefusedException PersonNeeded() =>
        new(StatusCodes.Status403Forbidden, "person", "须由管理员本人登录后操作，程序令牌无效 / An administrator does this in person: log in; tokens of programs do not count");

    /// <summary>Lets a person's session through, whatever it allows.</summary>
    /// <exception cref="RequestRefusedException">There is none (401).</exception>
    public async ValueTask<Caller> RequireSessionAsync(HttpContext context)
    {
        RequireConfidential(context);
        Caller? caller = await AuthenticateByTokenAsync(context).ConfigureAwait(false);
        if (caller?.Token.Operator is null)
        {
            throw new RequestRefusedException(StatusCodes.Status401Unauthorized, "unauthenticated", "请先登录 / Log in first") { Challenge = "Bearer" };
        }

        context.Response.Headers.CacheControl = "no-store";
        return caller;
    }

    /// <summary>Refuses secrets that others on the way could read.</summary>
    /// <exception cref="RequestRefusedException">The request came over plain HTTP from another machine (403).</exception>
    public void RequireConfidential(HttpContext context)
    {
        if (!IsConfidential(context))
        {
            throw new RequestRefusedException(StatusCodes.Status403Forbidden, "insecure", "令牌和密码只能通过HTTPS传送 / Tokens and passwords are accepted over HTTPS only");
        }
    }

    private static AccessRoles RolesWith(Permission permission) => permission switch
    {
        Permission.ReadCertificates => AccessRoles.Officer | AccessRoles.Auditor | AccessRoles.Administrator,
        Permission.IssueCertificates => AccessRoles.Officer,
        Permission.RevokeCertificates => AccessRoles.Officer,
        Permission.CreateEnrolments => AccessRoles.Officer,
        Permission.Enrol => AccessRoles.Client,
        Permission.SignRemotely => AccessRoles.Client,
        Permission.ManageTokens => AccessRoles.Administrator,
        Permission.ReadAudit => AccessRoles.Auditor | AccessRoles.Administrator,
        Permission.PlaceCrls => AccessRoles.Administrator,
        Permission.SubmitApplications => AccessRoles.Client | AccessRoles.Officer,
        Permission.ReadApplications => AccessRoles.Client | AccessRoles.Officer | AccessRoles.Auditor | AccessRoles.Administrator,
        Permission.ReviewApplications => AccessRoles.Officer,
        Permission.ReadPersonalData => AccessRoles.Officer,
        Permission.ManageSeals => AccessRoles.Client | AccessRoles.Officer,
        Permission.ReviewSeals => AccessRoles.Officer,
        Permission.ManageOperators => AccessRoles.Administrator,
        Permission.RequestActs => AccessRoles.Administrator,
        Permission.ApproveActs => AccessRoles.Administrator,
        _ => AccessRoles.None,
    };

    // What reaches beyond one issuer is not for a token confined to one.
    private static bool ConcernsEveryIssuer(Permission permission) => permission
        is Permission.ManageTokens or Permission.ManageOperators or Permission.RequestActs or Permission.ApproveActs or Permission.ReviewApplications;

    // Behind a proxy on this machine the connection is loopback; behind another, forwarded headers name the scheme.
    private static bool IsConfidential(HttpContext context) =>
        context.Request.IsHttps || context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);

    private static AccessTokenText? ReadToken(HttpContext context)
    {
        string? header = context.Request.Headers.Authorization;
        string? text = header switch
        {
            null => null,
            _ when header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) => header[BearerPrefix.Length..].Trim(),
            _ when header.StartsWith(BasicPrefix, StringComparison.OrdinalIgnoreCase) => ReadPassword(header[BasicPrefix.Length..].Trim()),
            _ => null,
        };
        return AccessTokenText.TryParse(text, out AccessTokenText? token) ? token : null;
    }

    private static string? ReadPassword(string base64)
    {
        byte[] pair = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, pair, out int length))
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(pair, 0, length);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : text[(colon + 1)..];
    }

    // A token when there is one: whoever sends it means it. A client certificate comes along with every request of a browser.
    private ValueTask<Caller?> AuthenticateAsync(HttpContext context, Permission permission) => context.Request.Headers.Authorization.Count > 0
        ? AuthenticateByTokenAsync(context)
        : AuthenticateByCertificateAsync(context, permission);

    private async ValueTask<Caller?> AuthenticateByTokenAsync(HttpContext context)
    {
        if (ReadToken(context) is not { } text || await tokens.FindAsync(text.Id, context.RequestAborted).ConfigureAwait(false) is not { } token)
        {
            return null;
        }

        bool isValid = CryptographicOperations.FixedTimeEquals(token.SecretHash.Span, text.HashSecret())
            && token.RevokedAt is null
            && time.GetUtcNow() < token.ExpiresAt;
        return isValid ? new Caller(token, text) : null;
    }

    private async ValueTask<Caller?> AuthenticateByCertificateAsync(HttpContext context, Permission permission)
    {
        if (await certificates.FindAsync(context).ConfigureAwait(false) is not { } client)
        {
            return null;
        }

        if (IsOfAnotherSite(context))
        {
            throw new RequestRefusedException(StatusCodes.Status403Forbidden, "cross-site", "不接受其他网站发起的请求 / Requests from other sites' pages are refused");
        }

        AccessToken? token = await tokens.FindAsync(client.TokenId(forEnrolment: permission == Permission.Enrol), context.RequestAborted).ConfigureAwait(false);
        bool isValid = token is { RevokedAt: null }
            && CryptographicOperations.FixedTimeEquals(token.SecretHash.Span, client.Certificate.Sha256Fingerprint.Span)
            && time.GetUtcNow() < token.ExpiresAt;
        return isValid ? new Caller(token!, Text: null) : null;
    }

    // W3C Fetch Metadata: browsers say where a request comes from; programs say nothing.
    private static bool IsOfAnotherSite(HttpContext context) =>
        context.Request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site[0] is not ("same-origin" or "none");
}
