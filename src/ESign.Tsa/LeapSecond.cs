namespace ESign.Tsa;

/// <summary>What a time source announces for the end of the day (RFC 5905 §7.3, leap indicator).</summary>
public enum LeapSecond
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The last minute has 61 seconds.</summary>
    Insert,

    /// <summary>The last minute has 59 seconds.</summary>
    Delete,
}
