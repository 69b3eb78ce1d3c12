namespace ESign.Registration.Willingness;

/// <summary>How long a code lives and how often one may guess.</summary>
public sealed record WillingnessOptions
{
    /// <summary>How long a code is good for; 5 minutes by default.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many answers are looked at; 5 by default, so that a guess succeeds once in 200,000 codes.</summary>
    public int Attempts { get; init; } = 5;
}
