using ESign.Pki.Names;

namespace ESign.Registration.Tests;

/// <summary>Enterprise verification: authorisation, letters, one account per code, exactly one super administrator.</summary>
public sealed class EnterpriseApplicationTests
{
    private static readonly UnifiedSocialCreditCode Company = UnifiedSocialCreditCode.Parse("91350100M000100Y43");
    private static readonly UnifiedSocialCreditCode Institution = UnifiedSocialCreditCode.Parse("12440300MB2CPUB11U");
    private static readonly VerificationRecord Confirmed = new("registry", "offline list", IsOffline: true, Succeeded: true, TimeProvider.System.GetUtcNow(), "");
    private static readonly VerificationRecord Refused = Confirmed with { Succeeded = false, Detail = "统一社会信用代码未收录" };

    [Fact]
    public void The_legal_representative_and_the_register_together_approve()
    {
        EnterpriseApplication application = Submit(Company);
        Assert.Equal(ApplicationState.Submitted, application.Record(Confirmed).State);
        Assert.Equal(ApplicationState.Submitted, application.AuthorizeByLegalRepresentative(Confirmed).State);
        EnterpriseApplication approved = application.AuthorizeByLegalRepresentative(Confirmed).Record(Confirmed);
        Assert.Equal(ApplicationState.Approved, approved.State);
        Assert.Equal("示例（深圳）有限公司", approved.ToSubject().CommonName);
    }

    [Fact]
    public void Institutions_need_a_letter()
    {
        EnterpriseApplication application = Submit(Institution).Record(Confirmed);
        Assert.Equal("authorization", PersonApplicationTests.Refusal(() => application.AuthorizeByLegalRepresentative(Confirmed)));
        EnterpriseApplication approved = application.UploadLetter(new DateOnly(2024, 6, 1), new DateOnly(2024, 6, 11)).Decide(approved: true, "审核员A", "公章清晰");
        Assert.Equal(ApplicationState.Approved, approved.State);
        Assert.Equal(AuthorizationMethod.AuthorityLetter, approved.Authorization);
    }

    [Fact]
    public void A_register_that_lags_sends_to_a_reviewer_and_then_goes_on()
    {
        EnterpriseApplication review = Submit(Company).Record(Refused);
        Assert.Equal(ApplicationState.UnderReview, review.State);
        EnterpriseApplication listed = review.Decide(approved: true, "审核员A", "新注册企业，已收录");
        Assert.Equal(ApplicationState.Submitted, listed.State);
        Assert.Equal(ApplicationState.Approved, listed.AuthorizeByLegalRepresentative(Confirmed).State);
        Assert.Equal(ApplicationState.Rejected, review.Decide(approved: false, "审核员A", "企业名称与信用代码不符").State);
    }

    [Fact]
    public void The_super_administrator_must_be_verified_first()
    {
        PersonApplication unverified = PersonApplicationTests.Submit(ResidentIdNumber.Parse("11010519491231002X"), "2026-05-01", null);
        Assert.Equal("super-administrator", PersonApplicationTests.Refusal(() => EnterpriseApplication.Submit("e1", "甲", Company, "王五", unverified)));
    }

    [Theory]
    [InlineData("2024-05-10", false)]
    [InlineData("2024-05-11", true)]
    [InlineData("2024-06-11", true)]
    [InlineData("2024-06-12", false)]
    public void A_letter_uploaded_on_2024_06_11(string signed, bool accepted) => ChecksLetter(signed, "2024-06-11", accepted);

    [Theory]
    [InlineData("2024-02-29", true)] // one month before 31 March
    [InlineData("2024-02-28", false)]
    public void A_letter_uploaded_on_2024_03_31(string signed, bool accepted) => ChecksLetter(signed, "2024-03-31", accepted);

    [Theory]
    [InlineData("2023年1月1日", 2023, 1, 1)]
    [InlineData("2024年06月11日", 2024, 6, 11)]
    public void Dates_written_in_full(string text, int year, int month, int day) => Assert.Equal(new DateOnly(year, month, day), AuthorityLetterDate.Parse(text));

    [Theory]
    [InlineData("21年6月11日")]
    [InlineData("2024年6月")]
    [InlineData("2024年2月30日")]
    [InlineData("1999年6月1日")]
    [InlineData("2024-06-11")]
    [InlineData("")]
    public void Dates_written_otherwise_are_refused(string text) =>
        Assert.Equal("letter-date-format", PersonApplicationTests.Refusal(() => AuthorityLetterDate.Parse(text)));

    [Fact]
    public void A_dissolved_organisation_gives_no_subject()
    {
        EnterpriseApplication ended = Approved().End("工商注销");
        Assert.Equal("state", PersonApplicationTests.Refusal(() => ended.ToSubject()));
        Assert.Equal("state", PersonApplicationTests.Refusal(() => ended.UploadLetter(new DateOnly(2024, 6, 1), new DateOnly(2024, 6, 1))));
    }

    private static void ChecksLetter(string signed, string uploaded, bool accepted)
    {
        void Check() => AuthorityLetterDate.Check(DateOnly.Parse(signed), DateOnly.Parse(uploaded));
        if (accepted)
        {
            Check();
        }
        else
        {
            Assert.Equal("letter-date", PersonApplicationTests.Refusal(Check));
        }
    }

    internal static PersonApplication Person() =>
        PersonApplicationTests.Submit(ResidentIdNumber.Parse("11010519491231002X"), "2026-05-01", null).Record(Confirmed);

    private static EnterpriseApplication Submit(UnifiedSocialCreditCode code) => EnterpriseApplication.Submit("e1", "示例(深圳)有限公司", code, "王五", Person());

    internal static EnterpriseApplication Approved() => Submit(Company).Record(Confirmed).AuthorizeByLegalRepresentative(Confirmed);
}
