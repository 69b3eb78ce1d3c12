namespace ESign.Registration;

/// <summary>What an operator may decide about registration.</summary>
public sealed record RegistrationRules
{
    /// <summary>From which age persons may register, and with what.</summary>
    public AgePolicy Ages { get; init; } = AgePolicy.Default;

    /// <summary>Whether a reviewer can approve an organisation only once its documents are uploaded. Default: yes.</summary>
    public bool RequiresDocuments { get; init; } = true;

    /// <summary>Within how many working days a reviewer decides; later ones are reported, nothing is decided by time alone. Default: three.</summary>
    public int ReviewDays { get; init; } = 3;

    /// <summary>How long an organisation has to put right what the register contradicts, after it was told. Default: three days.</summary>
    public TimeSpan RecheckGrace { get; init; } = TimeSpan.FromDays(3);
}
