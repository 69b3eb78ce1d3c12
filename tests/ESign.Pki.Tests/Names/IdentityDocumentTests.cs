using ESign.Pki.Names;

namespace ESign.Pki.Tests.Names;

/// <summary>GB 11643 numbers, permits that share its coding, travel permits and mobile numbers.</summary>
public sealed class IdentityDocumentTests
{
    [Fact]
    public void GB_11643_annex_example_female()
    {
        ResidentIdNumber number = ResidentIdNumber.Parse("11010519491231002x");
        Assert.Equal("11010519491231002X", number.Value);
        Assert.Equal(new DateOnly(1949, 12, 31), number.BirthDate);
        Assert.Equal(Sex.Female, number.Sex);
        Assert.Equal("110105", number.RegionCode);
        Assert.Equal("1****************X", number.Masked);
        Assert.Equal(number.Masked, number.ToString());
    }

    [Fact]
    public void GB_11643_annex_example_male()
    {
        ResidentIdNumber number = ResidentIdNumber.Parse("440524188001010014");
        Assert.Equal(new DateOnly(1880, 1, 1), number.BirthDate);
        Assert.Equal(Sex.Male, number.Sex);
    }

    [Theory]
    [InlineData(null, "18位")]
    [InlineData("110105491231002", "15位旧身份证号码已停用")]
    [InlineData("11010519491231002", "实际为17位")]
    [InlineData("1101051949123100X2", "第17位不是数字")]
    [InlineData("110105194913310021", "出生日期“19491331”不存在")]
    [InlineData("110105190002290027", "出生日期“19000229”不存在")] // 1900 was no leap year
    [InlineData("110105194912310021", "校验位错误")]
    [InlineData("11010519491231002Y", "校验位错误")]
    [InlineData("810000199408230021", "居住证")]
    [InlineData("990105194912310023", "行政区划“99”不存在")]
    public void Resident_number_is_refused_with_the_reason(string? text, string expected)
    {
        Assert.False(ResidentIdNumber.TryParse(text, out _, out string? reason));
        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reason_never_tells_the_right_check_character()
    {
        ResidentIdNumber.TryParse("110105194912310021", out _, out string? reason);
        Assert.DoesNotContain("X", reason!.Split(" / ")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2010-01-15", 60)]
    [InlineData("2009-12-31", 60)]
    [InlineData("2009-12-30", 59)]
    [InlineData("1949-12-31", 0)]
    [InlineData("1949-12-30", -1)]
    public void Age_is_completed_on_the_birthday(string day, int expected) =>
        Assert.Equal(expected, ResidentIdNumber.Parse("11010519491231002X").AgeOn(DateOnly.Parse(day)));

    [Theory]
    [InlineData("2021-02-28", 20)]
    [InlineData("2021-03-01", 21)] // born on 29 February: 1 March in common years
    [InlineData("2020-02-29", 20)]
    [InlineData("2020-02-28", 19)]
    public void Age_of_a_leap_day_child(string day, int expected) =>
        Assert.Equal(expected, Ages.CompletedYears(new DateOnly(2000, 2, 29), DateOnly.Parse(day)));

    [Theory]
    [InlineData("810000199408230021")]
    [InlineData("820000198803150010")]
    [InlineData("830000199212040035")]
    public void Residence_permits(string text)
    {
        ResidencePermitNumber number = ResidencePermitNumber.Parse(text);
        Assert.Equal(text[..6], number.RegionCode);
        Assert.NotNull(number.BirthDate);
        Assert.False(ResidencePermitNumber.TryParse("11010519491231002X", out _, out string? reason));
        Assert.Contains("810000", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("H1234567800", IdentityDocumentKind.HongKongMacaoTravelPermit, "H12345678")]
    [InlineData("m12345678", IdentityDocumentKind.HongKongMacaoTravelPermit, "M12345678")]
    [InlineData("12345678", IdentityDocumentKind.TaiwanTravelPermit, "12345678")]
    [InlineData("1234567801", IdentityDocumentKind.TaiwanTravelPermit, "12345678")]
    public void Travel_permits(string text, IdentityDocumentKind kind, string lifetime)
    {
        TravelPermitNumber number = TravelPermitNumber.Parse(text);
        Assert.Equal(kind, number.Kind);
        Assert.Equal(lifetime, number.LifetimeNumber);
        Assert.Null(number.BirthDate);
        Assert.Null(number.AgeOn(new DateOnly(2024, 1, 1)));
    }

    [Theory]
    [InlineData("H123456789")]
    [InlineData("X12345678")]
    [InlineData("H1234567A")]
    [InlineData("123456789")]
    [InlineData("")]
    public void Not_travel_permits(string text) => Assert.False(TravelPermitNumber.TryParse(text, out _, out _));

    [Fact]
    public void A_travel_permit_of_the_other_kind_is_refused() =>
        Assert.False(IdentityDocument.TryParse(IdentityDocumentKind.TaiwanTravelPermit, "H12345678", out _, out _));

    [Theory]
    [InlineData("18612344014", "186****4014")]
    [InlineData("13000000000", "130****0000")]
    public void Mobile_numbers_are_masked(string text, string masked) => Assert.Equal(masked, MobileNumber.Parse(text).ToString());

    [Theory]
    [InlineData("12612344014")]
    [InlineData("1861234401")]
    [InlineData("+8618612344014")]
    [InlineData("1861234401x")]
    [InlineData(null)]
    public void Not_mobile_numbers(string? text) => Assert.False(MobileNumber.TryParse(text, out _, out _));

    [Theory]
    [InlineData("张三", "张*")]
    [InlineData("欧阳明日", "欧***")]
    [InlineData("𠮷田", "𠮷*")]
    public void Names_are_masked_by_visible_character(string name, string masked) => Assert.Equal(masked, Masking.PersonName(name));
}
