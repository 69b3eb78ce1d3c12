namespace ESign.Pki.Names;

/// <summary>Counts completed years of life (周岁).</summary>
internal static class Ages
{
    /// <summary>The completed years between two days. Someone born on 29 February completes a year on 1 March in common years.</summary>
    public static int CompletedYears(DateOnly birth, DateOnly day)
    {
        int years = day.Year - birth.Year;
        bool birthdayReached = day.Month > birth.Month || (day.Month == birth.Month && day.Day >= birth.Day);
        return birthdayReached ? years : years - 1;
    }
}
