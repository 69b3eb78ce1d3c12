using System.Text.Json.Serialization;
using ESign.Pki.Names;
using ESign.Registration.Banking;

namespace ESign.Registration;

/// <summary>Applications as data, for stores. Reading restores what was written without judging it anew: rules change, records do not.</summary>
internal static class ApplicationCodec
{
    public static PersonData ToData(PersonApplication person) => new(
        person.Id, person.Name, DocumentData.From(person.Document), person.Mobile?.Value, person.State, person.Assurance, person.Consents, person.Evidence, person.Decision, person.SubmittedBy, person.ReviewDueAt);

    public static EnterpriseData ToData(EnterpriseApplication application) => new(application.Id, application.Name, application.Code.Value, application.LegalRepresentative, ToData(application.SuperAdministrator))
    {
        SubmittedBy = application.SubmittedBy,
        ReviewDueAt = application.ReviewDueAt,
        LegalRepresentativeDocument = application.LegalRepresentativeDocument is { } document ? DocumentData.From(document) : null,
        IsLegalRepresentativeForeign = application.IsLegalRepresentativeForeign,
        State = application.State,
        IsRegistryConfirmed = application.IsRegistryConfirmed,
        Authorization = application.Authorization,
        LetterDate = application.LetterDate,
        LetterSha256 = application.LetterSha256,
        BankChallenge = application.BankChallenge is { } challenge ? BankData.From(challenge) : null,
        PendingChange = application.PendingChange is { } change ? ChangeData.From(change) : null,
        Changes = application.Changes,
        OperatorIds = application.OperatorIds,
        LeavingIds = application.LeavingIds,
        MismatchFoundAt = application.MismatchFoundAt,
        Evidence = application.Evidence,
        Decision = application.Decision,
    };

    public static PersonApplication ToPerson(PersonData data) => PersonApplication.Restore(data, data.Document.ToDocument(), data.Mobile is null ? null : MobileNumber.Parse(data.Mobile));

    public static EnterpriseApplication ToEnterprise(EnterpriseData data) => EnterpriseApplication.Restore(data, UnifiedSocialCreditCode.Parse(data.Code), ToPerson(data.SuperAdministrator));

    internal sealed record DocumentData(IdentityDocumentKind Kind, string Number)
    {
        public static DocumentData From(IdentityDocument document) => new(document.Kind, document.Value);

        public IdentityDocument ToDocument() => IdentityDocument.Parse(Kind, Number);
    }

    internal sealed record PersonData(
        string Id,
        string Name,
        DocumentData Document,
        string? Mobile,
        ApplicationState State,
        AssuranceLevel? Assurance,
        IReadOnlyList<Consent> Consents,
        IReadOnlyList<VerificationRecord> Evidence,
        string? Decision,
        string? SubmittedBy,
        DateTimeOffset? ReviewDueAt = null);

    internal sealed record BankData(BankChallengeKind Kind, BankAccount Account, DateTimeOffset StartedAt, VerificationRecord Order, BankChallengeState State, int TriesLeft, int AmountFen)
    {
        public static BankData From(BankChallenge challenge) =>
            new(challenge.Kind, challenge.Account, challenge.StartedAt, challenge.Order, challenge.State, challenge.TriesLeft, challenge.AmountFen);

        public BankChallenge ToChallenge() =>
            new() { Kind = Kind, Account = Account, StartedAt = StartedAt, Order = Order, State = State, TriesLeft = TriesLeft, AmountFen = AmountFen };
    }

    internal sealed record ChangeData(EnterpriseChangeKind Kind, string NewValue, PersonData? SuperAdministrator, string Reason, string RequestedBy, DateTimeOffset RequestedAt, VerificationRecord? Registry, bool IsGranted = false)
    {
        public static ChangeData From(EnterpriseChange change) =>
            new(change.Kind, change.NewValue, change.SuperAdministrator is { } person ? ToData(person) : null, change.Reason, change.RequestedBy, change.RequestedAt, change.Registry, change.IsGranted);

        public EnterpriseChange ToChange() => new()
        {
            Kind = Kind,
            NewValue = NewValue,
            SuperAdministrator = SuperAdministrator is null ? null : ToPerson(SuperAdministrator),
            Reason = Reason,
            RequestedBy = RequestedBy,
            RequestedAt = RequestedAt,
            Registry = Registry,
            IsGranted = IsGranted,
        };
    }

    internal sealed record EnterpriseData(string Id, string Name, string Code, string LegalRepresentative, PersonData SuperAdministrator)
    {
        public string? SubmittedBy { get; init; }

        public DateTimeOffset? ReviewDueAt { get; init; }

        public DocumentData? LegalRepresentativeDocument { get; init; }

        public bool IsLegalRepresentativeForeign { get; init; }

        public ApplicationState State { get; init; }

        public bool IsRegistryConfirmed { get; init; }

        public AuthorizationMethod? Authorization { get; init; }

        public DateOnly? LetterDate { get; init; }

        public string? LetterSha256 { get; init; }

        public BankData? BankChallenge { get; init; }

        public ChangeData? PendingChange { get; init; }

        public IReadOnlyList<EnterpriseChangeRecord> Changes { get; init => field = value ?? []; } = [];

        public IReadOnlyList<string> OperatorIds { get; init => field = value ?? []; } = [];

        public IReadOnlyList<string> LeavingIds { get; init => field = value ?? []; } = [];

        public DateTimeOffset? MismatchFoundAt { get; init; }

        public IReadOnlyList<VerificationRecord> Evidence { get; init => field = value ?? []; } = [];

        public string? Decision { get; init; }
    }
}

/// <summary>The JSON of <see cref="ApplicationCodec"/>: names for enumerations, so that their order may change.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApplicationCodec.PersonData))]
[JsonSerializable(typeof(ApplicationCodec.EnterpriseData))]
internal sealed partial class ApplicationJsonContext : JsonSerializerContext;
