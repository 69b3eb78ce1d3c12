using ESign.AspNetCore.Access;
using ESign.AspNetCore.Api;
using ESign.AspNetCore.Operations;
using ESign.Registration;
using ESign.Registration.AuthorityLetters;
using ESign.Registration.Banking;
using ESign.Registration.EvidenceFiles;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Applications;

/// <summary>How an organisation authorises its super administrator: legal representative, authority letter, bank; and the documents a reviewer needs.</summary>
internal static class AuthorizationApi
{
    /// <summary>Scans are larger than protocol messages and lines slower upwards.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static void Map(RouteGroupBuilder applications)
    {
        RouteGroupBuilder group = applications.MapGroup("/enterprises/{id}").WithTags("Applications");
        group.MapPost("/legal-representative", AuthorizeAsync).WithSummary("The legal representative authorises, after a face check").Produces<EnterpriseDocument>();
        group.MapPost("/legal-representative/notice", NotifyAsync).WithSummary("Ask the legal representative by short message to authorise (短信通知法人); the number is not kept").Produces<EnterpriseDocument>();
        group.MapGet("/letter", GetLetterAsync).WithSummary("The authority letter, filled in (PDF); it shows numbers in full").Produces(StatusCodes.Status200OK, contentType: "application/pdf");
        group.MapPost("/letter", UploadLetterAsync)
            .WithSummary("Upload the letter: signed electronically (PDF, without a date), or a scan of a sealed one with the date written on it (signed=2024年6月1日)")
            .Accepts<IFormFile>("application/pdf", "image/png", "image/jpeg").Produces<EnterpriseDocument>();
        group.MapPost("/evidence", UploadAsync).WithSummary("Upload a document (PDF, PNG, JPEG)").Accepts<IFormFile>("application/pdf", "image/png", "image/jpeg").Produces<EvidenceDocument>(StatusCodes.Status201Created);
        group.MapGet("/evidence", ListAsync).WithSummary("The documents uploaded").Produces<IReadOnlyList<EvidenceDocument>>();
        group.MapGet("/evidence/{fileId}", DownloadAsync).WithSummary("One document; unmask=reason, recorded");
        group.MapPost("/bank", StartBankAsync).WithSummary("Begin a bank challenge (对公打款, 充值认证)").Produces<BankDocument>();
        group.MapPost("/bank/answer", AnswerBankAsync).WithSummary("Name the amount that arrived").Produces<EnterpriseDocument>();
    }

    private static async Task<EnterpriseDocument> AuthorizeAsync(HttpContext context, string id, LegalRepresentativeRequest body, AccessControl access, EnterpriseApi enterprises)
    {
        (Caller caller, _) = await enterprises.RequireOwnAsync(context, id, access).ConfigureAwait(false);
        EnterpriseApplication enterprise = await enterprises.Registration.AuthorizeByLegalRepresentativeAsync(id, body.Name, RequestNumbers.Document(body.DocumentKind, body.DocumentNumber), context.RequestAborted).ConfigureAwait(false);
        await enterprises.RecordAsync(context, caller, "application.authorized", enterprise, ("by", "legal representative")).ConfigureAwait(false);
        return EnterpriseDocument.From(enterprise);
    }

    private static async Task<EnterpriseDocument> NotifyAsync(HttpContext context, string id, MobileRequest body, AccessControl access, EnterpriseApi enterprises)
    {
        (Caller caller, _) = await enterprises.RequireOwnAsync(context, id, access).ConfigureAwait(false);
        EnterpriseApplication enterprise = await enterprises.Registration.NotifyLegalRepresentativeAsync(id, RequestNumbers.Mobile(body.Mobile), context.RequestAborted).ConfigureAwait(false);
        await enterprises.RecordAsync(context, caller, "legal-representative.notified", enterprise).ConfigureAwait(false);
        return EnterpriseDocument.From(enterprise);
    }

    private static async Task<IResult> GetLetterAsync(HttpContext context, string id, AccessControl access, EnterpriseApi enterprises, ApplicationSettings settings, ActJournal journal)
    {
        (Caller caller, _) = await enterprises.RequireOwnAsync(context, id, access).ConfigureAwait(false);
        AuthorityLetter letter = await enterprises.Registration.PrepareLetterAsync(id, settings.Platform, context.RequestAborted).ConfigureAwait(false);
        await journal.RecordAsync(context, caller, "letter.given-out", id).ConfigureAwait(false);
        return Results.Bytes(letter.ToPdf(), "application/pdf", "authority-letter.pdf");
    }

    private static async Task<EnterpriseDocument> UploadLetterAsync(
        HttpContext context, string id, string? signed, AccessControl access, EnterpriseApi enterprises, ApplicationSettings settings, DocumentVerification verification, TimeProvider time)
    {
        (Caller caller, _) = await enterprises.RequireOwnAsync(context, id, access).ConfigureAwait(false);
        byte[] file = await RequestBody.ReadAsync(context, EvidenceFile.MaximumSize, time, Patience).ConfigureAwait(false);
        EnterpriseApplication enterprise;
        if (signed is null)
        {
            AuthorityLetter letter = await enterprises.Registration.PrepareLetterAsync(id, settings.Platform, context.RequestAborted).ConfigureAwait(false);
            using var upload = new MemoryStream(file, writable: false);
            AuthorityLetterVerdict verdict = await new AuthorityLetterVerifier(await verification.CreatePolicyAsync(context.RequestAborted).ConfigureAwait(false)).VerifyAsync(letter, upload, context.RequestAborted).ConfigureAwait(false);
            enterprise = await enterprises.Registration.UploadSignedLetterAsync(id, verdict, context.RequestAborted).ConfigureAwait(false);
        }
        else
        {
            enterprise = await enterprises.Registration.UploadPaperLetterAsync(id, signed, context.RequestAborted).ConfigureAwait(false);
        }

        EvidenceFile kept = await enterprises.Registration.AddFileAsync(id, EvidenceKind.AuthorityLetter, file, context.RequestAborted).ConfigureAwait(false);
        await enterprises.RecordAsync(context, caller, "letter.uploaded", enterprise, ("sha256", kept.Sha256), ("form", signed is null ? "signed" : "paper")).ConfigureAwait(false);
        return EnterpriseDocument.From(enterprise);
    }

    private static async Task<IResult> UploadAsync(HttpContext context, string id, string kind, AccessControl access, EnterpriseApi enterprises, ActJournal journal, TimeProvider time)
    {
        (Caller caller, _) = await enterprises.RequireOwnAsync(context, id, access).ConfigureAwait(false);
        EvidenceKind shown = RequestNumbers.Choice<EvidenceKind>(kind, "kind");
        byte[] content = await RequestBody.ReadAsync(context, EvidenceFile.MaximumSize, time, Patience).ConfigureAwait(false);
        EvidenceFile file = await enterprises.Registration.AddFileAsync(id, shown, content, context.RequestAborted).ConfigureAwait(false);
        await journal.RecordAsync(context, caller, "evidence.uploaded", id, ("file", file.Id), ("kind", shown.ToString()), ("sha256", file.Sha256)).ConfigureAwait(false);
        return Results.Created($"/api/v1/applications/enterprises/{id}/evidence/{file.Id}", EvidenceDocument.From(file));
    }

    private static async Task<IReadOnlyList<EvidenceDocument>> ListAsync(HttpContext context, string id, AccessControl access, EnterpriseApi enterprises)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReadApplications).ConfigureAwait(false);
        await enterprises.RequireAsync(context, caller, id).ConfigureAwait(false);
        return [.. (await enterprises.Registration.ListFilesAsync(id, context.RequestAborted).ConfigureAwait(false)).Select(EvidenceDocument.From)];
    }

    private static async Task<IResult> DownloadAsync(HttpContext context, string id, string fileId, string unmask, AccessControl access, EnterpriseApi enterprises)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReadPersonalData).ConfigureAwait(false);
        EvidenceFile file = (await enterprises.Registration.ListFilesAsync(id, context.RequestAborted).ConfigureAwait(false)).FirstOrDefault(found => string.Equals(found.Id, fileId, StringComparison.Ordinal))
            ?? throw new RequestRefusedException(StatusCodes.Status404NotFound, "no-such-file", $"没有文件{fileId} / There is no file {fileId}");
        await enterprises.Desk.RecordUnmaskingAsync(context, caller, $"{id}/{fileId}", unmask).ConfigureAwait(false);
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.Bytes(file.Content, file.ContentType, fileId);
    }

    private static async Task<BankDocument> StartBankAsync(HttpContext context, string id, BankRequest body, AccessControl access, EnterpriseApi enterprises)
    {
        (Caller caller, _) = await enterprises.RequireOwnAsync(context, id, access).ConfigureAwait(false);
        var account = new BankAccount(RequestNumbers.Text(body.Holder, "holder", 100), RequestNumbers.Text(body.Number, "number", 32), RequestNumbers.Text(body.Bank, "bank", 100));
        (EnterpriseApplication enterprise, int fen) = await enterprises.Registration.StartBankChallengeAsync(id, body.Kind, account, context.RequestAborted).ConfigureAwait(false);
        await enterprises.RecordAsync(context, caller, "bank.started", enterprise, ("account", account.MaskedNumber)).ConfigureAwait(false);
        return BankDocument.From(enterprise.BankChallenge!, unmasked: false) with { Amount = fen == 0 ? null : fen / 100m };
    }

    private static async Task<EnterpriseDocument> AnswerBankAsync(HttpContext context, string id, BankAnswerRequest body, AccessControl access, EnterpriseApi enterprises, ActJournal journal)
    {
        (Caller caller, _) = await enterprises.RequireOwnAsync(context, id, access).ConfigureAwait(false);
        int fen = body.Amount is >= 0 and < 1000 && body.Amount * 100 % 1 == 0 ? (int)(body.Amount.Value * 100) : 0;
        try
        {
            EnterpriseApplication enterprise = await enterprises.Registration.AnswerBankChallengeAsync(id, fen, context.RequestAborted).ConfigureAwait(false);
            await enterprises.RecordAsync(context, caller, "bank.answered", enterprise, ("outcome", "right")).ConfigureAwait(false);
            return EnterpriseDocument.From(enterprise);
        }
        catch (RegistrationException refusal)
        {
            await journal.RecordAsync(context, caller, "bank.answered", id, ("outcome", refusal.Code)).ConfigureAwait(false);
            throw;
        }
    }
}
