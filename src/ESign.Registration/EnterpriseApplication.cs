using ESign.Pki.Names;
using ESign.Registration.AuthorityLetters;

namespace ESign.Registration;

/// <summary>An organisation's application for verification (企业认证), with its evidence. Every step gives a new value.</summary>
/// <remarks>
/// Approved only when the super administrator is verified AND the legal representative authorised or the authority letter was
/// accepted by a reviewer. A register that refuses sends the application to a reviewer (收录).
/// </remarks>
public sealed partial record EnterpriseApplication : IApplication
{
    /// <summary>How the record of a notice to the legal representative is called.</summary>
    internal const string NoticeCheck = "legal-representative-notice";

    /// <summary>Somebody who does not answer three messages is not to be pestered with a fourth.</summary>
    private const int MaximumNotices = 3;

    private EnterpriseApplication(string id, string name, UnifiedSocialCreditCode code, string legalRepresentative, PersonApplication superAdministrator)
    {
        Id = id;
        Name = name;
        Code = code;
        LegalRepresentative = legalRepresentative;
        SuperAdministrator = superAdministrator;
    }

    /// <summary>The application's identifier.</summary>
    public string Id { get; }

    /// <summary>The registered full name.</summary>
    public string Name { get; private init; }

    /// <summary>The unified social credit code: the identity of the organisation, whatever its name.</summary>
    public UnifiedSocialCreditCode Code { get; }

    /// <summary>The legal representative or person in charge.</summary>
    public string LegalRepresentative { get; private init; }

    /// <summary>The document of the legal representative; needed of an individual business's owner, whose letter names it.</summary>
    public IdentityDocument? LegalRepresentativeDocument { get; init; }

    /// <summary>Whether the legal representative is a foreigner: then no register can check that person's face.</summary>
    public bool IsLegalRepresentativeForeign { get; init; }

    /// <summary>The verified person who becomes super administrator; exactly one.</summary>
    public PersonApplication SuperAdministrator { get; private init; }

    /// <summary>Who handed it in: the name of a client of the service, who may see it again; <see langword="null"/> when nobody may.</summary>
    public string? SubmittedBy { get; init; }

    /// <summary>Where the application stands.</summary>
    public ApplicationState State { get; private init; }

    /// <summary>While it is under review: until when a reviewer should have decided.</summary>
    public DateTimeOffset? ReviewDueAt { get; internal init; }

    /// <summary>Whether the register (or a reviewer in its place) confirmed name, code and legal representative.</summary>
    public bool IsRegistryConfirmed { get; private init; }

    /// <summary>How the super administrator is authorised, or <see langword="null"/> so far.</summary>
    public AuthorizationMethod? Authorization { get; private init; }

    /// <summary>The date on the accepted authority letter.</summary>
    public DateOnly? LetterDate { get; private init; }

    /// <summary>The SHA-256 of the signed authority letter, in lower-case hexadecimal; <see langword="null"/> for a letter on paper or none.</summary>
    public string? LetterSha256 { get; private init; }

    /// <summary>What an issued certificate refers to: the application, and the signed letter where there is one.</summary>
    internal string EvidenceReference => LetterSha256 is null ? Id : $"{Id}; letter sha256:{LetterSha256}";

    /// <summary>Every answer of a provider, oldest first.</summary>
    public IReadOnlyList<VerificationRecord> Evidence { get; private init; } = [];

    /// <summary>Who decided, why it was rejected, or why it ended.</summary>
    public string? Decision { get; private init; }

    /// <summary>Whether the legal representative may authorise online: of enterprises (91) and individual businesses (92), and no foreigner.</summary>
    public bool AllowsLegalRepresentative => (Code.IsEnterprise || Code.IsIndividualBusiness) && !IsLegalRepresentativeForeign;

    /// <summary>Submits an application.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="name">The registered full name; English brackets become full-width ones, as registers write them.</param>
    /// <param name="code">The unified social credit code.</param>
    /// <param name="legalRepresentative">The legal representative or person in charge.</param>
    /// <param name="superAdministrator">The applicant, verified as a person.</param>
    /// <returns>The application.</returns>
    /// <exception cref="RegistrationException">The super administrator is not verified.</exception>
    public static EnterpriseApplication Submit(string id, string name, UnifiedSocialCreditCode code, string legalRepresentative, PersonApplication superAdministrator)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(legalRepresentative);
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(superAdministrator);
        if (superAdministrator.State != ApplicationState.Approved)
        {
            throw new RegistrationException("super-administrator", "超级管理员尚未完成实名认证 / The super administrator is not verified yet");
        }

        return new EnterpriseApplication(id, RegisteredName.Of(name), code, legalRepresentative, superAdministrator);
    }

    /// <summary>Adds the business register's answer; a refusal sends the application to a reviewer.</summary>
    /// <param name="record">The answer.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">The application is decided already.</exception>
    public EnterpriseApplication Record(VerificationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Require(ApplicationState.Submitted, ApplicationState.UnderReview);
        return (this with
        {
            Evidence = [.. Evidence, record],
            IsRegistryConfirmed = IsRegistryConfirmed || record.Succeeded,
            State = record.Succeeded ? State : ApplicationState.UnderReview,
        }).Settle();
    }

    /// <summary>Refuses to ask a legal representative by short message who could not authorise, of whom nothing is confirmed, or who was asked often enough.</summary>
    internal void RequireNoticeable()
    {
        RequireAuthorizable();
        if (!IsRegistryConfirmed)
        {
            throw new RegistrationException("registry", "工商信息核验通过后才能通知法定代表人 / The legal representative is told once the business register has confirmed the organisation: nobody is sent an unchecked name");
        }

        if (Evidence.Count(static record => string.Equals(record.Check, NoticeCheck, StringComparison.Ordinal)) >= MaximumNotices)
        {
            throw new RegistrationException("sms-limit", $"每个申请最多通知法定代表人{MaximumNotices}次 / The legal representative is asked at most {MaximumNotices} times for one application");
        }
    }

    /// <summary>The legal representative is about to be asked: counted before it is done, so that requests at the same moment are no way past the limit.</summary>
    internal EnterpriseApplication BeginNotice(VerificationRecord record)
    {
        RequireNoticeable();
        return this with { Evidence = [.. Evidence, record] };
    }

    /// <summary>The carrier answered: its record takes the place of the one the notice began with.</summary>
    internal EnterpriseApplication EndNotice(VerificationRecord begun, VerificationRecord answer) =>
        this with { Evidence = [.. Evidence.Select(record => record == begun ? answer with { Check = NoticeCheck } : record)] };

    private void RequireAuthorizable()
    {
        Require(ApplicationState.Submitted, ApplicationState.UnderReview);
        if (!AllowsLegalRepresentative)
        {
            throw LegalRepresentativeCannot();
        }
    }

    /// <summary>The legal representative authorised the super administrator after a face check.</summary>
    /// <param name="record">The check of the legal representative.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">The organisation is of a kind that needs a letter, or the check failed.</exception>
    public EnterpriseApplication AuthorizeByLegalRepresentative(VerificationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        RequireAuthorizable();
        if (!record.Succeeded)
        {
            throw new RegistrationException("authorization", $"法定代表人核验未通过：{record.Detail} / The legal representative was not confirmed: {record.Detail}");
        }

        return (this with { Evidence = [.. Evidence, record], Authorization = AuthorizationMethod.LegalRepresentative }).Settle();
    }

    /// <summary>An authority letter sealed on paper was uploaded as a picture; a reviewer has to look at it.</summary>
    /// <param name="signed">The date on the letter.</param>
    /// <param name="uploaded">The day of the upload.</param>
    /// <returns>The application after it, under review.</returns>
    /// <exception cref="RegistrationException">The letter is too old or dated ahead.</exception>
    public EnterpriseApplication UploadLetter(DateOnly signed, DateOnly uploaded)
    {
        Require(ApplicationState.Submitted, ApplicationState.UnderReview);
        AuthorityLetterDate.Check(signed, uploaded);
        return this with { LetterDate = signed, LetterSha256 = null, State = ApplicationState.UnderReview };
    }

    /// <summary>A signed authority letter was uploaded and checked; a reviewer has to look at it.</summary>
    /// <param name="verdict">What <see cref="AuthorityLetterVerifier"/> found.</param>
    /// <returns>The application after it, under review, with the check as evidence.</returns>
    /// <exception cref="RegistrationException">The letter was not accepted (the code of the first finding), or belongs to another application (<c>letter-application</c>).</exception>
    public EnterpriseApplication UploadLetter(AuthorityLetterVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        Require(ApplicationState.Submitted, ApplicationState.UnderReview);
        if (!string.Equals(verdict.ApplicationId, Id, StringComparison.Ordinal))
        {
            throw new RegistrationException("letter-application", $"授权书属于申请{verdict.ApplicationId} / The letter belongs to application {verdict.ApplicationId}");
        }

        if (verdict.Findings is [var refusal, ..])
        {
            throw new RegistrationException(refusal.Code, refusal.Message);
        }

        return this with
        {
            LetterDate = verdict.SignedOn,
            LetterSha256 = verdict.Sha256,
            Evidence = [.. Evidence, verdict.ToRecord()],
            State = ApplicationState.UnderReview,
        };
    }

    /// <summary>A reviewer's decision on everything uploaded; approval stands in for a register that does not know the organisation yet.</summary>
    /// <param name="approved">Whether it is accepted.</param>
    /// <param name="reviewer">Who decided.</param>
    /// <param name="reason">Why.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">It is not under review, or approved without any authorisation.</exception>
    public EnterpriseApplication Decide(bool approved, string reviewer, string reason)
    {
        Require(ApplicationState.UnderReview);
        string decision = $"{reviewer}: {reason}";
        if (!approved)
        {
            return this with { State = ApplicationState.Rejected, Decision = decision };
        }

        AuthorizationMethod? authorization = Authorization ?? (LetterDate is null ? null : AuthorizationMethod.AuthorityLetter);
        return authorization is null
            ? this with { State = ApplicationState.Submitted, IsRegistryConfirmed = true, Decision = decision }
            : this with { State = ApplicationState.Approved, IsRegistryConfirmed = true, Authorization = authorization, Decision = decision };
    }

    /// <summary>The applicant takes the application back.</summary>
    /// <param name="reason">Why.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">It is decided already.</exception>
    public EnterpriseApplication Withdraw(string reason)
    {
        Require(ApplicationState.Submitted, ApplicationState.UnderReview);
        return this with { State = ApplicationState.Withdrawn, Decision = reason };
    }

    /// <summary>The identity ended: dissolved, renamed, data mismatch. Certificates must be revoked.</summary>
    /// <param name="reason">Why.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">It was never approved.</exception>
    public EnterpriseApplication End(string reason)
    {
        Require(ApplicationState.Approved);
        return this with { State = ApplicationState.Ended, Decision = reason };
    }

    /// <summary>The subject a seal certificate may be issued for.</summary>
    /// <returns>The verified subject.</returns>
    /// <exception cref="RegistrationException">The application is not approved (<c>state</c>), or a change of it is being made (<c>change-pending</c>).</exception>
    public CertificateSubject ToSubject()
    {
        Require(ApplicationState.Approved);
        RequireNoGrantedChange();
        return CertificateSubject.Enterprise(Name, Code);
    }

    /// <summary>Brings back what was kept.</summary>
    internal static EnterpriseApplication Restore(ApplicationCodec.EnterpriseData data, UnifiedSocialCreditCode code, PersonApplication superAdministrator) =>
        new(data.Id, data.Name, code, data.LegalRepresentative, superAdministrator)
        {
            SubmittedBy = data.SubmittedBy,
            ReviewDueAt = data.ReviewDueAt,
            LegalRepresentativeDocument = data.LegalRepresentativeDocument?.ToDocument(),
            IsLegalRepresentativeForeign = data.IsLegalRepresentativeForeign,
            BankChallenge = data.BankChallenge?.ToChallenge(),
            PendingChange = data.PendingChange?.ToChange(),
            Changes = data.Changes,
            OperatorIds = data.OperatorIds,
            LeavingIds = data.LeavingIds,
            MismatchFoundAt = data.MismatchFoundAt,
            State = data.State,
            IsRegistryConfirmed = data.IsRegistryConfirmed,
            Authorization = data.Authorization,
            LetterDate = data.LetterDate,
            LetterSha256 = data.LetterSha256,
            Evidence = data.Evidence,
            Decision = data.Decision,
        };

    private RegistrationException LegalRepresentativeCannot() => IsLegalRepresentativeForeign
        ? new RegistrationException("authorization", "法定代表人为外籍人士，不能使用法人授权，请使用对公打款或超管授权书 / A foreign legal representative cannot authorise online: use the bank or an authority letter")
        : new RegistrationException("authorization", $"信息不正确：主体类型“{Code.Category}”只能使用超管授权书 / An organisation of kind {Code.Category} needs an authority letter");

    private EnterpriseApplication Settle() => IsRegistryConfirmed && Authorization is (AuthorizationMethod.LegalRepresentative or AuthorizationMethod.BankTransfer)
        ? this with { State = ApplicationState.Approved }
        : this;

    /// <summary>Refuses what was never approved: it has nothing to end.</summary>
    internal void RequireEndable() => Require(ApplicationState.Approved, ApplicationState.Ended);

    private void Require(params ReadOnlySpan<ApplicationState> states)
    {
        if (!states.Contains(State))
        {
            throw new RegistrationException("state", $"申请状态为{State}，不能执行此操作 / The application is {State}: this step is not possible");
        }
    }
}
