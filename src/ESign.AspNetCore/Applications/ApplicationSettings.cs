namespace ESign.AspNetCore.Applications;

/// <summary>How the service takes applications: section <c>Registration</c>.</summary>
internal sealed record ApplicationSettings
{
    /// <summary>To whom authority letters are written: the operator's name.</summary>
    public string Platform { get; init; } = "ESign";

    /// <summary>From which age holders of a resident identity card may register. Default: 16.</summary>
    public int ResidentAge { get; init; } = 16;

    /// <summary>From which age everybody else may. Default: 18.</summary>
    public int OtherAge { get; init; } = 18;

    /// <summary>Whether foreigners with a passport may register, with formal assurance only. Default: yes.</summary>
    public bool AllowsPassports { get; init; } = true;

    /// <summary>Whether a reviewer needs an organisation's documents before approving it. Default: yes.</summary>
    public bool RequiresDocuments { get; init; } = true;

    /// <summary>Within how many working days a reviewer decides. Default: 3.</summary>
    public int ReviewDays { get; init; } = 3;

    /// <summary>How many days an organisation has to put right what the register contradicts. Default: 3.</summary>
    public int RecheckGraceDays { get; init; } = 3;
}
