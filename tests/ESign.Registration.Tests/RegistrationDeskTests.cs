using System.Globalization;
using System.Text;
using ESign.Pki.Names;
using ESign.Registration.Banking;
using ESign.Registration.EvidenceFiles;
using ESign.Registration.Protection;
using ESign.Registration.Records;

namespace ESign.Registration.Tests;

/// <summary>The desk: rows F001–F080 of the registration rules, end to end with offline providers. Each test names its rows.</summary>
public sealed class RegistrationDeskTests : IDisposable
{
    private static readonly UnifiedSocialCreditCode Company = UnifiedSocialCreditCode.Parse("91350100M000100Y43");
    private static readonly UnifiedSocialCreditCode Institution = UnifiedSocialCreditCode.Parse("12440300MB2CPUB11U");
    private static readonly ResidentIdNumber Zhang = ResidentIdNumber.Parse("11010519491231002X");
    private static readonly ResidentIdNumber Li = ResidentIdNumber.Parse("440524188001010014");
    private static readonly MobileNumber Phone = MobileNumber.Parse("13800138000");
    private static readonly BankAccount Account = new("示例公司", "6222020000001234567", "示例银行深圳分行");

    private readonly ManualClock _clock = new(new DateTimeOffset(2024, 6, 11, 2, 0, 0, TimeSpan.Zero));
    private readonly DataKeyRing _keys = DataKeyRing.Create();
    private readonly BusinessList _registry;
    private readonly RecordingBank _bank;
    private readonly RegistrationDesk _desk;

    public RegistrationDeskTests()
    {
        _registry = new BusinessList(_clock);
        _bank = new RecordingBank(_clock);
        _registry.Enter("示例公司", Company, "王五");
        _registry.Enter("示例学校", Institution, "赵六");
        var verifier = new OfflineVerifier(_clock, "拒绝者");
        _desk = new RegistrationDesk(new InMemoryRecordStore(), _keys, new RegistrationProviders { Identity = verifier, Face = verifier, Registry = _registry, Bank = _bank, Notices = verifier }, _clock);
    }

    [Fact]
    public async Task F067_F068_a_person_and_a_number_are_registered_once()
    {
        PersonApplication first = await RegisterAsync(Zhang, Phone);
        Assert.Equal(ApplicationState.Approved, first.State);
        RegistrationException again = await RefusalAsync(() => RegisterAsync(Zhang, MobileNumber.Parse("13900139000")));
        Assert.Equal("person-exists", again.Code);
        Assert.StartsWith("已存在实名账号", again.Message, StringComparison.Ordinal);
        RegistrationException taken = await RefusalAsync(() => RegisterAsync(Li, Phone));
        Assert.Equal("mobile-taken", taken.Code);
        Assert.StartsWith("当前手机号已被其他身份证绑定使用，无法继续认证，建议您更换其他手机号", taken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F018_an_employee_has_the_legal_representative_told_by_short_message_thrice_at_most_and_the_number_is_not_kept()
    {
        PersonApplication employee = await RegisterAsync(Zhang, Phone);
        EnterpriseApplication company = await _desk.RegisterEnterpriseAsync(new EnterpriseClaim { Name = "示例公司", Code = Company, LegalRepresentative = "王五", SuperAdministratorId = employee.Id });
        MobileNumber boss = MobileNumber.Parse("13512345678");
        for (int i = 0; i < 3; i++)
        {
            company = await _desk.NotifyLegalRepresentativeAsync(company.Id, boss);
            Assert.Equal("sms-limit", (await RefusalAsync(() => _desk.NotifyLegalRepresentativeAsync(company.Id, boss))).Code); // at once
            _clock.Now += TimeSpan.FromMinutes(1);
        }

        VerificationRecord notice = company.Evidence[^1];
        Assert.Equal(("legal-representative-notice", true, true), (notice.Check, notice.Succeeded, notice.IsOffline));
        Assert.StartsWith(boss.Masked, notice.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(boss.Value, string.Concat(company.Evidence.Select(static record => record.Detail)), StringComparison.Ordinal);
        Assert.Equal("sms-limit", (await RefusalAsync(() => _desk.NotifyLegalRepresentativeAsync(company.Id, boss))).Code);
        Assert.Equal(ApplicationState.Approved, (await _desk.AuthorizeByLegalRepresentativeAsync(company.Id, "王五", Li)).State);
        Assert.Equal("state", (await RefusalAsync(() => _desk.NotifyLegalRepresentativeAsync(company.Id, boss))).Code);
        EnterpriseApplication school = await _desk.RegisterEnterpriseAsync(new EnterpriseClaim { Name = "示例学校", Code = Institution, LegalRepresentative = "赵六", SuperAdministratorId = employee.Id });
        Assert.Equal("authorization", (await RefusalAsync(() => _desk.NotifyLegalRepresentativeAsync(school.Id, boss))).Code); // it needs a letter
        EnterpriseApplication unknown = await _desk.RegisterEnterpriseAsync(new EnterpriseClaim { Name = "您已中奖", Code = UnifiedSocialCreditCode.Parse("91440300MA5EXWHW6F"), LegalRepresentative = "王五", SuperAdministratorId = employee.Id });
        Assert.Equal("registry", (await RefusalAsync(() => _desk.NotifyLegalRepresentativeAsync(unknown.Id, boss))).Code); // nobody is sent a name that was not checked
    }

    [Fact]
    public async Task F018_four_requests_at_the_same_moment_send_three_messages()
    {
        var carrier = new SlowCarrier(_clock);
        var verifier = new OfflineVerifier(_clock);
        var desk = new RegistrationDesk(new InMemoryRecordStore(), _keys, new RegistrationProviders { Identity = verifier, Face = verifier, Registry = verifier, Bank = _bank, Notices = carrier }, _clock);
        PersonApplication employee = await desk.RegisterPersonAsync(Claim(Zhang, Phone));
        EnterpriseApplication company = await desk.RegisterEnterpriseAsync(EnterpriseClaim(employee));
        Task<EnterpriseApplication>[] asked = [.. Enumerable.Range(0, 4).Select(i => desk.NotifyLegalRepresentativeAsync(company.Id, MobileNumber.Parse($"1351234567{i}")))];
        Assert.Equal("sms-limit", (await RefusalAsync(() => asked[3])).Code);
        carrier.Answer.SetResult();
        await Task.WhenAll(asked[..3]);
        Assert.Equal(3, carrier.Sent);
        company = await desk.Applications.RequireEnterpriseAsync(company.Id, default);
        Assert.Equal(["sent", "sent", "sent"], company.Evidence.Where(static record => record.Check == "legal-representative-notice").Select(static record => record.Detail.Split("; ")[1]));
    }

    [Theory] // 11 June 2024 was a Tuesday
    [InlineData("2024-06-11T02:00:00Z", 3, "2024-06-14T02:00:00Z")]
    [InlineData("2024-06-14T02:00:00Z", 1, "2024-06-17T02:00:00Z")]
    [InlineData("2024-06-14T17:00:00Z", 1, "2024-06-17T16:00:00Z")] // Saturday in China: the whole of Monday is left
    [InlineData("2024-06-13T02:00:00Z", 5, "2024-06-20T02:00:00Z")]
    public void F019_reviews_are_due_in_working_days(string start, int days, string due) =>
        Assert.Equal(DateTimeOffset.Parse(due, CultureInfo.InvariantCulture), ReviewDeadline.After(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture), days));

    [Fact]
    public async Task F019_what_is_under_review_has_a_day_it_is_due_and_is_found_when_it_is_overdue()
    {
        PersonApplication person = await _desk.RegisterPersonAsync(new PersonClaim { Name = "拒绝者", Document = Zhang, Mobile = Phone, Consents = [new Consent("协议", "1", default)] });
        Assert.Equal((ApplicationState.UnderReview, _clock.GetUtcNow().AddDays(3)), (person.State, person.ReviewDueAt));
        Assert.Empty(await OverdueAsync());
        _clock.Now += TimeSpan.FromDays(3);
        Assert.Equal([person.Id], await OverdueAsync());
        PersonApplication decided = await _desk.DecidePersonAsync(person.Id, approved: true, "审核员A", "证件清晰");
        Assert.Null(decided.ReviewDueAt);
        Assert.Empty(await OverdueAsync());

        async Task<List<string>> OverdueAsync()
        {
            List<string> found = [];
            await foreach (StoredApplication<PersonApplication> stored in _desk.Applications.ListPersonsAsync(new ApplicationQuery { ReviewDueBy = _clock.GetUtcNow() }))
            {
                found.Add(stored.Application.Id);
            }

            return found;
        }
    }

    [Fact]
    public async Task F069_F070_F071_F236_a_number_changes_hands_and_a_person_changes_numbers()
    {
        PersonApplication holder = await RegisterAsync(Zhang, Phone);
        PersonApplication released = await _desk.ReleaseMobileAsync(Phone);
        Assert.Equal((holder.Id, null), (released.Id, released.Mobile));
        Assert.Equal(Phone, (await RegisterAsync(Li, Phone)).Mobile);
        Assert.Equal("mobile-taken", (await RefusalAsync(() => _desk.RebindMobileAsync(holder.Id, Phone))).Code);
        PersonApplication rebound = await _desk.RebindMobileAsync(holder.Id, MobileNumber.Parse("13700137000"));
        Assert.Equal("13700137000", rebound.Mobile!.Value);
        Assert.Equal(["identity", "mobile-released", "mobile-rebound"], rebound.Evidence.Select(static record => record.Check));
        Assert.Equal("mobile-unbound", (await RefusalAsync(() => _desk.ReleaseMobileAsync(MobileNumber.Parse("13600136000")))).Code);
    }

    [Fact]
    public async Task F072_somebody_who_changed_name_registers_anew_after_the_old_identity_ended()
    {
        PersonApplication old = await RegisterAsync(Zhang, Phone);
        StoredApplication<PersonApplication> stored = (await _desk.Applications.FindPersonAsync(old.Id))!;
        Assert.True(await _desk.Applications.TryUpdateAsync(stored with { Application = stored.Application.End("个人更名") }));
        Assert.Equal(ApplicationState.Approved, (await RegisterAsync(Zhang, Phone, "张三丰")).State);
    }

    [Fact]
    public async Task F064_F066_F075_ages_and_documents_are_the_operators_policy()
    {
        Assert.Equal("document-kind", Assert.Throws<RegistrationException>(static () => new AgePolicy { AllowsPassports = false }.Check(PassportNumber.Parse("E12345678"), new DateOnly(1990, 1, 1), new DateOnly(2024, 6, 11))).Code);
        Assert.Equal("age", Assert.Throws<RegistrationException>(static () => new AgePolicy { Resident = 18 }.Check(Zhang, null, new DateOnly(1967, 12, 30))).Code);
        PersonApplication foreigner = await _desk.RegisterPersonAsync(Claim(PassportNumber.Parse("E12345678"), null, "John") with { BirthDate = new DateOnly(1990, 1, 1) });
        Assert.Equal(AssuranceLevel.Formal, foreigner.Assurance);
    }

    [Fact]
    public async Task F001_F031_one_account_per_code_and_the_refusal_names_its_administrator_masked()
    {
        PersonApplication person = await RegisterAsync(Zhang, Phone);
        await ApproveAsync(person);
        RegistrationException second = await RefusalAsync(() => _desk.RegisterEnterpriseAsync(EnterpriseClaim(person)));
        Assert.Equal("account", second.Code);
        Assert.StartsWith("此企业已经完成认证，请联系此企业的超级管理员（张*）加入该企业", second.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("别的公司", "王五", "请输入正确的企业名称/个体工商户名称")]
    [InlineData("示例公司", "赵六", "您不是该企业的法定代表人，无权进行此操作。请联系企业的法人进行处理。")]
    public async Task F008_F010_F013_F014_what_the_register_contradicts_a_reviewer_sees_in_its_words(string name, string representative, string message)
    {
        PersonApplication person = await RegisterAsync(Zhang, Phone);
        EnterpriseApplication application = await _desk.RegisterEnterpriseAsync(EnterpriseClaim(person) with { Name = name, LegalRepresentative = representative });
        Assert.Equal(ApplicationState.UnderReview, application.State);
        Assert.StartsWith(message, application.Evidence[^1].Detail, StringComparison.Ordinal);
        Assert.True(application.Evidence[^1].IsOffline);
    }

    [Fact]
    public async Task F011_F012_F020_an_unlisted_organisation_is_listed_by_a_reviewer_and_then_authorised()
    {
        PersonApplication person = await RegisterAsync(Zhang, Phone);
        UnifiedSocialCreditCode unlisted = UnifiedSocialCreditCode.Parse("91440300708461136T");
        EnterpriseApplication application = await _desk.RegisterEnterpriseAsync(EnterpriseClaim(person) with { Code = unlisted });
        Assert.StartsWith("统一社会信用代码未收录", application.Evidence[^1].Detail, StringComparison.Ordinal);
        await _desk.AddFileAsync(application.Id, EvidenceKind.BusinessLicence, Pdf);
        EnterpriseApplication listed = await _desk.DecideEnterpriseAsync(application.Id, approved: true, "审核员A", "新注册，已收录");
        Assert.Equal(ApplicationState.Submitted, listed.State);
        Assert.False(listed.AllowsBankTransfer); // F033: 提交过企业收录
        Assert.Equal(ApplicationState.Approved, (await _desk.AuthorizeByLegalRepresentativeAsync(application.Id, "王五", Li)).State);
    }

    [Fact]
    public async Task F015_F052_F057_F060_a_paper_letter_needs_its_documents_its_date_and_a_reviewer()
    {
        PersonApplication person = await RegisterAsync(Zhang, Phone);
        EnterpriseApplication application = await _desk.RegisterEnterpriseAsync(EnterpriseClaim(person) with { Name = "示例学校", Code = Institution, LegalRepresentative = "赵六" });
        Assert.Equal("authorization", (await RefusalAsync(() => _desk.AuthorizeByLegalRepresentativeAsync(application.Id, "赵六", Li))).Code); // F007
        Assert.Equal("letter-date-format", (await RefusalAsync(() => _desk.UploadPaperLetterAsync(application.Id, "24年6月1日"))).Code);
        Assert.Equal("letter-date", (await RefusalAsync(() => _desk.UploadPaperLetterAsync(application.Id, "2024年5月10日"))).Code);
        await _desk.UploadPaperLetterAsync(application.Id, "2024年5月11日");
        RegistrationException missing = await RefusalAsync(() => _desk.DecideEnterpriseAsync(application.Id, approved: true, "审核员A", "公章清晰"));
        Assert.Equal("documents", missing.Code);
        Assert.Contains("机构证明文件", missing.Message, StringComparison.Ordinal);
        Assert.Contains("加盖公章的超级管理员授权书", missing.Message, StringComparison.Ordinal);
        await _desk.AddFileAsync(application.Id, EvidenceKind.InstitutionCertificate, Pdf);
        await _desk.AddFileAsync(application.Id, EvidenceKind.AuthorityLetter, new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 });
        EnterpriseApplication approved = await _desk.DecideEnterpriseAsync(application.Id, approved: true, "审核员A", "公章清晰");
        Assert.Equal((ApplicationState.Approved, (AuthorizationMethod?)AuthorizationMethod.AuthorityLetter), (approved.State, approved.Authorization));
        Assert.Equal("evidence-type", (await RefusalAsync(() => _desk.AddFileAsync(application.Id, EvidenceKind.Other, Encoding.UTF8.GetBytes("<html>")))).Code);
    }

    [Fact]
    public async Task F018_somebody_else_than_the_legal_representative_cannot_authorise()
    {
        EnterpriseApplication application = await _desk.RegisterEnterpriseAsync(EnterpriseClaim(await RegisterAsync(Zhang, Phone)));
        RegistrationException refusal = await RefusalAsync(() => _desk.AuthorizeByLegalRepresentativeAsync(application.Id, "李四", Li));
        Assert.StartsWith("您不是该企业的法定代表人，无权进行此操作。", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F044_F046_a_foreign_legal_representatives_company_is_verified_by_the_bank()
    {
        EnterpriseApplication application = await _desk.RegisterEnterpriseAsync(EnterpriseClaim(await RegisterAsync(Zhang, Phone)) with { IsLegalRepresentativeForeign = true });
        Assert.Equal("authorization", (await RefusalAsync(() => _desk.AuthorizeByLegalRepresentativeAsync(application.Id, "王五", Li))).Code);
        (EnterpriseApplication started, int told) = await _desk.StartBankChallengeAsync(application.Id, BankChallengeKind.Payment, Account);
        Assert.Equal(0, told);
        Assert.True(started.BankChallenge!.Order.IsOffline);
        int paid = _bank.PaidTo(Account);
        Assert.InRange(paid, 1, 99);
        Assert.Equal("bank-pending", (await RefusalAsync(() => _desk.StartBankChallengeAsync(application.Id, BankChallengeKind.Payment, Account))).Code);
        Assert.Equal("bank-amount", (await RefusalAsync(() => _desk.AnswerBankChallengeAsync(application.Id, paid + 1))).Code);
        _clock.Now += TimeSpan.FromDays(7);
        EnterpriseApplication approved = await _desk.AnswerBankChallengeAsync(application.Id, paid);
        Assert.Equal((ApplicationState.Approved, (AuthorizationMethod?)AuthorizationMethod.BankTransfer), (approved.State, approved.Authorization));
        Assert.DoesNotContain(Account.Number, approved.Evidence[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F046_two_wrong_answers_or_eight_days_and_it_begins_anew_with_another_account()
    {
        EnterpriseApplication application = await _desk.RegisterEnterpriseAsync(EnterpriseClaim(await RegisterAsync(Zhang, Phone)));
        await _desk.StartBankChallengeAsync(application.Id, BankChallengeKind.Payment, Account);
        int paid = _bank.PaidTo(Account);
        Assert.Equal("bank-amount", (await RefusalAsync(() => _desk.AnswerBankChallengeAsync(application.Id, paid + 1))).Code);
        Assert.Equal("bank-failed", (await RefusalAsync(() => _desk.AnswerBankChallengeAsync(application.Id, paid + 2))).Code);
        Assert.Equal("bank-closed", (await RefusalAsync(() => _desk.AnswerBankChallengeAsync(application.Id, paid))).Code);
        Assert.Equal("bank-again", (await RefusalAsync(() => _desk.StartBankChallengeAsync(application.Id, BankChallengeKind.Payment, Account))).Code);
        BankAccount other = Account with { Number = "6222020000007654321" };
        await _desk.StartBankChallengeAsync(application.Id, BankChallengeKind.Payment, other);
        _clock.Now += TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1);
        Assert.Equal("bank-expired", (await RefusalAsync(() => _desk.AnswerBankChallengeAsync(application.Id, _bank.PaidTo(other)))).Code);
        Assert.Equal(["registry", "bank-payment", "bank-payment"], (await _desk.Applications.RequireEnterpriseAsync(application.Id, default)).Evidence.Select(static record => record.Check));
    }

    [Fact]
    public async Task F047_a_top_up_is_what_the_bank_saw_arrive()
    {
        EnterpriseApplication application = await _desk.RegisterEnterpriseAsync(EnterpriseClaim(await RegisterAsync(Zhang, Phone)));
        (_, int told) = await _desk.StartBankChallengeAsync(application.Id, BankChallengeKind.TopUp, Account);
        Assert.InRange(told, 1, 99);
        Assert.Equal("bank-waiting", (await RefusalAsync(() => _desk.AnswerBankChallengeAsync(application.Id, told))).Code);
        _bank.Receive(Account, told);
        Assert.Equal(ApplicationState.Approved, (await _desk.AnswerBankChallengeAsync(application.Id, 0)).State);
    }

    [Theory]
    [InlineData("12440300MB2CPUB11U", "示例公司")]
    [InlineData("91350100M000100Y43", "示例中心（有限合伙）")]
    public async Task F033_the_bank_does_not_vouch_for_these(string code, string name)
    {
        UnifiedSocialCreditCode organization = UnifiedSocialCreditCode.Parse(code);
        _registry.Enter(name, organization, "王五");
        EnterpriseApplication application = await _desk.RegisterEnterpriseAsync(EnterpriseClaim(await RegisterAsync(Zhang, Phone)) with { Code = organization, Name = name });
        Assert.Equal("bank-kind", (await RefusalAsync(() => _desk.StartBankChallengeAsync(application.Id, BankChallengeKind.Payment, Account with { Holder = name }))).Code);
    }

    [Theory]
    [InlineData("别的公司", "6222020000001234567")]
    [InlineData("示例公司", "62220200000012x4567")]
    [InlineData("示例公司", "1234567")]
    public async Task F046_only_the_organisations_own_account(string holder, string number)
    {
        EnterpriseApplication application = await _desk.RegisterEnterpriseAsync(EnterpriseClaim(await RegisterAsync(Zhang, Phone)));
        Assert.Equal("bank-account", (await RefusalAsync(() => _desk.StartBankChallengeAsync(application.Id, BankChallengeKind.Payment, new BankAccount(holder, number, "示例银行")))).Code);
    }

    [Fact]
    public async Task F030_F050_F051_a_change_is_reviewed_can_be_taken_back_and_comes_once_in_30_days()
    {
        EnterpriseApplication account = await ApproveAsync(await RegisterAsync(Zhang, Phone));
        Assert.Equal("arrears", (await RefusalAsync(() => ChangeNameAsync(account.Id, "新名称公司", isInArrears: true))).Code);
        Assert.Equal("change-none", (await RefusalAsync(() => ChangeNameAsync(account.Id, "示例公司"))).Code);
        await ChangeNameAsync(account.Id, "新名称公司");
        Assert.Equal("change-pending", (await RefusalAsync(() => ChangeNameAsync(account.Id, "又一公司"))).Code);
        Assert.Null((await _desk.WithdrawChangeAsync(account.Id)).PendingChange);

        EnterpriseApplication asked = await ChangeNameAsync(account.Id, "新名称公司");
        Assert.False(asked.PendingChange!.Registry!.Succeeded); // the register does not know yet: the reviewer sees it
        StoredApplication<EnterpriseApplication> stored = (await _desk.Applications.FindEnterpriseAsync(account.Id))!;
        Assert.True(await _desk.Applications.TryUpdateAsync(stored with { Application = stored.Application.DecideChange(approved: true, "审核员A", "属实", _clock.Now) }));
        _clock.Now += TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1);
        RegistrationException soon = await RefusalAsync(() => ChangeNameAsync(account.Id, "第三公司"));
        Assert.Equal("change-too-soon", soon.Code);
        Assert.StartsWith("30天内只能变更一次实名信息，上次变更于2024-06-11", soon.Message, StringComparison.Ordinal);
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal("第三公司", (await ChangeNameAsync(account.Id, "第三公司")).PendingChange!.NewValue);
    }

    [Fact]
    public async Task F004_F029_the_office_of_super_administrator_passes_to_a_verified_person()
    {
        EnterpriseApplication account = await ApproveAsync(await RegisterAsync(Zhang, Phone));
        PersonApplication refused = await _desk.RegisterPersonAsync(Claim(ResidentIdNumber.Parse("110105199003071095"), null, "拒绝者"));
        Assert.Equal("super-administrator", (await RefusalAsync(() => _desk.RequestChangeAsync(account.Id, EnterpriseChangeKind.SuperAdministrator, refused.Id, "离职", "人事部"))).Code);
        PersonApplication next = await RegisterAsync(Li, null);
        EnterpriseApplication asked = await _desk.RequestChangeAsync(account.Id, EnterpriseChangeKind.SuperAdministrator, next.Id, "离职", "人事部 0755-12345678 hr@example.cn");
        Assert.Equal(Li, asked.DecideChange(approved: true, "审核员A", "已核", _clock.Now).SuperAdministrator.Document);
    }

    [Fact]
    public async Task F042_what_the_register_contradicts_is_told_first_and_ends_the_identity_after_the_grace()
    {
        EnterpriseApplication account = await ApproveAsync(await RegisterAsync(Zhang, Phone));
        Assert.Null((await _desk.RecheckAsync(account.Id)).MismatchFoundAt);
        _registry.Strike(Company);
        EnterpriseApplication told = await _desk.RecheckAsync(account.Id);
        Assert.Equal((ApplicationState.Approved, (DateTimeOffset?)_clock.Now), (told.State, told.MismatchFoundAt));
        _clock.Now += TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1);
        Assert.Equal(ApplicationState.Approved, (await _desk.RecheckAsync(account.Id)).State);
        _clock.Now += TimeSpan.FromSeconds(1);
        EnterpriseApplication ended = await _desk.RecheckAsync(account.Id);
        Assert.Equal(ApplicationState.Ended, ended.State);
        Assert.Contains("企业已注销", ended.Decision, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_applicant_takes_an_application_back_until_it_is_decided()
    {
        PersonApplication person = await RegisterAsync(Zhang, Phone);
        Assert.Equal("state", (await RefusalAsync(() => _desk.WithdrawPersonAsync(person.Id, "不再需要"))).Code);
        EnterpriseApplication application = await _desk.RegisterEnterpriseAsync(EnterpriseClaim(person));
        Assert.Equal(ApplicationState.Withdrawn, (await _desk.WithdrawEnterpriseAsync(application.Id, "不再需要")).State);
        Assert.Equal("state", (await RefusalAsync(() => _desk.AuthorizeByLegalRepresentativeAsync(application.Id, "王五", Li))).Code);
    }

    [Fact]
    public async Task Without_providers_everything_goes_to_a_reviewer()
    {
        var desk = new RegistrationDesk(new InMemoryRecordStore(), _keys, RegistrationProviders.None(_clock), _clock, new RegistrationRules { RequiresDocuments = false });
        PersonApplication person = await desk.RegisterPersonAsync(Claim(Zhang, Phone));
        Assert.Equal(ApplicationState.UnderReview, person.State);
        Assert.StartsWith("未接入核验机构", person.Evidence[^1].Detail, StringComparison.Ordinal);
        await desk.DecidePersonAsync(person.Id, approved: true, "审核员A", "当面核验");
        EnterpriseApplication application = await desk.RegisterEnterpriseAsync(EnterpriseClaim(person));
        Assert.Equal(ApplicationState.UnderReview, application.State);
        Assert.Equal("authorization", (await RefusalAsync(() => desk.AuthorizeByLegalRepresentativeAsync(application.Id, "王五", Li))).Code);
        Assert.Equal("bank-kind", (await RefusalAsync(() => desk.StartBankChallengeAsync(application.Id, BankChallengeKind.Payment, Account))).Code);
        await desk.UploadPaperLetterAsync(application.Id, "2024年6月11日");
        Assert.Equal(ApplicationState.Approved, (await desk.DecideEnterpriseAsync(application.Id, approved: true, "审核员A", "公章清晰")).State);
    }

    [Fact]
    public void F062_F073_providers_words()
    {
        Assert.All(Enum.GetValues<FaceFailure>(), static failure => Assert.Contains(" / ", ProviderMessages.Of(failure), StringComparison.Ordinal));
        Assert.StartsWith("本人与照片差距过大", ProviderMessages.Of(FaceFailure.NotAlike), StringComparison.Ordinal);
        Assert.StartsWith("验证未通过，该手机号在运营商（电信、联通或移动）绑定的身份证与当前提交者的身份证不一致", ProviderMessages.CarrierMismatch, StringComparison.Ordinal);
    }

    public void Dispose() => _keys.Dispose();

    private static ReadOnlyMemory<byte> Pdf => Encoding.ASCII.GetBytes("%PDF-1.7 scan");

    private static async Task<RegistrationException> RefusalAsync(Func<Task> action) => await Assert.ThrowsAsync<RegistrationException>(action);

    private static PersonClaim Claim(IdentityDocument document, MobileNumber? mobile, string name = "张三") =>
        new() { Name = name, Document = document, Mobile = mobile, Consents = [new Consent("用户注册与使用协议", "1", default)] };

    private static EnterpriseClaim EnterpriseClaim(PersonApplication person) => new() { Name = "示例公司", Code = Company, LegalRepresentative = "王五", SuperAdministratorId = person.Id };

    private Task<PersonApplication> RegisterAsync(IdentityDocument document, MobileNumber? mobile, string name = "张三") => _desk.RegisterPersonAsync(Claim(document, mobile, name));

    private async Task<EnterpriseApplication> ApproveAsync(PersonApplication person)
    {
        EnterpriseApplication application = await _desk.RegisterEnterpriseAsync(EnterpriseClaim(person));
        return await _desk.AuthorizeByLegalRepresentativeAsync(application.Id, "王五", Li);
    }

    private Task<EnterpriseApplication> ChangeNameAsync(string id, string name, bool isInArrears = false) =>
        _desk.RequestChangeAsync(id, EnterpriseChangeKind.Name, name, "改制", "办公室", isInArrears);

    /// <summary>Takes messages, and answers when it is told to.</summary>
    private sealed class SlowCarrier(TimeProvider clock) : INoticeSender
    {
        public TaskCompletionSource Answer { get; } = new();

        public int Sent { get; private set; }

        public async ValueTask<VerificationRecord> AskForAuthorizationAsync(MobileNumber number, string organization, string applicant, CancellationToken cancellationToken = default)
        {
            Sent++;
            await Answer.Task;
            return new VerificationRecord("notice", "carrier", IsOffline: false, Succeeded: true, clock.GetUtcNow(), "sent");
        }
    }
}
