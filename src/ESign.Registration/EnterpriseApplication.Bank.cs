using ESign.Registration.Banking;

namespace ESign.Registration;

/// <content>Authorisation through the organisation's bank account (对公打款, 充值认证).</content>
public sealed partial record EnterpriseApplication
{
    /// <summary>The newest bank challenge, or <see langword="null"/>.</summary>
    public BankChallenge? BankChallenge { get; private init; }

    /// <summary>
    /// Whether the bank can vouch: not for authorities and public institutions (1), rural collectives (N) and partnerships, and not once the
    /// organisation was listed by a reviewer because the register did not know it (收录).
    /// </summary>
    public bool AllowsBankTransfer =>
        Code.Prefix[0] is not ('1' or 'N')
        && !Name.Contains("合伙", StringComparison.Ordinal)
        && !Evidence.Any(static record => record is { Check: "registry", Succeeded: false });

    /// <summary>A transfer was ordered; its amount is to be named.</summary>
    /// <param name="kind">Which way the money goes.</param>
    /// <param name="account">The organisation's account.</param>
    /// <param name="fen">The amount in fen.</param>
    /// <param name="order">The bank's answer to the order.</param>
    /// <param name="now">Now.</param>
    /// <returns>The application after it.</returns>
    /// <exception cref="RegistrationException">The kind of organisation has no such step (<c>bank-kind</c>), the account is another's or malformed (<c>bank-account</c>), failed before (<c>bank-again</c>), or a challenge is pending (<c>bank-pending</c>).</exception>
    internal EnterpriseApplication StartBankChallenge(BankChallengeKind kind, BankAccount account, int fen, VerificationRecord order, DateTimeOffset now)
    {
        CheckBankAccount(account, now);
        return order.Succeeded
            ? this with { BankChallenge = new BankChallenge { Kind = kind, Account = account, StartedAt = now, Order = order, AmountFen = fen } }
            : throw new RegistrationException("bank-order", $"银行未受理打款：{order.Detail} / The bank did not take the order: {order.Detail}");
    }

    /// <summary>Whether a challenge with this account may begin.</summary>
    internal void CheckBankAccount(BankAccount account, DateTimeOffset now)
    {
        Require(ApplicationState.Submitted, ApplicationState.UnderReview);
        if (!AllowsBankTransfer)
        {
            throw new RegistrationException("bank-kind", "政府机关、事业单位、合伙企业、农业机构以及已提交收录的企业不适用对公打款 / This kind of organisation cannot be verified through its bank");
        }

        bool isWellFormed = account.Number.Length is >= 8 and <= 32 && account.Number.All(char.IsAsciiDigit) && account.Bank.Length is > 0 and <= 100;
        if (!isWellFormed || !string.Equals(RegisteredName.Of(account.Holder), Name, StringComparison.Ordinal))
        {
            throw new RegistrationException("bank-account", "须填写以本企业名称开立的对公账户 / The account must be the organisation's own, in its name");
        }

        if (BankChallenge is { State: BankChallengeState.Pending } pending && now <= pending.ExpiresAt)
        {
            throw new RegistrationException("bank-pending", "已有待确认的打款 / A transfer waits for its answer already");
        }

        if (BankChallenge is { State: BankChallengeState.Failed } failed && string.Equals(failed.Account.Number, account.Number, StringComparison.Ordinal))
        {
            throw new RegistrationException("bank-again", "该账户认证已失败，请使用新的银行账户信息 / This account failed: begin anew with other bank data");
        }
    }

    /// <summary>The amount was named, by the organisation or, for a top-up, by the bank. Look at <see cref="BankChallenge"/> for the outcome.</summary>
    /// <param name="fen">The amount in fen.</param>
    /// <param name="now">Now.</param>
    /// <returns>The application after it: with a try less, failed, or authorised.</returns>
    /// <exception cref="RegistrationException">No challenge is pending (<c>bank-none</c>, <c>bank-closed</c>).</exception>
    internal EnterpriseApplication AnswerBankChallenge(int fen, DateTimeOffset now)
    {
        Require(ApplicationState.Submitted, ApplicationState.UnderReview);
        BankChallenge answered = BankChallenge?.Answer(fen, now) ?? throw new RegistrationException("bank-none", "尚未发起打款认证 / No bank challenge was begun");
        EnterpriseApplication after = this with { BankChallenge = answered, Evidence = answered.State == BankChallengeState.Pending ? Evidence : [.. Evidence, answered.ToRecord(now)] };
        return answered.State == BankChallengeState.Passed ? (after with { Authorization = Authorization ?? AuthorizationMethod.BankTransfer }).Settle() : after;
    }
}
