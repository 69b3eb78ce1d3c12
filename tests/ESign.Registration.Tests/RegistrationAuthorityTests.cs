using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Revocation;
using ESign.Registration.Protection;
using ESign.Registration.Records;
using ESign.Testing;

namespace ESign.Registration.Tests;

/// <summary>From approved application to certificate, and from ended or changed identity to revocation (F042, F072, F095, F103).</summary>
public sealed class RegistrationAuthorityTests : IAsyncLifetime
{
    private static readonly UnifiedSocialCreditCode Company = UnifiedSocialCreditCode.Parse("91350100M000100Y43");
    private static readonly VerificationRecord Confirmed = new("registry", "offline list", IsOffline: true, Succeeded: true, TimeProvider.System.GetUtcNow(), "");
    private readonly TemporaryFolder _folder = new();
    private readonly LocalSigningKey _key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
    private readonly DataKeyRing _keys = DataKeyRing.Create();
    private readonly PersonApplication _person = EnterpriseApplicationTests.Person();
    private readonly EnterpriseApplication _enterprise;
    private ApplicationRepository _applications = null!;
    private CertificateAuthority _authority = null!;
    private RegistrationAuthority _registration = null!;

    public RegistrationAuthorityTests() =>
        _enterprise = EnterpriseApplication.Submit("e1", "示例公司", Company, "王五", _person).Record(Confirmed).AuthorizeByLegalRepresentative(Confirmed);

    public async ValueTask InitializeAsync()
    {
        _authority = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("示例CA"), _key);
        _applications = new ApplicationRepository(new InMemoryRecordStore(), _keys);
        _registration = new RegistrationAuthority(_authority, _applications);
        await _applications.AddAsync(_person);
        await _applications.AddAsync(_enterprise);
    }

    [Fact]
    public async Task Only_what_the_repository_holds_as_approved_becomes_a_certificate_and_the_evidence_is_recorded()
    {
        PersonApplication submitted = PersonApplication.Submit("p2", "李四", ResidentIdNumber.Parse("440524188001010014"), null, [new Consent("协议", "1", default)], new DateOnly(2026, 5, 1));
        await _applications.AddAsync(submitted);
        Assert.Equal("state", (await Assert.ThrowsAsync<RegistrationException>(async () => await _registration.IssuePersonAsync("p2", MakeRequest()))).Code);
        Assert.Equal("no-such-application", (await Assert.ThrowsAsync<RegistrationException>(async () => await _registration.IssuePersonAsync("p9", MakeRequest()))).Code);
        IssuedCertificate issued = await _registration.IssuePersonAsync("p1", MakeRequest());
        Assert.Equal("张三", issued.Certificate.Subject.CommonName);
        Assert.Equal("p1", (await _authority.Repository.FindAsync(_authority.Id, issued.SerialNumber))!.Intent.EvidenceReference);
    }

    [Fact]
    public async Task Only_a_person_of_the_organisation_signs_for_it_and_no_longer_after_leaving()
    {
        PersonApplication employee = Employee();
        await _applications.AddAsync(employee);
        Assert.Equal("operator", (await Assert.ThrowsAsync<RegistrationException>(async () => await _registration.IssueOperatorAsync("e1", "p2", MakeRequest()))).Code);
        await UpdateAsync(enterprise => enterprise.AddOperator(employee));
        string serial = (await _registration.IssueOperatorAsync("e1", "p2", MakeRequest())).SerialNumber;
        string own = (await _registration.IssuePersonAsync("p2", MakeRequest())).SerialNumber;

        Assert.Equal(1, await _registration.RemoveOperatorAsync("e1", "p2"));
        Assert.Equal(CertificateState.Revoked, await StateAsync(serial));
        Assert.Equal(CertificateState.Issued, await StateAsync(own));
        Assert.Equal("operator", (await Assert.ThrowsAsync<RegistrationException>(async () => await _registration.IssueOperatorAsync("e1", "p2", MakeRequest()))).Code);
    }

    [Fact]
    public async Task A_dissolved_organisation_loses_seal_and_operator_certificates_and_ending_again_finishes_what_was_interrupted()
    {
        string seal = (await _registration.IssueEnterpriseAsync("e1", MakeRequest())).SerialNumber;
        string signer = (await _registration.IssueOperatorAsync("e1", "p1", MakeRequest())).SerialNumber;
        string own = (await _registration.IssuePersonAsync("p1", MakeRequest())).SerialNumber;
        (EnterpriseApplication ended, int revoked) = await _registration.EndEnterpriseAsync("e1", "工商注销");
        Assert.Equal((ApplicationState.Ended, 2), (ended.State, revoked));
        Assert.Equal(CertificateState.Revoked, await StateAsync(seal));
        Assert.Equal(CertificateState.Revoked, await StateAsync(signer));
        Assert.Equal(CertificateState.Issued, await StateAsync(own));
        Assert.Equal((ApplicationState.Ended, 0), await EndAgainAsync());
        Assert.Equal("state", (await Assert.ThrowsAsync<RegistrationException>(async () => await _registration.IssueEnterpriseAsync("e1", MakeRequest()))).Code);

        async Task<(ApplicationState, int)> EndAgainAsync()
        {
            (EnterpriseApplication application, int count) = await _registration.EndEnterpriseAsync("e1", "again");
            return (application.State, count);
        }
    }

    [Fact]
    public async Task A_person_whose_name_changed_loses_the_certificates_in_the_old_name()
    {
        string own = (await _registration.IssuePersonAsync("p1", MakeRequest())).SerialNumber;
        (PersonApplication ended, int revoked) = await _registration.EndPersonAsync("p1", "个人更名");
        Assert.Equal((ApplicationState.Ended, 1), (ended.State, revoked));
        CertificateRecord record = (await _authority.Repository.FindAsync(_authority.Id, own))!;
        Assert.Equal((CertificateState.Revoked, (RevocationReason?)RevocationReason.AffiliationChanged), (record.Status, record.Revocation?.Reason));
    }

    [Theory]
    [InlineData(EnterpriseChangeKind.Name, true, true)]
    [InlineData(EnterpriseChangeKind.LegalRepresentative, true, true)]
    [InlineData(EnterpriseChangeKind.SuperAdministrator, false, true)]
    public async Task A_change_revokes_what_named_the_former(EnterpriseChangeKind kind, bool losesSeal, bool losesOperator)
    {
        string seal = (await _registration.IssueEnterpriseAsync("e1", MakeRequest())).SerialNumber;
        string signer = (await _registration.IssueOperatorAsync("e1", "p1", MakeRequest())).SerialNumber;
        PersonApplication next = Employee();
        await UpdateAsync(enterprise => enterprise.RequestChange(new EnterpriseChange
        {
            Kind = kind,
            NewValue = "新值",
            SuperAdministrator = kind == EnterpriseChangeKind.SuperAdministrator ? next : null,
            Reason = "改制",
            RequestedBy = "李四",
            RequestedAt = TimeProvider.System.GetUtcNow(),
        }));
        (EnterpriseApplication after, int revoked) = await _registration.DecideChangeAsync("e1", approved: true, "审核员A", "属实");
        Assert.Equal((losesSeal ? 1 : 0) + (losesOperator ? 1 : 0), revoked);
        Assert.Equal(losesSeal ? CertificateState.Revoked : CertificateState.Issued, await StateAsync(seal));
        Assert.Equal(losesOperator ? CertificateState.Revoked : CertificateState.Issued, await StateAsync(signer));
        Assert.Equal(kind, Assert.Single(after.Changes).Kind);
        IssuedCertificate again = await _registration.IssueEnterpriseAsync("e1", MakeRequest());
        Assert.Equal(kind == EnterpriseChangeKind.Name ? "新值" : "示例公司", again.Certificate.Subject.CommonName);
    }

    [Fact]
    public async Task Between_a_decision_and_the_change_nothing_is_certified_in_the_old_name()
    {
        await UpdateAsync(Rename);
        string former = (await _registration.IssueEnterpriseAsync("e1", MakeRequest())).SerialNumber; // a change that is only asked for keeps nobody from working
        await _registration.GrantChangeAsync("e1", requestedAt: null, default); // and here the server that decided died
        Assert.Equal("change-pending", await RefusalAsync(async () => await _registration.IssueEnterpriseAsync("e1", MakeRequest())));
        Assert.Equal("change-pending", await RefusalAsync(async () => await _registration.IssueOperatorAsync("e1", "p1", MakeRequest())));
        Assert.Equal("change-pending", await RefusalAsync(async () => await _registration.DecideChangeAsync("e1", approved: false, "审核员A", "x")));
        Assert.Equal("change-pending", await RefusalAsync(() => UpdateAsync(static enterprise => enterprise.WithdrawChange())));
        (EnterpriseApplication after, int revoked) = await _registration.DecideChangeAsync("e1", approved: true, "审核员A", "属实");
        Assert.Equal(("新名", 1, CertificateState.Revoked), (after.Name, revoked, await StateAsync(former)));
        Assert.Equal("新名", (await _registration.IssueEnterpriseAsync("e1", MakeRequest())).Certificate.Subject.CommonName);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_made_while_its_organisation_changes_is_revoked_and_not_handed_out(bool isOperator)
    {
        PersonApplication employee = await EmployAsync();
        var interrupted = new Interrupted(_applications, async () =>
        {
            if (isOperator)
            {
                await _registration.BeginRemovalAsync("e1", employee.Id, default);
            }
            else
            {
                await UpdateAsync(Rename);
                await _registration.GrantChangeAsync("e1", requestedAt: null, default);
            }
        });
        List<string> undone = [];
        var registration = new RegistrationAuthority(_authority, interrupted)
        {
            Undone = issued =>
            {
                undone.Add(issued.SerialNumber);
                return ValueTask.CompletedTask;
            },
        };
        Assert.Equal("state", await RefusalAsync(async () => await (isOperator ? registration.IssueOperatorAsync("e1", employee.Id, MakeRequest()) : registration.IssueEnterpriseAsync("e1", MakeRequest()))));
        List<(string, CertificateState)> states = [];
        await foreach (CertificateRecord record in _authority.Repository.ListAsync(new CertificateQuery { IssuerId = _authority.Id, CreditCode = Company.Value }))
        {
            states.Add((record.SerialNumber, record.Status));
        }

        Assert.Equal([(Assert.Single(undone), CertificateState.Revoked)], states);
    }

    [Fact]
    public async Task An_employee_whose_leaving_was_interrupted_leaves_at_the_second_try()
    {
        PersonApplication employee = await EmployAsync();
        string serial = (await _registration.IssueOperatorAsync("e1", employee.Id, MakeRequest())).SerialNumber;
        await _registration.BeginRemovalAsync("e1", employee.Id, default);
        Assert.Equal("operator", await RefusalAsync(async () => await _registration.IssueOperatorAsync("e1", employee.Id, MakeRequest())));
        Assert.Equal(1, await _registration.RemoveOperatorAsync("e1", employee.Id));
        Assert.Equal(CertificateState.Revoked, await StateAsync(serial));
        Assert.Equal("operator", await RefusalAsync(async () => await _registration.RemoveOperatorAsync("e1", employee.Id)));
    }

    [Fact]
    public async Task A_change_that_replaced_the_refused_one_meanwhile_is_not_refused_with_it()
    {
        await UpdateAsync(Rename);
        var interrupted = new Interrupted(_applications, async () =>
        {
            await UpdateAsync(static enterprise => enterprise.WithdrawChange());
            await UpdateAsync(static enterprise => enterprise.RequestChange(new EnterpriseChange { Kind = EnterpriseChangeKind.LegalRepresentative, NewValue = "钱七", Reason = "改制", RequestedBy = "李四", RequestedAt = DateTimeOffset.UnixEpoch }));
        });
        Assert.Equal("change-replaced", await RefusalAsync(async () => await new RegistrationAuthority(_authority, interrupted).DecideChangeAsync("e1", approved: false, "审核员A", "x")));
        Assert.Equal("钱七", (await _applications.FindEnterpriseAsync("e1"))!.Application.PendingChange!.NewValue);
    }

    [Fact]
    public async Task A_refused_change_revokes_nothing()
    {
        string seal = (await _registration.IssueEnterpriseAsync("e1", MakeRequest())).SerialNumber;
        await UpdateAsync(Rename);
        (EnterpriseApplication after, int revoked) = await _registration.DecideChangeAsync("e1", approved: false, "审核员A", "材料不符");
        Assert.Equal((0, "示例公司", null), (revoked, after.Name, after.PendingChange));
        Assert.Equal(CertificateState.Issued, await StateAsync(seal));
    }

    [Fact]
    public async Task Expiry_notices_come_7_3_1_and_0_days_ahead()
    {
        IssuedCertificate issued = await _registration.IssuePersonAsync("p1", MakeRequest());
        TimeSpan china = TimeSpan.FromHours(8);
        DateOnly last = DateOnly.FromDateTime(issued.Certificate.NotAfter.ToOffset(china).DateTime);
        var days = new List<int>();
        for (int ahead = 9; ahead >= -1; ahead--)
        {
            await foreach ((CertificateRecord record, int left) in ExpiryNotices.DueOnAsync(_authority.Repository, last.AddDays(-ahead), china))
            {
                Assert.Equal((issued.SerialNumber, ahead), (record.SerialNumber, left));
                days.Add(left);
            }
        }

        Assert.Equal([7, 3, 1, 0], days);
    }

    public ValueTask DisposeAsync()
    {
        _key.Dispose();
        _keys.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task UpdateAsync(Func<EnterpriseApplication, EnterpriseApplication> change)
    {
        StoredApplication<EnterpriseApplication> read = (await _applications.FindEnterpriseAsync("e1"))!;
        Assert.True(await _applications.TryUpdateAsync(read with { Application = change(read.Application) }));
    }

    private static EnterpriseApplication Rename(EnterpriseApplication enterprise) =>
        enterprise.RequestChange(new EnterpriseChange { Kind = EnterpriseChangeKind.Name, NewValue = "新名", Reason = "改制", RequestedBy = "李四", RequestedAt = default });

    private static PersonApplication Employee() =>
        PersonApplication.Submit("p2", "李四", ResidentIdNumber.Parse("440524188001010014"), null, [new Consent("协议", "1", default)], new DateOnly(2026, 5, 1)).Record(Confirmed);

    private async Task<PersonApplication> EmployAsync()
    {
        PersonApplication employee = Employee();
        await _applications.AddAsync(employee);
        await UpdateAsync(enterprise => enterprise.AddOperator(employee));
        return employee;
    }

    private static async Task<string> RefusalAsync(Func<Task> action) => (await Assert.ThrowsAsync<RegistrationException>(action)).Code;

    private async Task<CertificateState> StateAsync(string serial) => (await _authority.Repository.FindAsync(_authority.Id, serial))!.Status;

    private string MakeRequest()
    {
        string csr = _folder.PathTo(Guid.NewGuid().ToString("N") + ".pem");
        Tool made = Tool.Run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", csr + ".key", "-subj", "/CN=Claimed", "-out", csr);
        Assert.True(made.ExitCode == 0, made.Error);
        return File.ReadAllText(csr);
    }
}
