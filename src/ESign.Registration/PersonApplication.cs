using ESign.Pki.Names;

namespace ESign.Registration;

/// <summary>A person's application for verification (实名认证), with its evidence. Every step gives a new value.</summary>
/// <remarks>Submitted → Approved | UnderReview → Approved | Rejected; Approved → Ended when name or document change.</remarks>
public sealed record PersonApplication : IApplication
{
    private PersonApplication(string id, string name, IdentityDocument document)
    {
        Id = id;
        Name = name;
        Document = document;
    }

    /// <summary>The application's identifier.</summary>
    public string Id { get; }

    /// <summary>The name in the document.</summary>
    public string Name { get; }

    /// <summary>The document.</summary>
    public IdentityDocument Document { get; }

    /// <summary>The applicant's telephone number.</summary>
    public MobileNumber? Mobile { get; private init; }

    /// <summary>Who handed it in: the name of a client of the service, who may see it again; <see langword="null"/> when nobody may.</summary>
    public string? SubmittedBy { get; init; }

    /// <summary>Where the application stands.</summary>
    public ApplicationState State { get; private init; }

    /// <summary>While it is under review: until when a reviewer should have decided.</summary>
    public DateTimeOffset? ReviewDueAt { get; internal init; }

    /// <summary>How well the identity is established, once approved.</summary>
    public AssuranceLevel? Assurance { get; private init; }

    /// <summary>What the applicant agreed to.</summary>
    public IReadOnlyList<Consent> Consents { get; private init; } = [];

    /// <summary>Every answer of a provider, oldest first.</summary>
    public IReadOnlyList<VerificationRecord> Evidence { get; private init; } = [];

    /// <summary>Who decided, why it was rejected, or why it ended.</summary>
    public string? Decision { get; private init; }

    /// <summary>Submits an application.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="name">The name in the document.</param>
    /// <param name="document">The document.</param>
    /// <param name="mobile">The applicant's telephone number, if given.</param>
    /// <param name="consents">What the applicant agreed to; at least one.</param>
    /// <param name="day">The day of the application.</param>
    /// <param name="declaredBirthDate">Needed for documents whose number carries none.</param>
    /// <param name="ages">The age rules; 16 and 18 when absent.</param>
    /// <returns>The application.</returns>
    /// <exception cref="RegistrationException">Too young, no birth date, or no consent.</exception>
    public static PersonApplication Submit(string id, string name, IdentityDocument document, MobileNumber? mobile, IReadOnlyList<Consent> consents, DateOnly day, DateOnly? declaredBirthDate = null, AgePolicy? ages = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(consents);
        if (consents.Count == 0)
        {
            throw new RegistrationException("consent", "请先阅读并同意相关协议 / The applicant has not agreed to anything yet");
        }

        (ages ?? AgePolicy.Default).Check(document, declaredBirthDate, day);
        return new PersonApplication(id, name, document) { Mobile = mobile, Consents = [.. consents] };
    }

    /// <summary>Adds a provider's answer: confirmed approves, refused goes to a reviewer.</summary>
    /// <remarks>A passport cannot be confirmed here: the answer leads to formal assurance (形式签) at best.</remarks>
    /// <param name="record">The answer.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">The application is decided already.</exception>
    public PersonApplication Record(VerificationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Require(ApplicationState.Submitted, ApplicationState.UnderReview);
        return this with
        {
            Evidence = [.. Evidence, record],
            State = record.Succeeded ? ApplicationState.Approved : ApplicationState.UnderReview,
            Assurance = record.Succeeded ? AssuranceFor(Document) : null,
        };
    }

    /// <summary>A reviewer's decision.</summary>
    /// <param name="approved">Whether the identity is accepted.</param>
    /// <param name="reviewer">Who decided.</param>
    /// <param name="reason">Why.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">It is not under review.</exception>
    public PersonApplication Decide(bool approved, string reviewer, string reason)
    {
        Require(ApplicationState.UnderReview);
        return this with
        {
            State = approved ? ApplicationState.Approved : ApplicationState.Rejected,
            Assurance = approved ? AssuranceFor(Document) : null,
            Decision = $"{reviewer}: {reason}",
        };
    }

    /// <summary>The identity ended: name or document changed, account closed. Certificates must be revoked.</summary>
    /// <param name="reason">Why.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">It was never approved.</exception>
    public PersonApplication End(string reason)
    {
        Require(ApplicationState.Approved);
        return this with { State = ApplicationState.Ended, Decision = reason };
    }

    /// <summary>The applicant takes the application back.</summary>
    /// <param name="reason">Why.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">It is decided already.</exception>
    public PersonApplication Withdraw(string reason)
    {
        Require(ApplicationState.Submitted, ApplicationState.UnderReview);
        return this with { State = ApplicationState.Withdrawn, Decision = reason };
    }

    /// <summary>Binds another telephone number (换绑手机), after the person was verified again.</summary>
    /// <param name="mobile">The new number.</param>
    /// <param name="record">The check of the person.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">It is not approved (<c>state</c>), or the check failed (<c>identity</c>).</exception>
    public PersonApplication Rebind(MobileNumber mobile, VerificationRecord record)
    {
        ArgumentNullException.ThrowIfNull(mobile);
        return Confirm(record) with { Mobile = mobile, Evidence = [.. Evidence, record] };
    }

    /// <summary>Gives the number free: its new holder registered, and this person, verified, agreed or lost it (手机二次放号).</summary>
    /// <param name="record">The check of this person, or of the new holder by the carrier.</param>
    /// <returns>The application after it, without a number until <see cref="Rebind"/>.</returns>
    /// <exception cref="RegistrationException">It is not approved (<c>state</c>), or the check failed (<c>identity</c>).</exception>
    public PersonApplication ReleaseMobile(VerificationRecord record) => Confirm(record) with { Mobile = null, Evidence = [.. Evidence, record] };

    /// <summary>The subject a certificate may be issued for.</summary>
    /// <returns>The verified subject.</returns>
    /// <exception cref="RegistrationException">The application is not approved.</exception>
    public CertificateSubject ToSubject()
    {
        Require(ApplicationState.Approved);
        return CertificateSubject.Person(Name, Document);
    }

    /// <summary>Brings back what was kept.</summary>
    internal static PersonApplication Restore(ApplicationCodec.PersonData data, IdentityDocument document, MobileNumber? mobile) => new(data.Id, data.Name, document)
    {
        Mobile = mobile,
        SubmittedBy = data.SubmittedBy,
        ReviewDueAt = data.ReviewDueAt,
        State = data.State,
        Assurance = data.Assurance,
        Consents = data.Consents,
        Evidence = data.Evidence,
        Decision = data.Decision,
    };

    /// <summary>Refuses what was never approved: it has nothing to end.</summary>
    internal void RequireEndable() => Require(ApplicationState.Approved, ApplicationState.Ended);

    internal void Require(params ReadOnlySpan<ApplicationState> states)
    {
        if (!states.Contains(State))
        {
            throw new RegistrationException("state", $"申请状态为{State}，不能执行此操作 / The application is {State}: this step is not possible");
        }
    }

    private PersonApplication Confirm(VerificationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Require(ApplicationState.Approved);
        return record.Succeeded ? this : throw new RegistrationException("identity", $"身份核验未通过：{record.Detail} / The person was not confirmed: {record.Detail}");
    }

    private static AssuranceLevel AssuranceFor(IdentityDocument document) =>
        document.Kind == IdentityDocumentKind.Passport ? AssuranceLevel.Formal : AssuranceLevel.Verified;
}
