namespace ESign.Registration.Banking;

/// <summary>Where a bank challenge stands.</summary>
public enum BankChallengeState
{
    /// <summary>An answer is awaited.</summary>
    Pending,

    /// <summary>The amount was right: whoever answered can see into the account.</summary>
    Passed,

    /// <summary>Answered wrongly too often, or too late: begin anew with another account.</summary>
    Failed,
}
