namespace ESign.Registration.Banking;

/// <summary>Moves small amounts to organisations' accounts, and sees what arrives from them: a bank, or a list in memory for tests.</summary>
public interface IBankTransfer
{
    /// <summary>Pays an amount to an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="fen">The amount in fen (0.01 yuan).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The bank's answer, without the amount: it is shown to the applicant.</returns>
    ValueTask<VerificationRecord> PayAsync(BankAccount account, int fen, CancellationToken cancellationToken = default);

    /// <summary>What arrived from an account since a moment.</summary>
    /// <param name="account">The account.</param>
    /// <param name="since">The moment.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The amount in fen of the newest transfer, or <see langword="null"/> when nothing arrived.</returns>
    ValueTask<int?> FindReceivedAsync(BankAccount account, DateTimeOffset since, CancellationToken cancellationToken = default);
}
