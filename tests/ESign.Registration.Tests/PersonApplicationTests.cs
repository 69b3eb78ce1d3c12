using ESign.Pki.Names;

namespace ESign.Registration.Tests;

/// <summary>Personal verification: ages, documents, states, and what an offline answer looks like in the record.</summary>
public sealed class PersonApplicationTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Consent[] Consents = [new("数字证书申请及使用协议", "3", Now)];
    private static readonly ResidentIdNumber Adult = ResidentIdNumber.Parse("11010519491231002X");

    [Theory]
    [InlineData("1965-12-31", true)] // 16 on the day
    [InlineData("1965-12-30", false)]
    public void A_resident_registers_from_sixteen(string day, bool accepted) => Submits(Adult, day, declared: null, accepted);

    [Theory]
    [InlineData("810000199408230021", "2012-08-23", true)]
    [InlineData("810000199408230021", "2012-08-22", false)]
    public void A_residence_permit_holder_registers_from_eighteen(string number, string day, bool accepted) =>
        Submits(ResidencePermitNumber.Parse(number), day, declared: null, accepted);

    [Theory]
    [InlineData("2008-05-01", true)]
    [InlineData("2008-05-02", false)]
    public void A_travel_permit_needs_a_declared_birth_date(string declared, bool accepted) =>
        Submits(TravelPermitNumber.Parse("H1234567800"), "2026-05-01", declared, accepted);

    [Fact]
    public void Missing_or_contradicting_birth_dates_are_refused()
    {
        Assert.Equal("birth-date", Refusal(() => Submit(TravelPermitNumber.Parse("M12345678"), "2026-05-01", null)));
        Assert.Equal("birth-date", Refusal(() => Submit(Adult, "2026-05-01", "1949-12-30")));
    }

    [Fact]
    public void Nobody_registers_without_consent() =>
        Assert.Equal("consent", Refusal(() => PersonApplication.Submit("p1", "张三", Adult, null, [], new DateOnly(2026, 5, 1))));

    [Fact]
    public async Task A_confirmed_person_gets_a_subject_and_the_record_says_offline()
    {
        var verifier = new OfflineVerifier(TimeProvider.System, "李四");
        PersonApplication approved = Submit(Adult, "2026-05-01", null).Record(await verifier.VerifyAsync("张三", Adult, mobile: null));
        Assert.Equal(ApplicationState.Approved, approved.State);
        Assert.Equal(AssuranceLevel.Verified, approved.Assurance);
        Assert.True(Assert.Single(approved.Evidence).IsOffline);
        Assert.Equal(CertificateSubjectKind.Person, approved.ToSubject().Kind);
    }

    [Fact]
    public async Task A_refusal_goes_to_a_reviewer_who_decides()
    {
        var verifier = new OfflineVerifier(TimeProvider.System, "张三");
        PersonApplication review = Submit(Adult, "2026-05-01", null).Record(await verifier.VerifyAsync("张三", Adult, mobile: null));
        Assert.Equal(ApplicationState.UnderReview, review.State);
        Assert.Equal("state", Refusal(() => review.ToSubject()));
        Assert.Equal(ApplicationState.Approved, review.Decide(approved: true, "审核员A", "证件照片清晰").State);
        PersonApplication rejected = review.Decide(approved: false, "审核员A", "本人与照片差距过大");
        Assert.Equal(ApplicationState.Rejected, rejected.State);
        Assert.Equal("state", Refusal(() => rejected.Decide(approved: true, "审核员B", "")));
    }

    [Fact]
    public async Task A_passport_reaches_formal_assurance_only()
    {
        var verifier = new OfflineVerifier(TimeProvider.System);
        PassportNumber passport = PassportNumber.Parse("E12345678");
        PersonApplication approved = Submit(passport, "2026-05-01", "1990-01-01").Record(await verifier.VerifyAsync("John", passport, mobile: null));
        Assert.Equal(AssuranceLevel.Formal, approved.Assurance);
    }

    [Fact]
    public async Task An_identity_that_ended_gives_no_subject()
    {
        var verifier = new OfflineVerifier(TimeProvider.System);
        PersonApplication ended = Submit(Adult, "2026-05-01", null).Record(await verifier.VerifyAsync("张三", Adult, mobile: null)).End("个人更名");
        Assert.Equal("state", Refusal(() => ended.ToSubject()));
    }

    internal static PersonApplication Submit(IdentityDocument document, string day, string? declared) => PersonApplication.Submit(
        "p1", "张三", document, MobileNumber.Parse("18612344014"), Consents, DateOnly.Parse(day), declared is null ? null : DateOnly.Parse(declared));

    internal static string Refusal(Action action) => Assert.Throws<RegistrationException>(action).Code;

    private static void Submits(IdentityDocument document, string day, string? declared, bool accepted)
    {
        if (accepted)
        {
            Assert.Equal(ApplicationState.Submitted, Submit(document, day, declared).State);
        }
        else
        {
            Assert.Equal("age", Refusal(() => Submit(document, day, declared)));
        }
    }
}
