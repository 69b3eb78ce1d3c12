namespace ESign.Registration.Banking;

/// <summary>Which way the money goes.</summary>
public enum BankChallengeKind
{
    /// <summary>对公打款: we pay, and the organisation says how much arrived.</summary>
    Payment,

    /// <summary>充值认证: the organisation pays the amount it was told, and the bank says what arrived.</summary>
    TopUp,
}
