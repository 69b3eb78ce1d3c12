using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Testing;

namespace ESign.Registration.Tests;

/// <summary>From approved application to certificate, and from ended identity to revocation.</summary>
public sealed class RegistrationAuthorityTests : IAsyncLifetime
{
    private static readonly UnifiedSocialCreditCode Company = UnifiedSocialCreditCode.Parse("91350100M000100Y43");
    private static readonly VerificationRecord Confirmed = new("registry", "offline list", IsOffline: true, Succeeded: true, TimeProvider.System.GetUtcNow(), "");
    private readonly string _folder = Directory.CreateTempSubdirectory("esign-").FullName;
    private readonly LocalSigningKey _key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
    private CertificateAuthority _authority = null!;
    private RegistrationAuthority _registration = null!;

    public async ValueTask InitializeAsync()
    {
        _authority = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("示例CA"), _key);
        _registration = new RegistrationAuthority(_authority);
    }

    [Fact]
    public async Task Only_approved_applications_become_certificates_and_the_evidence_is_recorded()
    {
        PersonApplication submitted = PersonApplicationTests.Submit(ResidentIdNumber.Parse("11010519491231002X"), "2026-05-01", null);
        string csr = MakeRequest();
        await Assert.ThrowsAsync<RegistrationException>(async () => await _registration.IssuePersonAsync(submitted, csr));
        IssuedCertificate issued = await _registration.IssuePersonAsync(submitted.Record(Confirmed), csr);
        Assert.Equal("张三", issued.Certificate.Subject.CommonName);
        Assert.Equal("p1", (await _authority.Repository.FindAsync(_authority.Id, issued.SerialNumber))!.Intent.EvidenceReference);
    }

    [Fact]
    public async Task A_dissolved_organisation_loses_seal_and_operator_certificates()
    {
        PersonApplication person = Person();
        EnterpriseApplication enterprise = Enterprise(person);
        string seal = (await _registration.IssueEnterpriseAsync(enterprise, MakeRequest())).SerialNumber;
        string operatorSerial = (await _registration.IssueOperatorAsync(enterprise, person, MakeRequest())).SerialNumber;
        string own = (await _registration.IssuePersonAsync(person, MakeRequest())).SerialNumber;

        Assert.Equal(1, await _registration.RemoveOperatorAsync(Company, person.Document));
        Assert.Equal(CertificateState.Revoked, await StateAsync(operatorSerial));
        (EnterpriseApplication ended, int revoked) = await _registration.EndAsync(enterprise, "工商注销");
        Assert.Equal((ApplicationState.Ended, 1), (ended.State, revoked));
        Assert.Equal(CertificateState.Revoked, await StateAsync(seal));
        Assert.Equal(CertificateState.Issued, await StateAsync(own));
        (_, revoked) = await _registration.EndAsync(person, "个人更名");
        Assert.Equal(1, revoked);
        Assert.Equal(CertificateState.Revoked, await StateAsync(own));
    }

    [Fact]
    public async Task Expiry_notices_come_7_3_1_and_0_days_ahead()
    {
        IssuedCertificate issued = await _registration.IssuePersonAsync(Person(), MakeRequest());
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
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static PersonApplication Person() =>
        PersonApplicationTests.Submit(ResidentIdNumber.Parse("11010519491231002X"), "2026-05-01", null).Record(Confirmed);

    private static EnterpriseApplication Enterprise(PersonApplication administrator) =>
        EnterpriseApplication.Submit("e1", "示例公司", Company, "王五", administrator).Record(Confirmed).AuthorizeByLegalRepresentative(Confirmed);

    private async Task<CertificateState> StateAsync(string serial) => (await _authority.Repository.FindAsync(_authority.Id, serial))!.Status;

    private string MakeRequest()
    {
        string csr = Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".pem");
        Tool made = Tool.Run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", csr + ".key", "-subj", "/CN=Claimed", "-out", csr);
        Assert.True(made.ExitCode == 0, made.Error);
        return File.ReadAllText(csr);
    }
}
