using System.Text;
using ESign.Pdf;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Names;
using ESign.Pki.Validation;
using ESign.Registration.AuthorityLetters;
using ESign.Registration.Protection;
using ESign.Registration.Records;
using ESign.Testing;

namespace ESign.Registration.Tests;

/// <summary>The authority letter: given out filled in, taken back signed, refused when anything about it is off.</summary>
public sealed class AuthorityLetterTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 20, 2, 0, 0, TimeSpan.Zero);
    private static readonly UnifiedSocialCreditCode Company = UnifiedSocialCreditCode.Parse("91350100M000100Y43");
    private static readonly VerificationRecord Confirmed = new("identity", "offline list", IsOffline: true, Succeeded: true, Now, "");

    private readonly Clock _clock = new() { Now = Now };

    [Fact]
    public void The_letter_shows_every_fact_of_the_application_in_full()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("letter.pdf", Letter().ToPdf());
        string text = Tool.Run("pdftotext", "-layout", file, "-").Output;
        foreach (string fact in (string[])["超级管理员授权书", "深圳示例科技有限公司", "91350100M000100Y43", "王五", "张三", "居民身份证", "11010519491231002X", "13800138000", AuthorityLetter.SealKeyword])
        {
            Assert.Contains(fact, text, StringComparison.Ordinal);
        }

        Assert.Contains("Pages:           1", Tool.Run("pdfinfo", file).Output, StringComparison.Ordinal);
        Assert.Equal(Letter().ToPdf(), Letter().ToPdf());
    }

    [Fact]
    public void An_individual_business_names_its_owner_with_a_document()
    {
        UnifiedSocialCreditCode business = IndividualBusiness();
        Assert.Equal("letter-owner", PersonApplicationTests.Refusal(() => new AuthorityLetter(Application(business), "示例平台")));
        using var folder = new TemporaryFolder();
        string file = folder.Write("letter.pdf", new AuthorityLetter(Application(business), "示例平台", ResidentIdNumber.Parse("440524188001010014")).ToPdf());
        Assert.Contains("440524188001010014", Tool.Run("pdftotext", "-layout", file, "-").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_letter_needs_the_administrators_number() =>
        Assert.Equal("letter-mobile", PersonApplicationTests.Refusal(() => new AuthorityLetter(Application(Company, mobile: null), "示例平台")));

    [Fact]
    public async Task A_letter_signed_by_the_organisation_becomes_evidence()
    {
        TestPki pki = await TestPki.CreateAsync(clock: _clock);
        byte[] signed = await SignAsync(Letter().ToPdf(), pki.Enterprise, SealPlacement.AtKeyword(AuthorityLetter.SealKeyword), PadesLevel.T(pki.Timestamps));
        AuthorityLetterVerdict verdict = await VerifyAsync(pki, signed);
        Assert.True(verdict.IsAccepted, Explain(verdict));
        Assert.Equal(new DateOnly(2026, 5, 20), verdict.SignedOn);
        Assert.Equal(pki.Enterprise.Certificate, verdict.Signature!.Certificate);

        EnterpriseApplication uploaded = Application(Company).UploadLetter(verdict);
        Assert.Equal(ApplicationState.UnderReview, uploaded.State);
        Assert.Equal((verdict.SignedOn, verdict.Sha256), (uploaded.LetterDate, uploaded.LetterSha256));
        VerificationRecord evidence = Assert.Single(uploaded.Evidence);
        Assert.True(evidence is { Check: "authority-letter", Succeeded: true });
        Assert.Contains(verdict.Sha256, evidence.Detail, StringComparison.Ordinal);

        EnterpriseApplication approved = uploaded.Decide(approved: true, "审核员A", "公章清晰");
        Assert.Equal(AuthorizationMethod.AuthorityLetter, approved.Authorization);
        using DataKeyRing keys = DataKeyRing.Create();
        var applications = new ApplicationRepository(new InMemoryRecordStore(), keys);
        await applications.AddAsync(approved);
        IssuedCertificate issued = await new RegistrationAuthority(pki.Issuing, applications).IssueEnterpriseAsync(approved.Id, Request());
        CertificateRecord? record = await pki.Issuing.Repository.FindAsync(pki.Issuing.Id, issued.SerialNumber);
        Assert.Equal($"e1; letter sha256:{verdict.Sha256}", record!.Intent.EvidenceReference);
    }

    [Theory]
    [InlineData("2026-06-20T15:59:59Z", true)] // 20 June in China: one month to the day
    [InlineData("2026-06-20T16:00:00Z", false)] // 21 June in China
    public async Task A_letter_older_than_a_month_is_refused(string uploaded, bool accepted)
    {
        TestPki pki = await TestPki.CreateAsync(clock: _clock);
        byte[] signed = await SignAsync(Letter().ToPdf(), pki.Enterprise);
        _clock.Now = DateTimeOffset.Parse(uploaded);
        AuthorityLetterVerdict verdict = await VerifyAsync(pki, signed);
        Assert.Equal(accepted ? [] : ["letter-date"], verdict.Findings.Select(static finding => finding.Code));
        if (!accepted)
        {
            Assert.Equal("letter-date", PersonApplicationTests.Refusal(() => Application(Company).UploadLetter(verdict)));
        }
    }

    [Fact]
    public async Task An_unsigned_letter_is_refused()
    {
        TestPki pki = await TestPki.CreateAsync(clock: _clock);
        Assert.Equal(["letter-unsigned"], await RefusalsAsync(pki, Letter().ToPdf()));
    }

    [Fact]
    public async Task A_letter_signed_by_somebody_else_is_refused()
    {
        TestPki pki = await TestPki.CreateAsync(clock: _clock);
        SigningCredential other = await pki.EnterpriseAsync("深圳示例科技有限公司", "91440300708461136T");
        Assert.Equal(["letter-signer"], await RefusalsAsync(pki, await SignAsync(Letter().ToPdf(), other)));
        SigningCredential person = await pki.PersonAsync("张三", "11010519491231002X");
        Assert.Equal(["letter-signer"], await RefusalsAsync(pki, await SignAsync(Letter().ToPdf(), person)));
    }

    [Fact]
    public async Task A_letter_signed_with_an_untrusted_certificate_is_refused()
    {
        TestPki pki = await TestPki.CreateAsync(clock: _clock);
        TestPki stranger = await TestPki.CreateAsync(clock: _clock);
        Assert.Equal(["letter-signature"], await RefusalsAsync(pki, await SignAsync(Letter().ToPdf(), stranger.Enterprise)));
    }

    [Fact]
    public async Task The_letter_of_another_application_is_refused()
    {
        TestPki pki = await TestPki.CreateAsync(clock: _clock);
        EnterpriseApplication other = Application(Company, mobile: "13900139000");
        byte[] signed = await SignAsync(new AuthorityLetter(other, "示例平台").ToPdf(), pki.Enterprise);
        Assert.Equal(["letter-altered"], await RefusalsAsync(pki, signed));
        AuthorityLetterVerdict verdict = await VerifyAsync(pki, await SignAsync(Letter().ToPdf(), pki.Enterprise));
        EnterpriseApplication different = EnterpriseApplication.Submit("e2", "深圳示例科技有限公司", Company, "王五", Person("13800138000"));
        Assert.Equal("letter-application", PersonApplicationTests.Refusal(() => different.UploadLetter(verdict)));
    }

    [Fact]
    public async Task A_letter_changed_before_it_was_signed_is_refused_though_its_signature_is_right()
    {
        TestPki pki = await TestPki.CreateAsync(clock: _clock);
        var changed = new MemoryStream();
        var plan = new SigningPlan { Parties = [new SigningParty { Name = "机构" }], FillControls = [FillControl.Text(SealPlacement.At(1, 300, 300), "李四")] };
        await plan.WriteAsync(new MemoryStream(Letter().ToPdf()), changed, TestContext.Current.CancellationToken);
        Assert.True(changed.ToArray().AsSpan().StartsWith(Letter().ToPdf()), "the change is appended");
        AuthorityLetterVerdict verdict = await VerifyAsync(pki, await SignAsync(changed.ToArray(), pki.Enterprise));
        Assert.Equal(["letter-altered"], verdict.Findings.Select(static finding => finding.Code));
        Assert.Equal(Indication.Passed, verdict.Signature!.Indication);
    }

    [Fact]
    public async Task A_letter_changed_after_it_was_signed_is_refused()
    {
        TestPki pki = await TestPki.CreateAsync(clock: _clock);
        byte[] signed = await SignAsync(Letter().ToPdf(), pki.Enterprise);
        signed[200] ^= 1;
        Assert.Contains("letter-altered", await RefusalsAsync(pki, signed));
        Assert.Contains("letter-signature", await RefusalsAsync(pki, signed));
    }

    [Fact]
    public async Task What_is_no_PDF_is_refused_with_a_reason()
    {
        TestPki pki = await TestPki.CreateAsync(clock: _clock);
        Assert.Equal(["letter-unreadable"], await RefusalsAsync(pki, Encoding.ASCII.GetBytes("a photograph of a letter")));
        Assert.Equal(["letter-unreadable"], await RefusalsAsync(pki, new byte[AuthorityLetterVerifier.MaximumSize + 1]));
    }

    private static AuthorityLetter Letter() => new(Application(Company), "示例电子签平台");

    private static EnterpriseApplication Application(UnifiedSocialCreditCode code, string? mobile = "13800138000") =>
        EnterpriseApplication.Submit("e1", "深圳示例科技有限公司", code, "王五", Person(mobile));

    private static PersonApplication Person(string? mobile) => PersonApplication
        .Submit("p1", "张三", ResidentIdNumber.Parse("11010519491231002X"), mobile is null ? null : MobileNumber.Parse(mobile), [new Consent("数字证书申请及使用协议", "3", Now)], new DateOnly(2026, 5, 20))
        .Record(Confirmed);

    /// <summary>A code of category 92; its check character is whichever of the alphabet fits.</summary>
    private static UnifiedSocialCreditCode IndividualBusiness() => "0123456789ABCDEFGHJKLMNPQRTUWXY"
        .Select(check => UnifiedSocialCreditCode.TryParse("92350100M000100Y4" + check, out UnifiedSocialCreditCode? code, out _) ? code : null)
        .First(code => code is not null)!;

    private async Task<byte[]> SignAsync(byte[] letter, SigningCredential credential, SealPlacement? placement = null, PadesLevel? level = null)
    {
        var output = new MemoryStream();
        await new PdfSigner(credential, _clock).SignAsync(new MemoryStream(letter), output, new SignatureOptions
        {
            Seal = placement is null ? null : Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001")).Place(placement),
            Level = level ?? PadesLevel.B,
        }, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    private async Task<AuthorityLetterVerdict> VerifyAsync(TestPki pki, byte[] upload)
    {
        var verifier = new AuthorityLetterVerifier(new VerificationPolicy
        {
            TrustAnchors = new TrustAnchors([pki.Root.Certificate]),
            UnknownRevocation = UnknownRevocation.Accept,
            Clock = _clock,
        });
        return await verifier.VerifyAsync(Letter(), new MemoryStream(upload), TestContext.Current.CancellationToken);
    }

    private async Task<IEnumerable<string>> RefusalsAsync(TestPki pki, byte[] upload) =>
        (await VerifyAsync(pki, upload)).Findings.Select(static finding => finding.Code);

    private static string Request()
    {
        using var folder = new TemporaryFolder();
        string csr = folder.PathTo("request.pem");
        Tool made = Tool.Run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", folder.PathTo("key.pem"), "-subj", "/CN=Claimed", "-out", csr);
        Assert.True(made.ExitCode == 0, made.Error);
        return File.ReadAllText(csr);
    }

    private static string Explain(AuthorityLetterVerdict verdict) => string.Join('\n', verdict.Findings.Select(static finding => finding.Message));

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
