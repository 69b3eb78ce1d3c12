using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ESign.Tsa;

/// <summary>Asks the kernel how well its clock is kept: by chronyd, ntpd, systemd-timesyncd or whatever else disciplines it.</summary>
/// <remarks>
/// Linux <c>ntp_adjtime(3)</c> (RFC 5905's kernel interface, <c>struct timex</c>), read only. The kernel's maximum error grows by 500 ppm while nobody
/// corrects the clock, and STA_UNSYNC is set once it passes 16 seconds: an NTP service that stopped cannot vouch for long. Linux with 64-bit
/// processes only; elsewhere there is no measurement, and the guard stays closed.
/// </remarks>
public sealed class SystemClockStatusSource : IClockStatusSource
{
    private const int Size = 208;
    private const int OffsetField = 8;
    private const int MaximumErrorField = 24;
    private const int StatusField = 40;

    private const int Unsynchronized = 0x0040; // STA_UNSYNC
    private const int Nanoseconds = 0x2000; // STA_NANO

    // The state that ntp_adjtime returns.
    private const int InsertsLeapSecond = 1; // TIME_INS
    private const int DeletesLeapSecond = 2; // TIME_DEL
    private const int LeapSecondInProgress = 3; // TIME_OOP
    private const int ClockInError = 5; // TIME_ERROR

    /// <inheritdoc/>
    public string Name => "system";

    /// <inheritdoc/>
    public ValueTask<ClockStatus> ReadAsync(CancellationToken cancellationToken = default) => new(Read());

    /// <summary>Judges what the kernel answered.</summary>
    internal static ClockStatus Judge(int state, ReadOnlySpan<byte> timex)
    {
        int status = BinaryPrimitives.ReadInt32LittleEndian(timex[StatusField..]);
        if (state is < 0 or >= ClockInError || (status & Unsynchronized) != 0)
        {
            return ClockStatus.Unsynchronized("system: no NTP service keeps this machine's clock (STA_UNSYNC)");
        }

        long offset = BinaryPrimitives.ReadInt64LittleEndian(timex[OffsetField..]);
        TimeSpan left = (status & Nanoseconds) != 0 ? TimeSpan.FromTicks(offset / TimeSpan.NanosecondsPerTick) : TimeSpan.FromMicroseconds(offset);
        TimeSpan uncertainty = TimeSpan.FromMicroseconds(BinaryPrimitives.ReadInt64LittleEndian(timex[MaximumErrorField..]));
        LeapSecond leap = state switch
        {
            InsertsLeapSecond or LeapSecondInProgress => LeapSecond.Insert,
            DeletesLeapSecond => LeapSecond.Delete,
            _ => LeapSecond.None,
        };
        return new ClockStatus(
            IsSynchronized: true, left, uncertainty, leap,
            string.Create(CultureInfo.InvariantCulture, $"system: {left.TotalMilliseconds:0.0} ms still to be corrected, error at most {uncertainty.TotalMilliseconds:0.0} ms"));
    }

    private static ClockStatus Read()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || !BitConverter.IsLittleEndian)
        {
            return ClockStatus.Unsynchronized("system: this platform's kernel is not asked");
        }

        byte[] timex = new byte[Size]; // modes = 0: nothing is set
        try
        {
            int state = NtpAdjustTime(timex);
            return Judge(state, timex);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return ClockStatus.Unsynchronized($"system: {exception.Message}");
        }
    }

    [DllImport("libc", EntryPoint = "ntp_adjtime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NtpAdjustTime([In, Out] byte[] timex);
}
