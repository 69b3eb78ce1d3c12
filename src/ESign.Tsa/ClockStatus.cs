namespace ESign.Tsa;

/// <summary>One measurement of this machine's clock against a source of UTC.</summary>
/// <param name="IsSynchronized">Whether the source itself follows UTC.</param>
/// <param name="Offset">UTC minus this clock.</param>
/// <param name="Uncertainty">How far <paramref name="Offset"/> may be wrong; not negative.</param>
/// <param name="Leap">An announced leap second.</param>
/// <param name="Explanation">Why there is no measurement, or what was measured, for logs.</param>
public sealed record ClockStatus(bool IsSynchronized, TimeSpan Offset, TimeSpan Uncertainty, LeapSecond Leap = LeapSecond.None, string Explanation = "")
{
    /// <summary>No measurement.</summary>
    /// <param name="explanation">Why.</param>
    public static ClockStatus Unsynchronized(string explanation) => new(IsSynchronized: false, TimeSpan.Zero, TimeSpan.Zero, LeapSecond.None, explanation);

    /// <summary>How far this clock may be from UTC at most.</summary>
    public TimeSpan WorstError => Offset.Duration() + Uncertainty;
}
