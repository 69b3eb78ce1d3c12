using System.Globalization;

namespace ESign.Pdf.Reporting;

/// <summary>Shows times: in the reader's offset from UTC, which is always written, and to the second.</summary>
internal sealed record ReportClock(TimeSpan Offset)
{
    /// <summary>Offsets of civil time lie between −12 and +14 hours.</summary>
    private static readonly TimeSpan s_largest = TimeSpan.FromHours(14);

    /// <summary>The offset asked for, or Beijing time in Chinese reports and UTC in others.</summary>
    public static ReportClock For(TimeSpan? offset, ReportTexts texts) => new(offset ?? (texts.IsChinese ? TimeSpan.FromHours(8) : TimeSpan.Zero));

    /// <summary>For example <c>2026-01-31 20:00:00 UTC+8</c>.</summary>
    public string Show(DateTimeOffset time)
    {
        // The edges of the calendar have no other offset than their own.
        bool isShiftable = time > DateTimeOffset.MinValue + s_largest && time < DateTimeOffset.MaxValue - s_largest;
        return time.ToOffset(isShiftable ? Offset : TimeSpan.Zero).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " " + Name(isShiftable ? Offset : TimeSpan.Zero);
    }

    private static string Name(TimeSpan offset) => offset == TimeSpan.Zero ? "UTC"
        : "UTC" + (offset < TimeSpan.Zero ? "-" : "+") + (offset.Minutes == 0 ? offset.Duration().Hours.ToString(CultureInfo.InvariantCulture) : offset.ToString("h\\:mm", CultureInfo.InvariantCulture));
}
