using System.Security.Cryptography;
using ESign.Pki.Names;
using ESign.Registration.EvidenceFiles;
using ESign.Registration.Protection;
using ESign.Registration.Records;
using ESign.Registration.Willingness;

namespace ESign.Registration;

/// <summary>Where applications are handed in, checked by the providers, reviewed and changed. Every step is kept before it is answered.</summary>
/// <remarks>Certificates are <see cref="RegistrationAuthority"/>'s: nothing here issues or revokes. Thread-safe; several servers may share a store.</remarks>
public sealed partial class RegistrationDesk
{
    /// <summary>Files one application may have: the checklist, several times over.</summary>
    private const int MaximumFiles = 50;

    private readonly ApplicationRepository _applications;
    private readonly RecordSet<EvidenceFile> _files;
    private readonly RegistrationProviders _providers;
    private readonly RegistrationRules _rules;
    private readonly TimeProvider _clock;
    private readonly SmsLimiter _notices;

    /// <summary>Opens a desk.</summary>
    /// <param name="store">Where applications and their files are kept, sealed.</param>
    /// <param name="keys">The keys they are sealed with; disposed by the caller.</param>
    /// <param name="providers">Who is asked outside.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="rules">What the operator decided; the defaults when absent.</param>
    public RegistrationDesk(IRecordStore store, DataKeyRing keys, RegistrationProviders providers, TimeProvider clock, RegistrationRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(providers);
        ArgumentNullException.ThrowIfNull(clock);
        _applications = new ApplicationRepository(store, keys);
        _files = new RecordSet<EvidenceFile>(store, keys, "evidence", EvidenceJsonContext.Default.EvidenceFile, static file => new RecordFacts(file.Id) { Keys = [("application", file.ApplicationId, false)] });
        _providers = providers;
        _clock = clock;
        _notices = new SmsLimiter(clock);
        _rules = rules ?? new RegistrationRules();
    }

    /// <summary>The applications.</summary>
    public IApplicationRepository Applications => _applications;

    /// <summary>Takes a person's application and asks the identity provider.</summary>
    /// <param name="claim">Who the applicant says to be.</param>
    /// <param name="cancellationToken">Cancels the call; what was handed in stays.</param>
    /// <returns>The application: approved, or under review when the provider refused.</returns>
    /// <exception cref="RegistrationException">Age, birth date or consent (see <see cref="PersonApplication.Submit"/>); registered already (<c>person-exists</c>); the number is another's (<c>mobile-taken</c>).</exception>
    public async Task<PersonApplication> RegisterPersonAsync(PersonClaim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        PersonApplication application = PersonApplication.Submit(NewId(), claim.Name, claim.Document, claim.Mobile, claim.Consents, Today, claim.BirthDate, _rules.Ages) with { SubmittedBy = claim.SubmittedBy };
        await RefuseRegisteredAsync(claim.Document, claim.Mobile, cancellationToken).ConfigureAwait(false);
        await _applications.AddAsync(application, cancellationToken).ConfigureAwait(false);
        VerificationRecord answer = await _providers.Identity.VerifyAsync(claim.Name, claim.Document, claim.Mobile, cancellationToken).ConfigureAwait(false);
        return await ChangePersonAsync(application.Id, person => person.Record(answer), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes an organisation's application and asks the business register.</summary>
    /// <param name="claim">What the organisation says to be.</param>
    /// <param name="cancellationToken">Cancels the call; what was handed in stays.</param>
    /// <returns>The application: submitted, or under review when the register refused (收录).</returns>
    /// <exception cref="RegistrationException">The organisation has an account (<c>account</c>); there is no such person (<c>no-such-application</c>) or the person is not verified (<c>super-administrator</c>).</exception>
    public async Task<EnterpriseApplication> RegisterEnterpriseAsync(EnterpriseClaim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        PersonApplication administrator = await _applications.RequirePersonAsync(claim.SuperAdministratorId, cancellationToken).ConfigureAwait(false);
        if (await _applications.FindAccountAsync(claim.Code, cancellationToken).ConfigureAwait(false) is { } account)
        {
            string holder = Masking.PersonName(account.Application.SuperAdministrator.Name);
            throw new RegistrationException("account", $"此企业已经完成认证，请联系此企业的超级管理员（{holder}）加入该企业 / The organisation has an account: ask its super administrator ({holder}) to join");
        }

        EnterpriseApplication application = EnterpriseApplication.Submit(NewId(), claim.Name, claim.Code, claim.LegalRepresentative, administrator) with
        {
            SubmittedBy = claim.SubmittedBy,
            LegalRepresentativeDocument = claim.LegalRepresentativeDocument,
            IsLegalRepresentativeForeign = claim.IsLegalRepresentativeForeign,
        };
        await _applications.AddAsync(application, cancellationToken).ConfigureAwait(false);
        VerificationRecord answer = await _providers.Registry.VerifyAsync(application.Name, application.Code, application.LegalRepresentative, cancellationToken).ConfigureAwait(false);
        return await ChangeEnterpriseAsync(application.Id, enterprise => enterprise.Record(answer), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A reviewer decides on a person.</summary>
    /// <param name="id">The application.</param>
    /// <param name="approved">Whether the identity is accepted.</param>
    /// <param name="reviewer">Who decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">Not under review (<c>state</c>), or registered meanwhile (<c>person-exists</c>).</exception>
    public Task<PersonApplication> DecidePersonAsync(string id, bool approved, string reviewer, string reason, CancellationToken cancellationToken = default) =>
        ChangePersonAsync(id, person => person.Decide(approved, reviewer, reason), cancellationToken);

    /// <summary>A reviewer decides on an organisation.</summary>
    /// <param name="id">The application.</param>
    /// <param name="approved">Whether it is accepted.</param>
    /// <param name="reviewer">Who decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">Not under review (<c>state</c>), documents are missing (<c>documents</c>), or another account exists (<c>account</c>).</exception>
    public async Task<EnterpriseApplication> DecideEnterpriseAsync(string id, bool approved, string reviewer, string reason, CancellationToken cancellationToken = default)
    {
        List<EvidenceKind> uploaded = [];
        await foreach (Versioned<EvidenceFile> file in _files.ListAsync(key: ("application", id), limit: MaximumFiles, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            uploaded.Add(file.Value.Kind);
        }

        return await ChangeEnterpriseAsync(
            id,
            enterprise =>
            {
                IReadOnlyList<EvidenceKind> missing = approved && _rules.RequiresDocuments ? EvidenceChecklist.FindMissing(enterprise, uploaded) : [];
                return missing.Count == 0
                    ? enterprise.Decide(approved, reviewer, reason)
                    : throw new RegistrationException("documents", $"缺少材料 / Documents are missing: {string.Join("; ", missing.Select(EvidenceChecklist.NameOf))}");
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The applicant takes a person's application back.</summary>
    /// <param name="id">The application.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">It is decided already.</exception>
    public Task<PersonApplication> WithdrawPersonAsync(string id, string reason, CancellationToken cancellationToken = default) =>
        ChangePersonAsync(id, person => person.Withdraw(reason), cancellationToken);

    /// <summary>The applicant takes an organisation's application back.</summary>
    /// <param name="id">The application.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">It is decided already.</exception>
    public Task<EnterpriseApplication> WithdrawEnterpriseAsync(string id, string reason, CancellationToken cancellationToken = default) =>
        ChangeEnterpriseAsync(id, enterprise => enterprise.Withdraw(reason), cancellationToken);

    /// <summary>Keeps an uploaded file.</summary>
    internal async Task<EvidenceFile> AddFileAsync(string applicationId, EvidenceKind kind, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        EvidenceFile file = EvidenceFile.Create(applicationId, kind, content.Span, _clock.GetUtcNow());
        int present = (await ListFilesAsync(applicationId, cancellationToken).ConfigureAwait(false)).Count;
        if (present >= MaximumFiles)
        {
            throw new RegistrationException("evidence-count", $"上传文件过多，每份申请最多 {MaximumFiles} 个 / An application has at most {MaximumFiles} files");
        }

        await _files.AddAsync(file, cancellationToken).ConfigureAwait(false);
        return file;
    }

    /// <summary>The files of an application, in no order.</summary>
    internal async Task<IReadOnlyList<EvidenceFile>> ListFilesAsync(string applicationId, CancellationToken cancellationToken = default)
    {
        var found = new List<EvidenceFile>();
        await foreach (Versioned<EvidenceFile> file in _files.ListAsync(key: ("application", applicationId), limit: MaximumFiles, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            found.Add(file.Value);
        }

        return found;
    }

    internal ValueTask AddMissingOwnersAsync(CancellationToken cancellationToken) => _applications.AddMissingOwnersAsync(cancellationToken);

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private DateOnly Today => ChinaTime.DayOf(_clock.GetUtcNow());

    // The time a reviewer has begins when an application comes under review, and anew only when it comes there again.
    private DateTimeOffset? ReviewDueAt(IApplication before, IApplication after) => after.State == ApplicationState.UnderReview
        ? (before.State == ApplicationState.UnderReview ? before.ReviewDueAt : null) ?? ReviewDeadline.After(_clock.GetUtcNow(), _rules.ReviewDays)
        : null;

    private async Task RefuseRegisteredAsync(IdentityDocument document, MobileNumber? mobile, CancellationToken cancellationToken)
    {
        if (await _applications.FindApprovedAsync(document, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw new RegistrationException("person-exists", "已存在实名账号，请换绑手机或使用原手机号登录 / This person is registered: rebind the telephone number, or log in with the one bound");
        }

        await RefuseTakenAsync(mobile, document, cancellationToken).ConfigureAwait(false);
    }

    private async Task RefuseTakenAsync(MobileNumber? mobile, IdentityDocument document, CancellationToken cancellationToken)
    {
        if (mobile is not null && await _applications.FindApprovedAsync(mobile, cancellationToken).ConfigureAwait(false) is { } other && !other.Application.Document.Equals(document))
        {
            throw new RegistrationException("mobile-taken", "当前手机号已被其他身份证绑定使用，无法继续认证，建议您更换其他手机号 / This number is bound to another person: use another number");
        }
    }

    private Task<PersonApplication> ChangePersonAsync(string id, Func<PersonApplication, PersonApplication> change, CancellationToken cancellationToken) => _applications.ChangePersonAsync(
        id,
        before =>
        {
            PersonApplication after = change(before);
            return after with { ReviewDueAt = ReviewDueAt(before, after) };
        },
        cancellationToken);

    private Task<EnterpriseApplication> ChangeEnterpriseAsync(string id, Func<EnterpriseApplication, EnterpriseApplication> change, CancellationToken cancellationToken) => _applications.ChangeEnterpriseAsync(
        id,
        before =>
        {
            EnterpriseApplication after = change(before);
            return after with { ReviewDueAt = ReviewDueAt(before, after) };
        },
        cancellationToken);
}
