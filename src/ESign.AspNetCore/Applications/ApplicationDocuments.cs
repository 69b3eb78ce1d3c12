using ESign.Pki.Names;
using ESign.Registration;
using ESign.Registration.Banking;
using ESign.Registration.EvidenceFiles;

namespace ESign.AspNetCore.Applications;

/// <summary>A person's application as answers show it: masked, unless unmasking was asked for, allowed and recorded.</summary>
internal sealed record PersonDocument
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required IdentityDocumentKind DocumentKind { get; init; }

    public required string DocumentNumber { get; init; }

    public string? Mobile { get; init; }

    public required ApplicationState State { get; init; }

    /// <summary>While it is under review: until when a reviewer should have decided.</summary>
    public DateTimeOffset? ReviewDueAt { get; init; }

    /// <summary><c>verified</c> or <c>formal</c> (形式签).</summary>
    public AssuranceLevel? Assurance { get; init; }

    public required IReadOnlyList<Consent> Consents { get; init; }

    public required IReadOnlyList<VerificationRecord> Evidence { get; init; }

    public string? Decision { get; init; }

    public static PersonDocument From(PersonApplication person, bool unmasked = false) => new()
    {
        Id = person.Id,
        Name = unmasked ? person.Name : Masking.PersonName(person.Name),
        DocumentKind = person.Document.Kind,
        DocumentNumber = unmasked ? person.Document.Value : person.Document.Masked,
        Mobile = unmasked ? person.Mobile?.Value : person.Mobile?.Masked,
        State = person.State,
        ReviewDueAt = person.ReviewDueAt,
        Assurance = person.Assurance,
        Consents = person.Consents,
        Evidence = person.Evidence,
        Decision = person.Decision,
    };
}

/// <summary>An organisation's application as answers show it: its own name and code are public, persons are masked.</summary>
internal sealed record EnterpriseDocument
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string CreditCode { get; init; }

    /// <summary>What the credit code says the organisation is.</summary>
    public required string Category { get; init; }

    public required string LegalRepresentative { get; init; }

    public required PersonDocument SuperAdministrator { get; init; }

    public required ApplicationState State { get; init; }

    /// <summary>While it is under review: until when a reviewer should have decided.</summary>
    public DateTimeOffset? ReviewDueAt { get; init; }

    public required bool IsRegistryConfirmed { get; init; }

    public AuthorizationMethod? Authorization { get; init; }

    public required bool AllowsLegalRepresentative { get; init; }

    public required bool AllowsBankTransfer { get; init; }

    public DateOnly? LetterDate { get; init; }

    public string? LetterSha256 { get; init; }

    public BankDocument? Bank { get; init; }

    public ChangeDocument? PendingChange { get; init; }

    public required IReadOnlyList<EnterpriseChangeRecord> Changes { get; init; }

    public required IReadOnlyList<string> OperatorIds { get; init; }

    /// <summary>Since when the business register contradicts.</summary>
    public DateTimeOffset? MismatchFoundAt { get; init; }

    public required IReadOnlyList<VerificationRecord> Evidence { get; init; }

    public string? Decision { get; init; }

    public static EnterpriseDocument From(EnterpriseApplication enterprise, bool unmasked = false) => new()
    {
        Id = enterprise.Id,
        Name = enterprise.Name,
        CreditCode = enterprise.Code.Value,
        Category = enterprise.Code.Category,
        LegalRepresentative = unmasked ? enterprise.LegalRepresentative : Masking.PersonName(enterprise.LegalRepresentative),
        SuperAdministrator = PersonDocument.From(enterprise.SuperAdministrator, unmasked),
        State = enterprise.State,
        ReviewDueAt = enterprise.ReviewDueAt,
        IsRegistryConfirmed = enterprise.IsRegistryConfirmed,
        Authorization = enterprise.Authorization,
        AllowsLegalRepresentative = enterprise.AllowsLegalRepresentative,
        AllowsBankTransfer = enterprise.AllowsBankTransfer,
        LetterDate = enterprise.LetterDate,
        LetterSha256 = enterprise.LetterSha256,
        Bank = enterprise.BankChallenge is { } challenge ? BankDocument.From(challenge, unmasked) : null,
        PendingChange = enterprise.PendingChange is { } change ? new ChangeDocument(change.Kind, MaskedValue(change.Kind, change.NewValue, unmasked), change.Reason, change.RequestedAt, change.Registry) : null,
        Changes = [.. enterprise.Changes.Select(made => made with { From = MaskedValue(made.Kind, made.From, unmasked), To = MaskedValue(made.Kind, made.To, unmasked) })],
        OperatorIds = enterprise.OperatorIds,
        MismatchFoundAt = enterprise.MismatchFoundAt,
        Evidence = enterprise.Evidence,
        Decision = enterprise.Decision,
    };

    private static string MaskedValue(EnterpriseChangeKind kind, string value, bool unmasked) => unmasked || kind == EnterpriseChangeKind.Name ? value : Masking.PersonName(value);
}

/// <summary>A bank challenge. The amount, in yuan, is told once when a top-up begins, and shown unmasked for an offline payment, so that a demonstration can be finished.</summary>
internal sealed record BankDocument(BankChallengeKind Kind, BankChallengeState State, string Number, string Bank, int TriesLeft, DateTimeOffset ExpiresAt, bool IsOffline, decimal? Amount = null)
{
    public static BankDocument From(BankChallenge challenge, bool unmasked) => new(
        challenge.Kind, challenge.State, challenge.Account.MaskedNumber, challenge.Account.Bank, challenge.TriesLeft, challenge.ExpiresAt, challenge.Order.IsOffline,
        unmasked && challenge.Order.IsOffline ? challenge.AmountFen / 100m : null);
}

/// <summary>A change under review.</summary>
internal sealed record ChangeDocument(EnterpriseChangeKind Kind, string NewValue, string Reason, DateTimeOffset RequestedAt, VerificationRecord? Registry);

/// <summary>An uploaded file, without its content.</summary>
internal sealed record EvidenceDocument(string Id, EvidenceKind Kind, string ContentType, string Sha256, int Size, DateTimeOffset UploadedAt)
{
    public static EvidenceDocument From(EvidenceFile file) => new(file.Id, file.Kind, file.ContentType, file.Sha256, file.Content.Length, file.UploadedAt);
}

/// <summary>What became of an identity that ended or changed.</summary>
/// <param name="Enterprise">The organisation after it.</param>
/// <param name="Revoked">How many certificates were revoked.</param>
/// <param name="SealsCancelled">How many of its seals were made void.</param>
internal sealed record EnterpriseOutcomeDocument(EnterpriseDocument Enterprise, int Revoked, int SealsCancelled);

/// <summary>What became of a person whose identity ended.</summary>
internal sealed record PersonOutcomeDocument(PersonDocument Person, int Revoked);

/// <summary>A certificate that was issued for an application.</summary>
internal sealed record IssuedDocument(string Issuer, string SerialNumber, DateTimeOffset NotAfter, string Certificate, IReadOnlyList<string> Chain);
