using ESign.AspNetCore.Access;
using ESign.AspNetCore.Api;
using ESign.AspNetCore.Applications;
using ESign.AspNetCore.Operations;
using ESign.Registration;
using ESign.Registration.Seals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Seals;

/// <summary><c>/api/v1/seals</c>: an organisation's seals, who may use them, and what they were used for.</summary>
internal static class SealApi
{
    private const int Sha256Digits = 64;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/seals").WithTags("Seals");
        group.MapPost("", CreateAsync).WithSummary("Draw a seal, or upload a picture of one for review").Produces<SealDocument>(StatusCodes.Status201Created);
        group.MapGet("", ListAsync).WithSummary("The seals of an organisation, page by page").Produces<PageDocument<SealDocument>>();
        group.MapGet("/{id}", GetAsync).WithSummary("One seal").Produces<SealDocument>();
        group.MapGet("/{id}/image", DrawAsync).WithSummary("The seal as a picture of its physical size: format svg or pdf");
        group.MapPost("/{id}/decision", DecideAsync).WithSummary("A reviewer decides on an uploaded seal").Produces<SealDocument>();
        MapChange(group, "suspend", "seal.suspended", "stop", static (seal, reason) => seal.Suspend(reason)).WithSummary("Suspend a seal");
        MapChange(group, "resume", "seal.resumed", "enable", static (seal, reason) => seal.Resume(reason)).WithSummary("Enable a suspended seal");
        MapChange(group, "cancel", "seal.cancelled", "delete", static (seal, reason) => seal.Cancel(reason)).WithSummary("Make a seal void, for good");
        group.MapPost("/{id}/grants", GrantAsync).WithSummary("Grant the use of a seal to a person of the organisation").Produces<SealDocument>();
        group.MapDelete("/{id}/grants/{personId}", RevokeAsync).WithSummary("End a grant").Produces<SealDocument>();
        group.MapPost("/{id}/uses", UseAsync).WithSummary("Use a seal on a document: refused to whoever may not, recorded otherwise").Produces<SealUse>(StatusCodes.Status201Created);
        group.MapGet("/{id}/uses", ListUsesAsync).WithSummary("What a seal was used for, newest first, page by page").Produces<PageDocument<SealUse>>();
    }

    private static async Task<IResult> CreateAsync(HttpContext context, SealRequest body, AccessControl access, SealDesk seals, EnterpriseApi enterprises, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.ManageSeals).ConfigureAwait(false);
        await enterprises.RequireAsync(context, caller, body.EnterpriseId).ConfigureAwait(false);
        var draft = new RegisteredSeal
        {
            Id = "",
            EnterpriseId = body.EnterpriseId,
            Name = RequestNumbers.Text(body.Name, "name", 50),
            Type = body.Type,
            Text = "",
            CreditCode = "",
            SealCode = body.SealCode,
            HorizontalText = body.HorizontalText,
            WidthMillimeters = body.WidthMillimeters ?? 0,
            HeightMillimeters = body.HeightMillimeters ?? body.WidthMillimeters ?? 0,
            Image = body.Image,
            CreatedBy = caller.Actor,
            CreatedAt = default,
        };
        RegisteredSeal seal = await seals.CreateAsync(draft, context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "seal.created", "create", seal).ConfigureAwait(false);
        return Results.Created($"/api/v1/seals/{seal.Id}", SealDocument.From(seal));
    }

    private static async Task<PageDocument<SealDocument>> ListAsync(HttpContext context, string enterpriseId, int? limit, string? after, AccessControl access, SealDesk seals, EnterpriseApi enterprises)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReadApplications).ConfigureAwait(false);
        await enterprises.RequireAsync(context, caller, enterpriseId).ConfigureAwait(false);
        PageRequest page = PageRequest.Read(limit, after);
        return await page.CollectAsync(seals.ListAsync(enterpriseId, page.After, page.Limit + 1, context.RequestAborted), SealDocument.From, static seal => seal.Id).ConfigureAwait(false);
    }

    private static async Task<SealDocument> GetAsync(HttpContext context, string id, AccessControl access, SealDesk seals, EnterpriseApi enterprises) =>
        SealDocument.From((await RequireOwnAsync(context, id, Permission.ReadApplications, access, seals, enterprises).ConfigureAwait(false)).Seal);

    private static async Task<IResult> DrawAsync(HttpContext context, string id, string? format, AccessControl access, SealDesk seals, EnterpriseApi enterprises)
    {
        RegisteredSeal seal = (await RequireOwnAsync(context, id, Permission.ReadApplications, access, seals, enterprises).ConfigureAwait(false)).Seal;
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox";
        switch (format)
        {
            case null or "svg":
                return Results.Text(seal.ToSeal().ToSvg(), "image/svg+xml");
            case "pdf":
                using (var page = new MemoryStream())
                {
                    seal.ToSeal().WritePdf(page);
                    return Results.Bytes(page.ToArray(), "application/pdf");
                }

            default:
                throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "format", "format应为svg或pdf / The format is svg or pdf");
        }
    }

    private static async Task<SealDocument> DecideAsync(HttpContext context, string id, DecisionRequest body, AccessControl access, SealDesk seals, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReviewSeals).ConfigureAwait(false);
        string reason = RequestNumbers.Text(body.Reason, "reason");
        RegisteredSeal seal = await seals.ChangeAsync(id, found => found.Decide(body.Approved, reason), context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "seal.decided", body.Approved ? "approve" : "reject", seal, ("reason", reason)).ConfigureAwait(false);
        return SealDocument.From(seal);
    }

    private static RouteHandlerBuilder MapChange(RouteGroupBuilder group, string verb, string action, string operation, Func<RegisteredSeal, string, RegisteredSeal> change) =>
        group.MapPost($"/{{id}}/{verb}", async (HttpContext context, string id, ReasonRequest body, AccessControl access, SealDesk seals, EnterpriseApi enterprises, ActJournal journal) =>
        {
            (Caller caller, _) = await RequireOwnAsync(context, id, Permission.ManageSeals, access, seals, enterprises).ConfigureAwait(false);
            string reason = RequestNumbers.Text(body.Reason, "reason");
            RegisteredSeal seal = await seals.ChangeAsync(id, found => change(found, reason), context.RequestAborted).ConfigureAwait(false);
            await RecordAsync(context, caller, journal, action, operation, seal, ("reason", reason)).ConfigureAwait(false);
            return SealDocument.From(seal);
        }).Produces<SealDocument>();

    private static async Task<SealDocument> GrantAsync(HttpContext context, string id, GrantRequest body, AccessControl access, SealDesk seals, EnterpriseApi enterprises, ActJournal journal)
    {
        (Caller caller, _) = await RequireOwnAsync(context, id, Permission.ManageSeals, access, seals, enterprises).ConfigureAwait(false);
        RegisteredSeal seal = await seals.GrantAsync(id, body.PersonId, caller.Actor, body.Until, context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "seal.granted", "grant", seal, ("person", body.PersonId)).ConfigureAwait(false);
        return SealDocument.From(seal);
    }

    private static async Task<SealDocument> RevokeAsync(HttpContext context, string id, string personId, AccessControl access, SealDesk seals, EnterpriseApi enterprises, ActJournal journal)
    {
        (Caller caller, _) = await RequireOwnAsync(context, id, Permission.ManageSeals, access, seals, enterprises).ConfigureAwait(false);
        RegisteredSeal seal = await seals.ChangeAsync(id, found => found.Revoke(personId), context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "seal.grant-ended", "revoke", seal, ("person", personId)).ConfigureAwait(false);
        return SealDocument.From(seal);
    }

    private static async Task<IResult> UseAsync(HttpContext context, string id, UseRequest body, AccessControl access, SealDesk seals, EnterpriseApi enterprises, ActJournal journal)
    {
        (Caller caller, RegisteredSeal seal) = await RequireOwnAsync(context, id, Permission.ManageSeals, access, seals, enterprises).ConfigureAwait(false);
        if (body.DocumentSha256.Length != Sha256Digits || !body.DocumentSha256.All(char.IsAsciiHexDigit))
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "documentSha256", "文件摘要应为64位十六进制 / A SHA-256 has 64 hexadecimal digits");
        }

        SealUse use = await seals.UseAsync(id, body.PersonId, body.DocumentSha256.ToLowerInvariant(), RequestNumbers.Text(body.Purpose, "purpose", 200), context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "seal.used", "use", seal, ("person", body.PersonId), ("document", use.DocumentSha256)).ConfigureAwait(false);
        return Results.Created($"/api/v1/seals/{id}/uses", use);
    }

    private static async Task<PageDocument<SealUse>> ListUsesAsync(HttpContext context, string id, int? limit, string? after, AccessControl access, SealDesk seals, EnterpriseApi enterprises)
    {
        await RequireOwnAsync(context, id, Permission.ReadApplications, access, seals, enterprises).ConfigureAwait(false);
        PageRequest page = PageRequest.Read(limit, after);
        return await page.CollectAsync(seals.ListUsesAsync(id, page.After, page.Limit + 1, context.RequestAborted), static use => use, static use => use.Id).ConfigureAwait(false);
    }

    /// <summary>A seal of an organisation the caller may see; another's is as absent as one that does not exist.</summary>
    private static async Task<(Caller Caller, RegisteredSeal Seal)> RequireOwnAsync(HttpContext context, string id, Permission permission, AccessControl access, SealDesk seals, EnterpriseApi enterprises)
    {
        Caller caller = await access.RequireAsync(context, permission).ConfigureAwait(false);
        RegisteredSeal seal = await seals.RequireAsync(id, context.RequestAborted).ConfigureAwait(false);
        try
        {
            await enterprises.RequireAsync(context, caller, seal.EnterpriseId).ConfigureAwait(false);
        }
        catch (RegistrationException exception) when (string.Equals(exception.Code, "no-such-application", StringComparison.Ordinal))
        {
            throw new RegistrationException("no-such-seal", $"没有印章{id} / There is no seal {id}");
        }

        return (caller, seal);
    }

    private static async ValueTask RecordAsync(HttpContext context, Caller caller, ActJournal journal, string action, string operation, RegisteredSeal seal, params IReadOnlyList<(string, string?)> details)
    {
        await journal.RecordAsync(context, caller, action, seal.Id, [("enterprise", seal.EnterpriseId), ("state", seal.State.ToString()), .. details]).ConfigureAwait(false);
        await journal.TellAsync("SealStatusChange", new() { ["SealId"] = seal.Id, ["ApplicationId"] = seal.EnterpriseId, ["SealName"] = seal.Name, ["Operate"] = operation, ["State"] = seal.State.ToString() }).ConfigureAwait(false);
    }
}
