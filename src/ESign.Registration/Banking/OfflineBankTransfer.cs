namespace ESign.Registration.Banking;

/// <summary>For demonstrations: moves no money and sees none arrive, and says so in every record.</summary>
/// <param name="clock">The clock.</param>
internal sealed class OfflineBankTransfer(TimeProvider clock) : IBankTransfer
{
    /// <inheritdoc/>
    public ValueTask<VerificationRecord> PayAsync(BankAccount account, int fen, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new VerificationRecord("bank-order", "offline bank", IsOffline: true, Succeeded: true, clock.GetUtcNow(), "离线演示，未实际打款 / offline demonstration: no money was moved"));

    /// <inheritdoc/>
    public ValueTask<int?> FindReceivedAsync(BankAccount account, DateTimeOffset since, CancellationToken cancellationToken = default) => ValueTask.FromResult<int?>(null);
}
