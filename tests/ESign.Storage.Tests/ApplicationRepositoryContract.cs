using ESign.Pki.Names;
using System.Globalization;
using System.Security.Cryptography;
using ESign.Registration;
using ESign.Registration.Protection;
using ESign.Registration.Records;

namespace ESign.Storage.Tests;

/// <summary>What every store of applications promises. One class a store runs the same tests.</summary>
public abstract class ApplicationRepositoryContract
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 8, 30, 15, 123, TimeSpan.Zero);
    private static readonly VerificationRecord Confirmed = new("registry", "offline list", IsOffline: true, Succeeded: true, Now, "存续");

    private readonly DataKeyRing _keys;

    /// <param name="keys">Keys for all tests of a database: records sealed with others do not open.</param>
    protected ApplicationRepositoryContract(DataKeyRing? keys = null) => _keys = keys ?? DataKeyRing.Create();

    protected abstract ValueTask<IRecordStore> OpenAsync();

    protected async ValueTask<ApplicationRepository> OpenRepositoryAsync() => new(await OpenAsync(), _keys);

    [Fact]
    public async Task What_was_added_is_found_as_it_was()
    {
        ApplicationRepository repository = await OpenRepositoryAsync();
        PersonApplication person = Person();
        await repository.AddAsync(person);
        StoredApplication<PersonApplication> stored = (await (await OpenRepositoryAsync()).FindPersonAsync(person.Id))!;
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
        ApplicationRepository repository = await OpenRepositoryAsync();
        EnterpriseApplication application = Enterprise(UnifiedCode()).Record(Confirmed).UploadLetter(new DateOnly(2026, 4, 20), new DateOnly(2026, 5, 1));
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
        ApplicationRepository repository = await OpenRepositoryAsync();
        PersonApplication person = Person();
        await repository.AddAsync(person);
        Assert.Equal("application-exists", await RefusalAsync(() => repository.AddAsync(person)));
        EnterpriseApplication enterprise = Enterprise(UnifiedCode());
        await repository.AddAsync(enterprise);
        Assert.Equal("application-exists", await RefusalAsync(() => repository.AddAsync(enterprise)));
    }

    [Fact]
    public async Task An_update_with_an_old_version_is_refused()
    {
        ApplicationRepository repository = await OpenRepositoryAsync();
        EnterpriseApplication enterprise = Enterprise(UnifiedCode());
        await repository.AddAsync(enterprise);
        StoredApplication<EnterpriseApplication> read = (await repository.FindEnterpriseAsync(enterprise.Id))!;
        Assert.True(await repository.TryUpdateAsync(read with { Application = read.Application.Record(Confirmed) }));
        Assert.False(await repository.TryUpdateAsync(read with { Application = read.Application.Record(Confirmed with { Succeeded = false }) }));
        StoredApplication<EnterpriseApplication> now = (await repository.FindEnterpriseAsync(enterprise.Id))!;
        Assert.Equal((2, true), (now.Version, now.Application.IsRegistryConfirmed));
        Assert.False(await repository.TryUpdateAsync(new StoredApplication<EnterpriseApplication>(Enterprise(UnifiedCode()), 1)));

        PersonApplication person = Person();
        await repository.AddAsync(person);
        Assert.True(await repository.TryUpdateAsync(new StoredApplication<PersonApplication>(person.End("更名"), 1)));
        Assert.False(await repository.TryUpdateAsync(new StoredApplication<PersonApplication>(person, 1)));
        Assert.Equal(ApplicationState.Ended, (await repository.FindPersonAsync(person.Id))!.Application.State);
    }

    [Fact]
    public async Task Of_many_servers_that_approve_one_code_one_succeeds()
    {
        ApplicationRepository repository = await OpenRepositoryAsync();
        UnifiedSocialCreditCode code = UnifiedCode();
        EnterpriseApplication[] applications = [.. Enumerable.Range(0, 8).Select(_ => Enterprise(code))];
        foreach (EnterpriseApplication application in applications)
        {
            await repository.AddAsync(application);
        }

        string[] outcomes = await Task.WhenAll(applications.Select(application => Task.Run(async () =>
        {
            ApplicationRepository server = await OpenRepositoryAsync();
            return await RefusalAsync(async () => Assert.True(await server.TryUpdateAsync(new StoredApplication<EnterpriseApplication>(Approve(application), 1))));
        })));
        Assert.Equal(1, outcomes.Count(outcome => outcome.Length == 0));
        Assert.Equal(7, outcomes.Count(outcome => outcome == "account"));
        Assert.Equal("account", await RefusalAsync(() => repository.AddAsync(Approve(Enterprise(code)))));

        var approved = new List<StoredApplication<EnterpriseApplication>>();
        await foreach (StoredApplication<EnterpriseApplication> stored in repository.ListEnterprisesAsync(new ApplicationQuery { State = ApplicationState.Approved }))
        {
            approved.Add(stored);
        }

        StoredApplication<EnterpriseApplication> holder = Assert.Single(approved, stored => stored.Application.Code.Equals(code));
        Assert.True(await repository.TryUpdateAsync(holder with { Application = holder.Application.End("工商注销") }));
        EnterpriseApplication next = Approve(Enterprise(code));
        await repository.AddAsync(next);
        StoredApplication<EnterpriseApplication> last = (await repository.FindEnterpriseAsync(next.Id))!;
        Assert.True(await repository.TryUpdateAsync(last with { Application = last.Application.End("测试结束") }));
    }

    [Fact]
    public async Task Of_many_who_register_one_person_one_succeeds_and_keys_find_the_person()
    {
        ApplicationRepository repository = await OpenRepositoryAsync();
        ResidentIdNumber document = ResidentNumber();
        string[] outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
            await RefusalAsync(async () => await (await OpenRepositoryAsync()).AddAsync(Person(document, Mobile()))))));
        Assert.Equal(1, outcomes.Count(outcome => outcome.Length == 0));
        Assert.Equal(5, outcomes.Count(outcome => outcome == "person-exists"));
        StoredApplication<PersonApplication> winner = (await repository.FindApprovedAsync(document))!;
        Assert.Equal(winner.Application.Id, (await repository.FindApprovedAsync(winner.Application.Mobile!))!.Application.Id);
        Assert.Equal("person-exists", await RefusalAsync(() => repository.AddAsync(Person(ResidentNumber(), winner.Application.Mobile!))));
        Assert.True(await repository.TryUpdateAsync(winner with { Application = winner.Application.End("更名") }));
        Assert.Null(await repository.FindApprovedAsync(document));
        await repository.AddAsync(Person(document, winner.Application.Mobile!));
    }

    [Fact]
    public async Task An_account_is_found_by_its_code_and_everything_about_it_comes_back()
    {
        ApplicationRepository repository = await OpenRepositoryAsync();
        EnterpriseApplication account = Approve(Enterprise(UnifiedCode())).AddOperator(Person(out _)).Recheck(Confirmed with { Succeeded = false }, TimeSpan.FromDays(3));
        var change = new EnterpriseChange { Kind = EnterpriseChangeKind.Name, NewValue = "新名称有限公司", Reason = "改制", RequestedBy = "李四", RequestedAt = Now };
        EnterpriseApplication renamed = account.RequestChange(change).DecideChange(approved: true, "审核员A", "属实", Now).RequestChange(change with { Kind = EnterpriseChangeKind.SuperAdministrator, SuperAdministrator = Person(out _) });
        await repository.AddAsync(renamed);
        EnterpriseApplication found = (await repository.FindAccountAsync(account.Code))!.Application;
        Assert.Equal(("新名称有限公司", renamed.MismatchFoundAt), (found.Name, found.MismatchFoundAt));
        Assert.Equal(renamed.Changes, found.Changes);
        Assert.Equal(renamed.OperatorIds, found.OperatorIds);
        Assert.Equal(renamed.PendingChange!.SuperAdministrator!.Document, found.PendingChange!.SuperAdministrator!.Document);
        Assert.Null(await repository.FindAccountAsync(UnifiedCode()));
    }

    [Fact]
    public async Task A_record_moved_altered_or_read_with_other_keys_does_not_open()
    {
        IRecordStore store = await OpenAsync();
        var repository = new ApplicationRepository(store, _keys);
        Person(out PersonApplication one);
        await repository.AddAsync(one);
        StoredRecord record = (await store.FindAsync("person", one.Id))!;
        string other = NewId();
        await store.AddAsync(record with { Id = other });
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await repository.FindPersonAsync(other));
        byte[] altered = record.Content.ToArray();
        altered[^1] ^= 1;
        Assert.Equal(RecordOutcome.Done, await store.ReplaceAsync(record with { Content = altered }));
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await repository.FindPersonAsync(one.Id));
        Assert.Equal(RecordOutcome.Done, await store.ReplaceAsync(record with { Version = record.Version + 1 }));
        using DataKeyRing strangers = DataKeyRing.Create();
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await new ApplicationRepository(store, strangers).FindPersonAsync(one.Id));
        Assert.Equal(one.Id, (await repository.FindApprovedAsync(one.Document))!.Application.Id); // keys stay where a replacement leaves them
        Assert.True(await store.RemoveAsync("person", other));
        Assert.False(await store.RemoveAsync("person", other));
    }

    [Fact]
    public async Task A_new_data_key_opens_the_old_records_and_seals_them_anew()
    {
        IRecordStore store = await OpenAsync();
        var repository = new ApplicationRepository(store, _keys);
        Person(out PersonApplication one);
        await repository.AddAsync(one);
        string before = _keys.CurrentKeyId;
        Assert.NotEqual(before, _keys.Rotate());
        Assert.Equal(one.Document, (await repository.FindPersonAsync(one.Id))!.Application.Document);
        Assert.Equal(before, DataKeyRing.KeyIdOf((await store.FindAsync("person", one.Id))!.Content.Span));
        Assert.True(await _keys.ResealAsync(store) >= 1);
        Assert.Equal(0, await _keys.ResealAsync(store));
        Assert.Equal(_keys.CurrentKeyId, DataKeyRing.KeyIdOf((await store.FindAsync("person", one.Id))!.Content.Span));
        Assert.NotNull(await repository.FindApprovedAsync(one.Document));
    }

    [Fact]
    public async Task A_client_is_given_its_own_applications_page_by_page()
    {
        ApplicationRepository repository = await OpenRepositoryAsync();
        string client = "client " + NewId();
        List<string> own = [];
        for (int i = 0; i < 7; i++)
        {
            PersonApplication mine = Person() with { SubmittedBy = client };
            own.Add(mine.Id);
            await repository.AddAsync(i % 2 == 0 ? mine : mine.End("更名"));
            await repository.AddAsync(Person() with { SubmittedBy = client + " " }); // another client's
            await repository.AddAsync(Person());
        }

        List<string> read = [];
        List<string> page;
        do
        {
            page = await IdsAsync(new ApplicationQuery { SubmittedBy = client, After = read.LastOrDefault(), Limit = 3 });
            read.AddRange(page);
        }
        while (page.Count == 3);

        Assert.Equal(own.Order(StringComparer.Ordinal), read);
        Assert.Equal(own.Where((_, i) => i % 2 == 1).Order(StringComparer.Ordinal), await IdsAsync(new ApplicationQuery { SubmittedBy = client, State = ApplicationState.Ended }));
        Assert.Empty(await IdsAsync(new ApplicationQuery { SubmittedBy = "nobody" }));
        EnterpriseApplication enterprise = Enterprise(UnifiedCode()) with { SubmittedBy = client };
        await repository.AddAsync(enterprise);
        var enterprises = new List<string>();
        await foreach (StoredApplication<EnterpriseApplication> stored in repository.ListEnterprisesAsync(new ApplicationQuery { SubmittedBy = client }))
        {
            enterprises.Add(stored.Application.Id);
        }

        Assert.Equal([enterprise.Id], enterprises);

        async Task<List<string>> IdsAsync(ApplicationQuery query)
        {
            List<string> found = [];
            await foreach (StoredApplication<PersonApplication> stored in repository.ListPersonsAsync(query))
            {
                found.Add(stored.Application.Id);
            }

            return found;
        }
    }

    [Fact]
    public async Task What_was_kept_without_an_owner_is_given_its_own()
    {
        IRecordStore store = await OpenAsync();
        var repository = new ApplicationRepository(store, _keys);
        string client = "client " + NewId();
        PersonApplication person = Person() with { SubmittedBy = client };
        await repository.AddAsync(person);
        StoredRecord record = (await store.FindAsync("person", person.Id))!;
        Assert.Equal(RecordOutcome.Done, await store.ReplaceAsync(record with { Owner = null }));
        Assert.Equal(0, await CountAsync());
        await repository.AddMissingOwnersAsync();
        Assert.Equal(1, await CountAsync());
        long version = (await store.FindAsync("person", person.Id))!.Version;
        await repository.AddMissingOwnersAsync();
        Assert.Equal(version, (await store.FindAsync("person", person.Id))!.Version); // once
        Assert.NotNull(await repository.FindApprovedAsync(person.Document));

        async Task<int> CountAsync()
        {
            int count = 0;
            await foreach (StoredApplication<PersonApplication> _ in repository.ListPersonsAsync(new ApplicationQuery { SubmittedBy = client }))
            {
                count++;
            }

            return count;
        }
    }

    [Fact]
    public async Task Lists_go_by_state_key_due_time_and_page()
    {
        IRecordStore store = await OpenAsync();
        string kind = NewId();
        List<string> added = [];
        for (int i = 0; i < 5; i++)
        {
            added.Add($"r{i}");
            await store.AddAsync(new StoredRecord { Kind = kind, Id = $"r{i}", State = i % 2 == 0 ? "even" : "odd", DueAt = i == 0 ? null : Now.AddMinutes(10 - i), Keys = [new RecordKey("k" + (i / 2))], Content = new byte[] { (byte)i } });
        }

        Assert.Equal(["r0", "r2", "r4"], await IdsAsync(new RecordQuery { Kind = kind, State = "even" }));
        Assert.Equal((3, 0), (await store.CountAsync(kind, "even"), await store.CountAsync(kind, "none")));
        Assert.Equal(["r2", "r3"], await IdsAsync(new RecordQuery { Kind = kind, Key = "k1" }));
        Assert.Equal(["r4", "r3"], await IdsAsync(new RecordQuery { Kind = kind, DueBy = Now.AddMinutes(7) }));
        Assert.Equal(["r2", "r3"], await IdsAsync(new RecordQuery { Kind = kind, After = "r1", Limit = 2 }));
        Assert.Equal(RecordOutcome.Conflict, await store.AddAsync(new StoredRecord { Kind = kind, Id = "r1", Content = default }));
        Assert.Equal(RecordOutcome.Conflict, await store.ReplaceAsync(new StoredRecord { Kind = kind, Id = "r1", Version = 7, Content = default }));

        foreach (string id in added)
        {
            Assert.True(await store.RemoveAsync(kind, id)); // nothing unsealed stays in a database that other tests seal anew
        }

        async Task<string[]> IdsAsync(RecordQuery query)
        {
            var found = new List<string>();
            await foreach (StoredRecord record in store.ListAsync(query))
            {
                found.Add(record.Id);
            }

            return [.. found];
        }
    }

    protected static EnterpriseApplication Enterprise(UnifiedSocialCreditCode code, PersonApplication? administrator = null) =>
        EnterpriseApplication.Submit(NewId(), "示例（深圳）有限公司", code, "王五", administrator ?? Person());

    protected static PersonApplication Person(out PersonApplication person) => person = Person();

    /// <summary>A code nobody else in the database has.</summary>
    protected static UnifiedSocialCreditCode UnifiedCode()
    {
        const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        while (true)
        {
            string head = "91350100" + RandomNumberGenerator.GetInt32(10_000_000, 100_000_000).ToString(CultureInfo.InvariantCulture);
            foreach (string candidate in "0123456789X".SelectMany(organization => Alphabet.Select(check => $"{head}{organization}{check}")))
            {
                if (UnifiedSocialCreditCode.TryParse(candidate, out UnifiedSocialCreditCode? code, out _))
                {
                    return code;
                }
            }
        }
    }

    private static ResidentIdNumber ResidentNumber()
    {
        string head = "110105" + new DateOnly(1950, 1, 1).AddDays(RandomNumberGenerator.GetInt32(20_000)).ToString("yyyyMMdd", CultureInfo.InvariantCulture) + RandomNumberGenerator.GetInt32(100, 1000).ToString(CultureInfo.InvariantCulture);
        return "0123456789X".Select(check => ResidentIdNumber.TryParse(head + check, out ResidentIdNumber? number, out _) ? number : null).OfType<ResidentIdNumber>().Single();
    }

    private static MobileNumber Mobile() => MobileNumber.Parse("13" + RandomNumberGenerator.GetInt32(1_000_000_000).ToString("D9", CultureInfo.InvariantCulture));

    private static PersonApplication Person() => Person(ResidentNumber(), Mobile());

    private static PersonApplication Person(IdentityDocument document, MobileNumber mobile) => PersonApplication
        .Submit(NewId(), "张三", document, mobile, [new Consent("数字证书申请及使用协议", "3", Now)], new DateOnly(2026, 5, 1))
        .Record(Confirmed with { Check = "identity" });

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
