using System.Buffers.Binary;

namespace ESign.Tsa.Tests;

/// <summary>struct timex as Linux fills it (asm-generic, 64 bits), judged; and the kernel of this machine, whatever it says.</summary>
public class SystemClockStatusSourceTests
{
    [Theory]
    [InlineData(0, 0x2001, -2_500_000, 12_000, true, -2.5, 12, LeapSecond.None)] // TIME_OK, STA_PLL | STA_NANO
    [InlineData(0, 0x0001, 700, 3_000, true, 0.7, 3, LeapSecond.None)] // microseconds
    [InlineData(1, 0x2011, 0, 5_000, true, 0, 5, LeapSecond.Insert)] // TIME_INS
    [InlineData(2, 0x2021, 0, 5_000, true, 0, 5, LeapSecond.Delete)] // TIME_DEL
    [InlineData(3, 0x2001, 0, 5_000, true, 0, 5, LeapSecond.Insert)] // TIME_OOP: the second is being inserted
    [InlineData(5, 0x2040, 0, 16_000_000, false, 0, 0, LeapSecond.None)] // TIME_ERROR, STA_UNSYNC
    [InlineData(0, 0x2040, 0, 5_000, false, 0, 0, LeapSecond.None)] // STA_UNSYNC alone
    [InlineData(-1, 0, 0, 0, false, 0, 0, LeapSecond.None)] // the call was refused
    public void Adjtimex_says_how_far_the_clock_may_be_off(int state, int status, long offset, long maximumError, bool isSynchronized, double offsetMilliseconds, double uncertaintyMilliseconds, LeapSecond leap)
    {
        byte[] timex = new byte[208];
        BinaryPrimitives.WriteInt64LittleEndian(timex.AsSpan(8), offset);
        BinaryPrimitives.WriteInt64LittleEndian(timex.AsSpan(24), maximumError);
        BinaryPrimitives.WriteInt32LittleEndian(timex.AsSpan(40), status);
        ClockStatus judged = SystemClockStatusSource.Judge(state, timex);
        Assert.Equal((isSynchronized, leap), (judged.IsSynchronized, judged.Leap));
        Assert.Equal(offsetMilliseconds, judged.Offset.TotalMilliseconds, 3);
        Assert.Equal(uncertaintyMilliseconds, judged.Uncertainty.TotalMilliseconds, 3);
    }

    [Fact]
    public async Task A_guard_over_a_clock_nobody_keeps_is_closed()
    {
        var source = new SystemClockStatusSource();
        ClockStatus status = await source.ReadAsync(TestContext.Current.CancellationToken);
        var guard = new ClockGuard([source]);
        Assert.False(guard.IsInSync);
        await guard.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(status.IsSynchronized && status.WorstError <= TimeSpan.FromMilliseconds(500), guard.IsInSync);
        Assert.StartsWith("system: ", status.Explanation, StringComparison.Ordinal);
    }
}
