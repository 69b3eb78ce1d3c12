using System.Security.Cryptography;
using System.Text;
using ESign.AspNetCore.Access;
using ESign.AspNetCore.Api;
using ESign.AspNetCore.Applications;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Operations;
using ESign.Registration;
using ESign.Registration.Access;
using ESign.Registration.Operators;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Accounts;

/// <summary><c>/api/v1/login</c>: operators set their accounts up, log in and out. Every login, right or wrong, is in the audit log.</summary>
internal static class LoginApi
{
    private const int LongestField = 500;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/login").WithTags("Accounts");
        group.MapPost("", LogInAsync).WithSummary("Log in: password and second factor, and a captcha when one is asked for").Produces<SessionDocument>();
        group.MapDelete("", LogOutAsync).WithSummary("End this session").Produces(StatusCodes.Status204NoContent);
        group.MapPost("/setup", SetUpAsync).WithSummary("Set an invited account up: password, authenticator, recovery codes").Produces<SetUpDocument>();
        group.MapPost("/captcha", CreateCaptchaAsync).WithSummary("A picture of five characters to type").Produces<CaptchaDocument>();
        group.MapPost("/password", ChangePasswordAsync).WithSummary("Change the own password; other sessions end, and the administrators' tokens one answers for").Produces<SessionDocument>();
    }

    private static async Task<SessionDocument> LogInAsync(HttpContext context, LoginRequest body, AccessControl access, OperatorDesk desk, Sessions sessions, AuditLog audit)
    {
        access.RequireConfidential(context);
        string login = RequestNumbers.Text(body.Login, "login", 40);
        RequestNumbers.Text(body.Password, "password", LongestField);
        try
        {
            (OperatorAccount account, string? device) = await desk.LogInAsync(body, context.RequestAborted).ConfigureAwait(false);
            (AccessToken token, string text) = await sessions.OpenAsync(account, context.RequestAborted).ConfigureAwait(false);
            await RecordAsync(context, audit, "login.succeeded", account.Login, ("session", token.Id), ("trustedDevice", device is null ? null : "yes")).ConfigureAwait(false);
            context.Response.Headers.CacheControl = "no-store";
            return new SessionDocument(text, token.ExpiresAt, RoleList.Split(token.Roles), device);
        }
        catch (RegistrationException refusal)
        {
            // Names people mistype are passwords now and then: the log keeps those of accounts that exist, of others a digest.
            string subject = await desk.FindAsync(login, context.RequestAborted).ConfigureAwait(false) is null ? "unknown " + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(login)).AsSpan(0, 4)) : login;
            await RecordAsync(context, audit, "login.refused", subject, ("code", refusal.Code)).ConfigureAwait(false);
            throw Explain(refusal);
        }
    }

    private static async Task<IResult> LogOutAsync(HttpContext context, AccessControl access, IAccessTokenStore tokens, AuditLog audit, TimeProvider time)
    {
        Caller caller = await access.RequireSessionAsync(context).ConfigureAwait(false);
        await tokens.TryRevokeAsync(caller.Token.Id, time.GetUtcNow(), context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, audit, "login.ended", caller.Token.Operator!, ("session", caller.Token.Id)).ConfigureAwait(false);
        return Results.NoContent();
    }

    private static async Task<SetUpDocument> SetUpAsync(HttpContext context, SetUpRequest body, AccessControl access, OperatorDesk desk, Administrators administrators, AccountSettings settings, AuditLog audit)
    {
        access.RequireConfidential(context);
        RequestNumbers.Text(body.Login, "login", 40);
        RequestNumbers.Text(body.SetupCode, "setupCode", 100);
        RequestNumbers.Text(body.Password, "password", LongestField);
        SetUpDocument document;
        try
        {
            (byte[] secret, IReadOnlyList<string> codes) = await desk.SetUpAsync(body.Login, body.SetupCode, body.Password, context.RequestAborted).ConfigureAwait(false);
            document = new SetUpDocument(Totp.ToUri(secret, settings.Issuer, body.Login), codes);
        }
        catch (RegistrationException refusal)
        {
            throw Explain(refusal);
        }

        try
        {
            await RecordAsync(context, audit, "operator.set-up", body.Login).ConfigureAwait(false);
            await administrators.EndSetupAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            // Nobody will see the secret now: the code is good again.
            await desk.ResetAsync(body.Login, body.SetupCode, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        context.Response.Headers.CacheControl = "no-store";
        return document;
    }

    private static async Task<CaptchaDocument> CreateCaptchaAsync(HttpContext context, OperatorDesk desk)
    {
        (string id, string svg) = await desk.Captchas.CreateAsync(context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        return new CaptchaDocument(id, svg);
    }

    private static async Task<SessionDocument> ChangePasswordAsync(HttpContext context, PasswordRequest body, AccessControl access, OperatorDesk desk, Sessions sessions, AuditLog audit)
    {
        Caller caller = await access.RequireSessionAsync(context).ConfigureAwait(false);
        string login = caller.Token.Operator!;
        try
        {
            await desk.ChangePasswordAsync(login, RequestNumbers.Text(body.Current, "current", LongestField), RequestNumbers.Text(body.Next, "next", LongestField), context.RequestAborted).ConfigureAwait(false);
        }
        catch (RegistrationException refusal)
        {
            await RecordAsync(context, audit, "password.refused", login, ("code", refusal.Code)).ConfigureAwait(false);
            throw Explain(refusal);
        }

        await sessions.EndAllAsync(login).ConfigureAwait(false);
        OperatorAccount account = (await desk.FindAsync(login, CancellationToken.None).ConfigureAwait(false))!;
        (AccessToken token, string text) = await sessions.OpenAsync(account, CancellationToken.None).ConfigureAwait(false);
        await RecordAsync(context, audit, "password.changed", login, ("session", token.Id)).ConfigureAwait(false);
        return new SessionDocument(text, token.ExpiresAt, RoleList.Split(token.Roles));
    }

    /// <summary>401 for what a right login would mend; 403 for what it would not; the rest as everywhere.</summary>
    private static RequestRefusedException Explain(RegistrationException refusal) => refusal.Code switch
    {
        "login-wrong" or "captcha" or "second-factor" or "second-factor-wrong" or "setup-code" => new RequestRefusedException(StatusCodes.Status401Unauthorized, refusal.Code, refusal.Message),
        "locked" or "frozen" => new RequestRefusedException(StatusCodes.Status403Forbidden, refusal.Code, refusal.Message),
        _ => RegistrationProblem.Explain(refusal),
    };

    private static async ValueTask RecordAsync(HttpContext context, AuditLog audit, string action, string subject, params IReadOnlyList<(string, string?)> details) =>
        await audit.RecordAsync(new AuditEntry(action, "operator " + subject, subject) { RequestId = context.TraceIdentifier, Details = [.. details, ("address", context.Connection.RemoteIpAddress?.ToString())] }).ConfigureAwait(false);
}
