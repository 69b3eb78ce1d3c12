using ESign.Pki.Names;
using ESign.Registration;

namespace ESign.Storage.Tests;

/// <summary>What every store of applications promises. One class a store runs the same tests.</summary>
public abstract class ApplicationRepositoryContract
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 8, 30, 15, 123, TimeSpan.Zero);
    private static readonly UnifiedSocialCreditCode Company = UnifiedSocialCreditCode.Parse("91350100M000100Y43");
    private static readonly UnifiedSocialCreditCode Other = UnifiedSocialCreditCode.Parse("91440300708461136T");
    private static readonly VerificationRecord Confirmed = new("registry", "offline list", IsOffline: true, Succeeded: true, Now, "存续");

    protected abstract ValueTask<IApplicationRepository> OpenAsync();

    [Fact]
    public async Task What_was_added_is_found_as_it_was()
    {
        IApplicationRepository repository = await OpenAsync();
        PersonApplication person = Person();
        await repository.AddAsync(person);
        StoredApplication<PersonApplication> stored = (await (await OpenAsync()).FindPersonAsync(person.Id))!;
        PersonApplication found = stored.Application;
        Assert.Equal(1, stored.Version);
        Assert.Equal((person.Id, person.Name, person.Document, person.Mobile, person.State, person.Assurance, person.Decision), (found.Id, found.Name, found.Document, found.Mobile, found.State, found.Assurance, found.Decision));
        Assert.Equal(person.Consents, found.Consents);
        Assert.Equal(person.Evidence, found.Evidence);
        Assert.Equal("张三", found.ToSubject().CommonName);
        Assert.Null(await repository.FindPersonAsync("nobody"));
        Assert.Null(await repository.FindEnterpriseAsync(person.Id));
    }

    [Fact]
    public async Task An_organisation_comes_back_with_its_letter_and_its_administrator()
    {
        IApplicationRepository repository = await OpenAsync();
        EnterpriseApplication application = Enterprise(Company).Record(Confirmed).UploadLetter(new DateOnly(2026, 4, 20), new DateOnly(2026, 5, 1));
        await repository.AddAsync(application);
        EnterpriseApplication found = (await repository.FindEnterpriseAsync(application.Id))!.Application;
        Assert.Equal(
            (application.Name, application.Code, application.LegalRepresentative, application.State, application.IsRegistryConfirmed, application.Authorization, application.LetterDate),
            (found.Name, found.Code, found.LegalRepresentative, found.State, found.IsRegistryConfirmed, found.Authorization, found.LetterDate));
        Assert.Equal(application.Evidence, found.Evidence);
        Assert.Equal(application.SuperAdministrator.Document, found.SuperAdministrator.Document);
        Assert.Equal(ApplicationState.Approved, found.Decide(approved: true, "审核员A", "公章清晰").State);
    }

    [Fact]
    public async Task An_identifier_is_used_once()
    {
        IApplicationRepository repository = await OpenAsync();
        PersonApplication person = Person();
        await repository.AddAsync(person);
        Assert.Equal("application-exists", await RefusalAsync(() => repository.AddAsync(person)));
        EnterpriseApplication enterprise = Enterprise(Company);
        await repository.AddAsync(enterprise);
        Assert.Equal("application-exists", await RefusalAsync(() => repository.AddAsync(enterprise)));
    }

    [Fact]
    public async Task An_update_with_an_old_version_is_refused()
    {
        IApplicationRepository repository = await OpenAsync();
        EnterpriseApplication enterprise = Enterprise(Company);
        await repository.AddAsync(enterprise);
        StoredApplication<EnterpriseApplication> read = (await repository.FindEnterpriseAsync(enterprise.Id))!;
        Assert.True(await repository.TryUpdateAsync(read with { Application = read.Application.Record(Confirmed) }));
        Assert.False(await repository.TryUpdateAsync(read with { Application = read.Application.Record(Confirmed with { Succeeded = false }) }));
        StoredApplication<EnterpriseApplication> now = (await repository.FindEnterpriseAsync(enterprise.Id))!;
        Assert.Equal((2, true), (now.Version, now.Application.IsRegistryConfirmed));
        Assert.False(await repository.TryUpdateAsync(new StoredApplication<EnterpriseApplication>(Enterprise(Company), 1)));

        PersonApplication person = Person();
        await repository.AddAsync(person);
        Assert.True(await repository.TryUpdateAsync(new StoredApplication<PersonApplication>(person.End("更名"), 1)));
        Assert.False(await repository.TryUpdateAsync(new StoredApplication<PersonApplication>(person, 1)));
        Assert.Equal(ApplicationState.Ended, (await repository.FindPersonAsync(person.Id))!.Application.State);
    }

    [Fact]
    public async Task Of_many_servers_that_approve_one_code_one_succeeds()
    {
        IApplicationRepository repository = await OpenAsync();
        EnterpriseApplication[] applications = [.. Enumerable.Range(0, 8).Select(_ => Enterprise(Other))];
        foreach (EnterpriseApplication application in applications)
        {
            await repository.AddAsync(application);
        }

        string[] outcomes = await Task.WhenAll(applications.Select(application => Task.Run(async () =>
        {
            IApplicationRepository server = await OpenAsync();
            return await RefusalAsync(async () => Assert.True(await server.TryUpdateAsync(new StoredApplication<EnterpriseApplication>(Approve(application), 1))));
        })));
        Assert.Equal(1, outcomes.Count(outcome => outcome.Length == 0));
        Assert.Equal(7, outcomes.Count(outcome => outcome == "account"));
        Assert.Equal("account", await RefusalAsync(() => repository.AddAsync(Approve(Enterprise(Other)))));

        var approved = new List<StoredApplication<EnterpriseApplication>>();
        await foreach (StoredApplication<EnterpriseApplication> stored in repository.ListEnterprisesAsync(ApplicationState.Approved))
        {
            approved.Add(stored);
        }

        StoredApplication<EnterpriseApplication> holder = Assert.Single(approved, stored => stored.Application.Code.Equals(Other));
        Assert.True(await repository.TryUpdateAsync(holder with { Application = holder.Application.End("工商注销") }));
        EnterpriseApplication next = Approve(Enterprise(Other));
        await repository.AddAsync(next);
        StoredApplication<EnterpriseApplication> last = (await repository.FindEnterpriseAsync(next.Id))!;
        Assert.True(await repository.TryUpdateAsync(last with { Application = last.Application.End("测试结束") }));
    }

    private static PersonApplication Person() => PersonApplication
        .Submit(NewId(), "张三", ResidentIdNumber.Parse("11010519491231002X"), MobileNumber.Parse("13800138000"), [new Consent("数字证书申请及使用协议", "3", Now)], new DateOnly(2026, 5, 1))
        .Record(Confirmed with { Check = "identity" });

    private static EnterpriseApplication Enterprise(UnifiedSocialCreditCode code) => EnterpriseApplication.Submit(NewId(), "示例（深圳）有限公司", code, "王五", Person());

    private static EnterpriseApplication Approve(EnterpriseApplication application) => application.Record(Confirmed).AuthorizeByLegalRepresentative(Confirmed);

    private static string NewId() => Guid.NewGuid().ToString("N");

    private static async Task<string> RefusalAsync(Func<ValueTask> action)
    {
        try
        {
            await action();
            return "";
        }
        catch (RegistrationException refusal)
        {
            return refusal.Code;
        }
    }
}
