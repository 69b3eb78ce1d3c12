using System.Globalization;
using System.Security.Cryptography;

namespace ESign.Registration.Banking;

/// <summary>A small random amount moved between us and an organisation's account: whoever names it has the account. Every step gives a new value.</summary>
/// <remarks>0.01 to 0.99 yuan; seven days; two tries. Afterwards it begins anew, with other bank data.</remarks>
public sealed record BankChallenge
{
    /// <summary>How many answers are looked at.</summary>
    public const int Tries = 2;

    private const int MaximumFen = 99;

    /// <summary>How long an answer counts: seven days.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Which way the money goes.</summary>
    public required BankChallengeKind Kind { get; init; }

    /// <summary>The organisation's account.</summary>
    public required BankAccount Account { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Until when an answer counts.</summary>
    public DateTimeOffset ExpiresAt => StartedAt + Lifetime;

    /// <summary>The bank's answer to the order to pay.</summary>
    public required VerificationRecord Order { get; init; }

    /// <summary>Where it stands.</summary>
    public BankChallengeState State { get; init; }

    /// <summary>How many answers are left.</summary>
    public int TriesLeft { get; init; } = Tries;

    /// <summary>The amount in fen (0.01 yuan). For a payment it is the secret; for a top-up the organisation is told it.</summary>
    internal int AmountFen { get; init; }

    /// <summary>A random amount, 1 to 99 fen.</summary>
    internal static int DrawAmount() => RandomNumberGenerator.GetInt32(1, MaximumFen + 1);

    /// <summary>Takes an answer.</summary>
    internal BankChallenge Answer(int fen, DateTimeOffset now)
    {
        if (State != BankChallengeState.Pending)
        {
            throw new RegistrationException("bank-closed", "打款认证已结束，请使用新的银行账户信息重新发起 / The bank challenge is over: begin anew with other bank data");
        }

        if (now > ExpiresAt)
        {
            return this with { State = BankChallengeState.Failed, TriesLeft = 0 };
        }

        if (fen == AmountFen)
        {
            return this with { State = BankChallengeState.Passed };
        }

        int left = TriesLeft - 1;
        return this with { TriesLeft = left, State = left == 0 ? BankChallengeState.Failed : BankChallengeState.Pending };
    }

    /// <summary>The outcome as evidence.</summary>
    internal VerificationRecord ToRecord(DateTimeOffset now) => new(
        Kind == BankChallengeKind.Payment ? "bank-payment" : "bank-top-up",
        Order.Provider,
        Order.IsOffline,
        State == BankChallengeState.Passed,
        now,
        string.Create(CultureInfo.InvariantCulture, $"{Account.MaskedNumber} {Account.Bank}; {Order.Detail}; tries left {TriesLeft}"));

    /// <summary>Why the answer was not right, for the applicant.</summary>
    internal RegistrationException? ToRefusal(DateTimeOffset now) => State switch
    {
        BankChallengeState.Passed => null,
        BankChallengeState.Failed when now > ExpiresAt => new RegistrationException("bank-expired", "打款金额须在7天内填写，已过期，请重新发起 / The amount must be named within 7 days; begin anew"),
        BankChallengeState.Failed => new RegistrationException("bank-failed", "打款金额两次填写错误，请使用新的银行账户信息重新发起 / The amount was wrong twice: begin anew with other bank data"),
        _ => new RegistrationException("bank-amount", string.Create(CultureInfo.InvariantCulture, $"打款金额不正确，还可尝试{TriesLeft}次 / The amount is wrong; {TriesLeft} more try is possible")),
    };
}
