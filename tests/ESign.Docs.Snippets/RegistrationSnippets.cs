using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Registration;
using ESign.Registration.Banking;
using ESign.Registration.Protection;
using ESign.Registration.Records;
using ESign.Storage;

namespace ESign.Docs.Snippets;

/// <summary>Guide: registration.</summary>
public class RegistrationSnippets
{
    [Fact]
    public async Task Registration()
    {
        using Workplace here = await Workplace.CreateAsync();
        using var key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        CertificateAuthority issuing = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("Example CA", "Example"), key);
        using var elsewhere = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        string csr = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=anything", elsewhere, System.Security.Cryptography.HashAlgorithmName.SHA256).CreateSigningRequestPem();
        TimeProvider clock = TimeProvider.System;

        #region registration-desk
        using DataKeyRing keys = DataKeyRing.Create();
        keys.Save("data-keys");                                             // chmod 600; without it nothing kept can be read again
        IRecordStore store = SqlRecordStore.OpenSqlite("registration.db");
        var desk = new RegistrationDesk(store, keys, RegistrationProviders.Offline(clock), clock);   // your providers in production

        PersonApplication person = await desk.RegisterPersonAsync(new PersonClaim
        {
            Name = "张三",
            Document = ResidentIdNumber.Parse("11010519491231002X"),
            Mobile = MobileNumber.Parse("13800138000"),
            Consents = [new Consent("数字证书申请及使用协议", "3", clock.GetUtcNow())],
        });
        EnterpriseApplication company = await desk.RegisterEnterpriseAsync(new EnterpriseClaim
        {
            Name = "深圳示例科技有限公司",
            Code = UnifiedSocialCreditCode.Parse("91350100M000100Y43"),
            LegalRepresentative = "王五",
            SuperAdministratorId = person.Id,
        });
        company = await desk.AuthorizeByLegalRepresentativeAsync(company.Id, "王五", ResidentIdNumber.Parse("440524188001010014"));
        #endregion

        Assert.Equal(ApplicationState.Approved, company.State);

        #region registration-certificate
        var authority = new RegistrationAuthority(issuing, desk.Applications);
        IssuedCertificate seal = await authority.IssueEnterpriseAsync(company.Id, csr);
        (_, int revoked) = await authority.EndEnterpriseAsync(company.Id, "工商注销");
        #endregion

        Assert.Equal(1, revoked);
        Assert.Contains("深圳示例科技有限公司", seal.Certificate.Subject.ToString(), StringComparison.Ordinal);

        EnterpriseApplication foreign = await desk.RegisterEnterpriseAsync(new EnterpriseClaim
        {
            Name = "深圳外资科技有限公司",
            Code = UnifiedSocialCreditCode.Parse("91440300708461136T"),
            LegalRepresentative = "John",
            IsLegalRepresentativeForeign = true,
            SuperAdministratorId = person.Id,
        });

        #region registration-bank
        var account = new BankAccount("深圳外资科技有限公司", "6222020000001234567", "示例银行深圳分行");
        (foreign, _) = await desk.StartBankChallengeAsync(foreign.Id, BankChallengeKind.Payment, account);
        // … the organisation sees 0.01 to 0.99 yuan arrive and names it, within seven days, in two tries:
        // foreign = await desk.AnswerBankChallengeAsync(foreign.Id, fen: 37);
        #endregion

        Assert.Equal(BankChallengeState.Pending, foreign.BankChallenge!.State);
    }
}
