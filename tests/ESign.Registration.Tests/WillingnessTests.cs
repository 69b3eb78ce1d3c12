using System.Security.Cryptography;
using ESign.Pki.Names;
using ESign.Registration.Willingness;

namespace ESign.Registration.Tests;

/// <summary>The will to sign: codes by short message, how often they are sent, and what they are bound to.</summary>
public sealed class WillingnessTests
{
    private static readonly MobileNumber Number = MobileNumber.Parse("13800138000");
    private static readonly byte[] Document = SHA256.HashData("contract"u8);
    private static readonly byte[] Other = SHA256.HashData("another contract"u8);

    private readonly Clock _clock = new();
    private readonly Outbox _outbox = new();

    [Fact]
    public async Task The_right_code_for_the_shown_document_is_evidence_and_good_once()
    {
        WillingnessCodes codes = Codes();
        WillingnessChallenge challenge = await codes.SendAsync(Number, Document);
        Assert.Matches("^[0-9]{6}$", _outbox.Last);
        VerificationRecord record = codes.Confirm(challenge.Id, Document, _outbox.Last);
        Assert.True(record is { Check: "willingness-code", Provider: "offline outbox", IsOffline: true, Succeeded: true });
        Assert.Equal(_clock.Now, record.At);
        Assert.Contains(Convert.ToHexStringLower(Document), record.Detail, StringComparison.Ordinal);
        Assert.Contains("138****8000", record.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(_outbox.Last, record.Detail.Replace(Convert.ToHexStringLower(Document), "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("code-unknown", PersonApplicationTests.Refusal(() => codes.Confirm(challenge.Id, Document, _outbox.Last)));
    }

    [Fact]
    public async Task A_code_does_not_sign_another_document()
    {
        WillingnessCodes codes = Codes();
        WillingnessChallenge challenge = await codes.SendAsync(Number, Document);
        Assert.Equal("code-document", PersonApplicationTests.Refusal(() => codes.Confirm(challenge.Id, Other, _outbox.Last)));
    }

    [Theory]
    [InlineData(299, null)]
    [InlineData(300, "code-expired")]
    public async Task A_code_lives_five_minutes(int seconds, string? refusal)
    {
        WillingnessCodes codes = Codes();
        WillingnessChallenge challenge = await codes.SendAsync(Number, Document);
        _clock.Now += TimeSpan.FromSeconds(seconds);
        if (refusal is null)
        {
            Assert.True(codes.Confirm(challenge.Id, Document, _outbox.Last).Succeeded);
        }
        else
        {
            Assert.Equal(refusal, PersonApplicationTests.Refusal(() => codes.Confirm(challenge.Id, Document, _outbox.Last)));
        }
    }

    [Fact]
    public async Task Five_answers_and_no_more()
    {
        WillingnessCodes codes = Codes();
        WillingnessChallenge challenge = await codes.SendAsync(Number, Document);
        string wrong = _outbox.Last == "000000" ? "000001" : "000000";
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal("code-wrong", PersonApplicationTests.Refusal(() => codes.Confirm(challenge.Id, Document, wrong)));
        }

        Assert.Equal("code-attempts", PersonApplicationTests.Refusal(() => codes.Confirm(challenge.Id, Document, _outbox.Last)));
    }

    [Fact]
    public async Task Parallel_guesses_share_the_attempts_and_the_right_one_succeeds_once()
    {
        WillingnessCodes codes = Codes();
        WillingnessChallenge challenge = await codes.SendAsync(Number, Document);
        int succeeded = 0;
        int looked = 0;
        await Parallel.ForAsync(0, 40, (_, _) =>
        {
            try
            {
                codes.Confirm(challenge.Id, Document, _outbox.Last);
                Interlocked.Increment(ref succeeded);
                Interlocked.Increment(ref looked);
            }
            catch (RegistrationException refusal) when (refusal.Code is "code-unknown" or "code-attempts")
            {
                Interlocked.Increment(ref looked);
            }

            return ValueTask.CompletedTask;
        });
        Assert.Equal((1, 40), (succeeded, looked));
    }

    [Fact]
    public async Task A_new_code_ends_the_one_before_for_the_same_document_only()
    {
        WillingnessCodes codes = Codes();
        WillingnessChallenge first = await codes.SendAsync(Number, Document);
        string firstCode = _outbox.Last;
        _clock.Now += TimeSpan.FromSeconds(30);
        WillingnessChallenge elsewhere = await codes.SendAsync(Number, Other);
        string elsewhereCode = _outbox.Last;
        _clock.Now += TimeSpan.FromSeconds(30);
        await codes.SendAsync(Number, Document);
        Assert.Equal("code-unknown", PersonApplicationTests.Refusal(() => codes.Confirm(first.Id, Document, firstCode)));
        Assert.True(codes.Confirm(elsewhere.Id, Other, elsewhereCode).Succeeded);
    }

    [Fact]
    public void One_code_in_thirty_seconds()
    {
        var limiter = new SmsLimiter(_clock);
        limiter.Take(Number);
        _clock.Now += TimeSpan.FromSeconds(29);
        Assert.Equal("sms-limit", PersonApplicationTests.Refusal(() => limiter.Take(Number)));
        limiter.Take(MobileNumber.Parse("13900139000"));
        _clock.Now += TimeSpan.FromSeconds(1);
        limiter.Take(Number);
    }

    [Theory]
    [InlineData(10, 30, 1, "小时")]
    [InlineData(20, 7 * 60, 24, "今日")]
    public void Ten_codes_in_an_hour_and_twenty_in_a_day(int codes, int secondsApart, int hours, string said)
    {
        var limiter = new SmsLimiter(_clock);
        DateTimeOffset start = _clock.Now;
        for (int i = 0; i < codes; i++)
        {
            limiter.Take(Number);
            _clock.Now += TimeSpan.FromSeconds(secondsApart);
        }

        RegistrationException refusal = Assert.Throws<RegistrationException>(() => limiter.Take(Number));
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        _clock.Now = start + TimeSpan.FromHours(hours);
        limiter.Take(Number);
    }

    [Fact]
    public void The_bound_number_gets_the_code_or_the_contract_is_wrong()
    {
        MobileNumber other = MobileNumber.Parse("13900139000");
        Assert.Equal(Number, CodeRecipient.Choose(Number, Number, identifiesByDocument: false));
        Assert.Equal(Number, CodeRecipient.Choose(null, Number, identifiesByDocument: false));
        Assert.Equal(Number, CodeRecipient.Choose(other, Number, identifiesByDocument: true));
        Assert.Equal("code-number", PersonApplicationTests.Refusal(() => CodeRecipient.Choose(other, Number, identifiesByDocument: false)));
    }

    private WillingnessCodes Codes() => new(_outbox, new SmsLimiter(_clock), _clock);

    private sealed class Outbox : ISmsSender
    {
        public string Last { get; private set; } = "";

        public string Name => "offline outbox";

        public bool IsOffline => true;

        public ValueTask<string> SendCodeAsync(MobileNumber number, string code, CancellationToken cancellationToken = default)
        {
            Last = code;
            return ValueTask.FromResult("message-1");
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 5, 20, 2, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
