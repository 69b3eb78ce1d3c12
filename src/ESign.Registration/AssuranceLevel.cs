namespace ESign.Registration;

/// <summary>How well a person's or organisation's identity is established; shown in every report.</summary>
public enum AssuranceLevel
{
    /// <summary>形式签: the claim is well formed, but no register could confirm it (foreign documents).</summary>
    Formal,

    /// <summary>Confirmed by a register, a face check or a reviewer.</summary>
    Verified,
}
