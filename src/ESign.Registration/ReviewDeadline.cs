namespace ESign.Registration;

/// <summary>Until when a reviewer should have decided: so many working days on, Monday to Friday in China.</summary>
/// <remarks>Public holidays, and the weekends worked in their place, are announced each year and not known here.</remarks>
internal static class ReviewDeadline
{
    /// <summary>The same time of day, so many working days later.</summary>
    public static DateTimeOffset After(DateTimeOffset start, int workingDays)
    {
        DateTimeOffset day = start.ToOffset(ChinaTime.Offset);
        while (IsWeekend(day))
        {
            day = new DateTimeOffset(day.Date.AddDays(1), ChinaTime.Offset); // what comes at a weekend has come when Monday begins
        }

        for (int left = workingDays; left > 0;)
        {
            day = day.AddDays(1);
            left -= IsWeekend(day) ? 0 : 1;
        }

        return day.ToUniversalTime();
    }

    private static bool IsWeekend(DateTimeOffset day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
