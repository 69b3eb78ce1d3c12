using System.Text;
using ESign.Registration.Access;
using ESign.Registration.Operators;
using ESign.Registration.Protection;
using ESign.Registration.Records;

namespace ESign.Registration.Tests;

/// <summary>Operators who log in: rows F224–F227 of the rules, RFC 6238's vectors, and what parallel guessing gains.</summary>
public sealed class OperatorTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 5, 20, 1, 0, 0, TimeSpan.Zero)); // 9:00 in China
    private readonly DataKeyRing _keys = DataKeyRing.Create();
    private readonly InMemoryRecordStore _store = new();
    private readonly OperatorDesk _desk;

    public OperatorTests() => _desk = new OperatorDesk(_store, _keys, _clock, iterations: 1000);

    [Theory] // RFC 6238, appendix B, the SHA-1 rows
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Rfc_6238_appendix_B(long seconds, string code) =>
        Assert.Equal(code, Totp.Compute("12345678901234567890"u8, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)), digits: 8));

    [Theory] // RFC 4648, §10, without padding
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Rfc_4648_section_10(string text, string base32) => Assert.Equal(base32, Totp.ToBase32(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public async Task F225_a_code_is_good_for_its_30_seconds_one_step_around_and_once()
    {
        (byte[] secret, _) = await InviteAsync();
        string code = CodeAt(secret, _clock.Now);
        Assert.Equal("second-factor", await CodeOfAsync(Request(null)));
        await _desk.LogInAsync(Request(code), default);
        Assert.Equal("second-factor-wrong", await CodeOfAsync(Request(code)));
        await _desk.LogInAsync(Request(CodeAt(secret, _clock.Now.AddSeconds(30))), default);
        _clock.Now += TimeSpan.FromMinutes(5);
        Assert.Equal("second-factor-wrong", await CodeOfAsync(Request(CodeAt(secret, _clock.Now.AddSeconds(-60)))));
        await _desk.LogInAsync(Request(CodeAt(secret, _clock.Now.AddSeconds(-30))), default);
    }

    [Fact]
    public async Task F226_a_trusted_device_needs_no_code_for_seven_days_and_a_recovery_code_works_once()
    {
        (_, IReadOnlyList<string> recovery) = await InviteAsync();
        (_, string? device) = await _desk.LogInAsync(Request(recovery[0].ToLowerInvariant()) with { TrustDevice = true }, default);
        Assert.Equal("second-factor-wrong", await CodeOfAsync(Request(recovery[0])));
        _clock.Now += TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1);
        await _desk.LogInAsync(Request(null) with { DeviceToken = device }, default);
        Assert.Equal("second-factor", await CodeOfAsync(Request(null) with { DeviceToken = device + "A" }));
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal("second-factor", await CodeOfAsync(Request(null) with { DeviceToken = device }));
    }

    [Fact]
    public async Task F224_after_3_wrong_logins_a_captcha_after_more_than_10_a_lock_of_an_hour_from_the_first()
    {
        (byte[] secret, _) = await InviteAsync();
        LoginRequest wrong = Request("000000") with { Password = "not the password" };
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("login-wrong", await CodeOfAsync(wrong));
            _clock.Now += TimeSpan.FromMinutes(1);
        }

        Assert.Equal("captcha", await CodeOfAsync(wrong));
        Assert.Equal("captcha", await CodeOfAsync(wrong with { CaptchaId = "x", Captcha = "y" }));
        for (int i = 3; i < 11; i++)
        {
            Assert.Equal("login-wrong", await CodeOfAsync(await SolveAsync(wrong)));
            _clock.Now += TimeSpan.FromMinutes(1);
        }

        RegistrationException locked = await Assert.ThrowsAsync<RegistrationException>(async () => await _desk.LogInAsync(await SolveAsync(Request(CodeAt(secret, _clock.Now))), default));
        Assert.Equal("locked", locked.Code);
        Assert.Contains("10:00（北京时间）", locked.Message, StringComparison.Ordinal); // the first wrong login was at 9:00
        _clock.Now = new DateTimeOffset(2026, 5, 20, 1, 59, 59, TimeSpan.Zero);
        Assert.Equal("locked", await CodeOfAsync(await SolveAsync(Request(CodeAt(secret, _clock.Now)))));
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal("captcha", await CodeOfAsync(Request(CodeAt(secret, _clock.Now)))); // still the same day
        await _desk.LogInAsync(await SolveAsync(Request(CodeAt(secret, _clock.Now))), default);
        Assert.Equal("second-factor", await CodeOfAsync(Request(null))); // a right login clears the count
    }

    [Fact]
    public async Task The_count_for_the_captcha_is_the_days_and_names_that_do_not_exist_are_counted_too()
    {
        LoginRequest stranger = new("nobody", "whatever it is");
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("login-wrong", await CodeOfAsync(stranger));
        }

        Assert.Equal("captcha", await CodeOfAsync(stranger));
        _clock.Now = new DateTimeOffset(2026, 5, 20, 16, 0, 0, TimeSpan.Zero); // midnight in China
        Assert.Equal("login-wrong", await CodeOfAsync(stranger));
    }

    [Fact]
    public async Task Parallel_guesses_get_no_more_attempts_than_others()
    {
        await InviteAsync();
        LoginRequest[] guesses = [.. Enumerable.Range(0, 40).Select(i => Request("000000") with { Password = "guess number " + i })];
        string[] outcomes = await Task.WhenAll(guesses.Select(guess => Task.Run(() => CodeOfAsync(guess))));
        Assert.Equal((3, 37), (outcomes.Count(static code => code == "login-wrong"), outcomes.Count(static code => code == "captcha")));
    }

    [Fact]
    public async Task A_captcha_is_a_picture_without_text_and_good_once()
    {
        (string id, string svg) = await _desk.Captchas.CreateAsync(default);
        string text = await ReadCaptchaAsync(id);
        Assert.DoesNotContain(text, svg, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("<svg", svg, StringComparison.Ordinal);
        Assert.True(await _desk.Captchas.TryTakeAsync(id, " " + text.ToLowerInvariant(), default));
        Assert.False(await _desk.Captchas.TryTakeAsync(id, text, default));
        (id, _) = await _desk.Captchas.CreateAsync(default);
        text = await ReadCaptchaAsync(id);
        _clock.Now += TimeSpan.FromMinutes(5);
        Assert.False(await _desk.Captchas.TryTakeAsync(id, text, default));
    }

    [Fact]
    public async Task A_setup_code_is_good_once_for_a_day_and_passwords_must_be_worth_something()
    {
        OperatorAccount invited = await _desk.InviteAsync("li.si", "李四", AccessRoles.Officer, "CODE", "administrator", default);
        Assert.Equal(OperatorState.Invited, invited.State);
        Assert.Equal("taken", (await Assert.ThrowsAsync<RegistrationException>(async () => await _desk.InviteAsync("li.si", "x", AccessRoles.Officer, "CODE", "administrator", default))).Code);
        Assert.Equal("login", (await Assert.ThrowsAsync<RegistrationException>(async () => await _desk.InviteAsync("Li Si", "x", AccessRoles.Officer, "CODE", "administrator", default))).Code);
        Assert.Equal("setup-code", await SetUpCodeAsync("li.si", "WRONG", Password));
        Assert.Equal("setup-code", await SetUpCodeAsync("nobody", "CODE", Password));
        foreach (string weak in (string[])["short", "aaaaaaaaaaaaaaaa", "my name is li.si!"])
        {
            Assert.Equal("password", await SetUpCodeAsync("li.si", "CODE", weak));
        }

        _clock.Now += TimeSpan.FromDays(1);
        Assert.Equal("setup-code", await SetUpCodeAsync("li.si", "CODE", Password));
        await _desk.ChangeAsync("li.si", account => account.Invite("AGAIN", _clock.Now), default);
        await _desk.SetUpAsync("li.si", "AGAIN", Password, default);
        Assert.Equal("setup-code", await SetUpCodeAsync("li.si", "AGAIN", Password));
    }

    [Fact]
    public async Task A_frozen_operator_cannot_log_in_and_a_new_password_holds_at_once()
    {
        (byte[] secret, _) = await InviteAsync();
        await _desk.ChangePasswordAsync("zhang.san", Password, "another long password", default);
        Assert.Equal("login-wrong", await CodeOfAsync(Request(CodeAt(secret, _clock.Now))));
        LoginRequest right = Request(CodeAt(secret, _clock.Now)) with { Password = "another long password" };
        await _desk.ChangeAsync("zhang.san", static account => account with { State = OperatorState.Frozen }, default);
        Assert.Equal("frozen", await CodeOfAsync(right));
        await _desk.ChangeAsync("zhang.san", static account => account with { State = OperatorState.Active }, default);
        await _desk.LogInAsync(right, default);
    }

    public void Dispose()
    {
        _desk.Dispose();
        _keys.Dispose();
    }

    private static string CodeAt(byte[] secret, DateTimeOffset time) => Totp.Compute(secret, Totp.StepAt(time));

    private static LoginRequest Request(string? code) => new("zhang.san", Password, code);

    private async Task<(byte[] Secret, IReadOnlyList<string> Recovery)> InviteAsync()
    {
        await _desk.InviteAsync("zhang.san", "张三", AccessRoles.Administrator, "SETUPCODE", "administrator", default);
        return await _desk.SetUpAsync("zhang.san", "SETUPCODE", Password, default);
    }

    // A machine cannot read the picture.
    private async Task<string> ReadCaptchaAsync(string id) =>
        (await new RecordSet<Captcha>(_store, _keys, CaptchaDesk.Kind, OperatorJsonContext.Default.Captcha, static captcha => new RecordFacts(captcha.Id)).FindAsync(id))!.Value.Text;

    private async Task<LoginRequest> SolveAsync(LoginRequest request)
    {
        (string id, _) = await _desk.Captchas.CreateAsync(default);
        return request with { CaptchaId = id, Captcha = await ReadCaptchaAsync(id) };
    }

    private async Task<string> CodeOfAsync(LoginRequest request)
    {
        try
        {
            await _desk.LogInAsync(request, default);
            return "";
        }
        catch (RegistrationException refusal)
        {
            return refusal.Code;
        }
    }

    private async Task<string> SetUpCodeAsync(string login, string code, string password)
    {
        try
        {
            await _desk.SetUpAsync(login, code, password, default);
            return "";
        }
        catch (RegistrationException refusal)
        {
            return refusal.Code;
        }
    }
}
