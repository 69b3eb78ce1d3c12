namespace ESign.Registration;

/// <summary>The time in China, by which days begin for everybody here.</summary>
internal static class ChinaTime
{
    /// <summary>UTC+8, all year.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The day a moment lies in.</summary>
    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(Offset).DateTime);
}
