using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Testing;

namespace ESign.Tsa.Tests;

/// <summary>EN 319 421 §7.7.2: no vouched-for clock, no tokens.</summary>
public sealed class ClockGuardTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly ManualClock _clock = new(TsaFixture.Noon);

    [Fact]
    public async Task Nothing_is_let_out_before_the_first_check()
    {
        var guard = new ClockGuard([Good()], timeProvider: _clock);
        Assert.False(guard.TryGetUtcNow(s_second, out _, out string doubt));
        Assert.NotEmpty(doubt);
        await guard.RefreshAsync();
        Assert.True(guard.TryGetUtcNow(s_second, out DateTimeOffset now, out _));
        Assert.Equal(TsaFixture.Noon, now);
    }

    [Fact]
    public async Task A_lease_ends_by_itself()
    {
        var guard = new ClockGuard([Good()], new ClockGuardOptions { Lease = TimeSpan.FromMinutes(1) }, _clock);
        await guard.RefreshAsync();
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.True(guard.IsInSync);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(guard.IsInSync);
        await guard.RefreshAsync();
        Assert.True(guard.IsInSync);
    }

    [Fact]
    public async Task A_jump_of_the_wall_clock_ends_the_lease()
    {
        var guard = new ClockGuard([Good()], timeProvider: _clock);
        await guard.RefreshAsync();
        _clock.Jump(TimeSpan.FromSeconds(-1));
        Assert.False(guard.IsInSync);
    }

    [Fact]
    public async Task A_finer_accuracy_narrows_the_limit_and_drift_counts()
    {
        var guard = new ClockGuard([new Source(new ClockStatus(true, TimeSpan.FromMilliseconds(-80), TimeSpan.FromMilliseconds(10)))], new ClockGuardOptions { Lease = TimeSpan.FromHours(1) }, _clock);
        await guard.RefreshAsync();
        Assert.True(guard.TryGetUtcNow(TimeSpan.FromMilliseconds(100), out _, out _));
        Assert.False(guard.TryGetUtcNow(TimeSpan.FromMilliseconds(80), out _, out _));
        _clock.Advance(TimeSpan.FromSeconds(101)); // 100 ppm of 101 s: another 10.1 ms
        Assert.False(guard.TryGetUtcNow(TimeSpan.FromMilliseconds(100), out _, out _));
    }

    [Fact]
    public async Task A_source_that_breaks_or_is_far_off_does_not_vouch()
    {
        Source broken = new(null), far = new(new ClockStatus(true, TimeSpan.FromSeconds(3), TimeSpan.Zero)), unsynchronized = new(ClockStatus.Unsynchronized("stratum 16"));
        foreach (Source bad in new[] { broken, far, unsynchronized })
        {
            var alone = new ClockGuard([bad], timeProvider: _clock);
            await alone.RefreshAsync();
            Assert.False(alone.IsInSync);

            var outvoted = new ClockGuard([bad, Good(), Good()], timeProvider: _clock);
            await outvoted.RefreshAsync();
            Assert.True(outvoted.IsInSync);

            var half = new ClockGuard([bad, Good()], timeProvider: _clock); // a majority of two is both
            await half.RefreshAsync();
            Assert.False(half.IsInSync);
        }
    }

    [Fact]
    public async Task Sources_that_contradict_each_other_vouch_for_nothing()
    {
        var early = new Source(new ClockStatus(true, TimeSpan.FromMilliseconds(-200), TimeSpan.FromMilliseconds(50)));
        var late = new Source(new ClockStatus(true, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(50)));
        var guard = new ClockGuard([early, late], timeProvider: _clock);
        await guard.RefreshAsync();
        Assert.False(guard.TryGetUtcNow(s_second, out _, out string doubt));
        Assert.Contains("contradict", doubt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_check_ends_the_lease_at_once()
    {
        var source = new Source(Good().Status);
        var guard = new ClockGuard([source], timeProvider: _clock);
        await guard.RefreshAsync();
        source.Status = null;
        await guard.RefreshAsync();
        Assert.False(guard.IsInSync);
    }

    [Theory]
    [InlineData("2026-06-30T23:59:58.5Z", true)]
    [InlineData("2026-06-30T23:59:58.99Z", false)]
    [InlineData("2026-06-30T23:59:59.9Z", false)]
    [InlineData("2026-07-01T00:00:01.01Z", false)]
    [InlineData("2026-07-01T00:00:01.02Z", true)]
    [InlineData("2026-06-29T23:59:59.9Z", true)] // leap seconds come at the end of a month
    public async Task Around_an_announced_leap_second_nothing_is_let_out(string time, bool letOut)
    {
        var clock = new ManualClock(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        var guard = new ClockGuard([new Source(new ClockStatus(true, TimeSpan.Zero, TimeSpan.Zero, LeapSecond.Insert))], timeProvider: clock);
        await guard.RefreshAsync();
        Assert.Equal(letOut, guard.IsInSync);

        var calm = new ClockGuard([Good()], timeProvider: clock);
        await calm.RefreshAsync();
        Assert.True(calm.IsInSync);
    }

    [Fact]
    public async Task The_authority_refuses_with_timeNotAvailable()
    {
        using TestSigner signer = TsaFixture.Signer();
        var guard = new ClockGuard([Good()], timeProvider: _clock);
        TimestampAuthority authority = TsaFixture.Authority(signer, _clock, guard);
        var request = new TimestampRequest(DigestAlgorithm.Sha256, new byte[32]);
        TimestampResponse refused = TimestampResponse.Decode(await authority.RespondAsync(request.Encode()));
        Assert.Equal(TimestampFailureInfo.TimeNotAvailable, refused.FailureInfo);
        await guard.RefreshAsync();
        Assert.True((await authority.IssueAsync(request)).IsGranted);
    }

    [Fact]
    public void More_agreement_than_sources_is_a_mistake()
    {
        Assert.Throws<ArgumentException>(() => new ClockGuard([]));
        Assert.Throws<ArgumentException>(() => new ClockGuard([Good()], new ClockGuardOptions { RequiredAgreement = 2 }));
    }

    private static Source Good() => new(new ClockStatus(true, TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(5)));

    private sealed class Source(ClockStatus? status) : IClockStatusSource
    {
        public ClockStatus? Status { get; set; } = status;

        public string Name => "test";

        public ValueTask<ClockStatus> ReadAsync(CancellationToken cancellationToken = default) =>
            Status is null ? throw new IOException("no route to host") : new(Status);
    }
}
