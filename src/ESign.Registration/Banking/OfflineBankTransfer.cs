using System.Collections.Concurrent;

namespace ESign.Registration.Banking;

/// <summary>For tests and demonstrations: moves no money, and says so in every record.</summary>
/// <param name="clock">The clock.</param>
internal sealed class OfflineBankTransfer(TimeProvider clock) : IBankTransfer
{
    private const int Kept = 1000;

    private readonly ConcurrentQueue<(string Number, int Fen)> _paid = new();
    private readonly ConcurrentDictionary<string, int> _received = new(StringComparer.Ordinal);

    /// <summary>The last amount "paid" to an account.</summary>
    /// <param name="number">The account's number.</param>
    /// <returns>The amount in fen, or <see langword="null"/>.</returns>
    public int? FindPaid(string number) => _paid.LastOrDefault(paid => string.Equals(paid.Number, number, StringComparison.Ordinal)) is { Number: not null } found ? found.Fen : null;

    /// <summary>Makes an amount "arrive" from an account.</summary>
    /// <param name="number">The account's number.</param>
    /// <param name="fen">The amount in fen.</param>
    public void Receive(string number, int fen) => _received[number] = fen;

    /// <inheritdoc/>
    public ValueTask<VerificationRecord> PayAsync(BankAccount account, int fen, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        _paid.Enqueue((account.Number, fen));
        while (_paid.Count > Kept)
        {
            _paid.TryDequeue(out _);
        }

        return ValueTask.FromResult(new VerificationRecord("bank-order", "offline bank", IsOffline: true, Succeeded: true, clock.GetUtcNow(), "离线演示，未实际打款 / offline demonstration: no money was moved"));
    }

    /// <inheritdoc/>
    public ValueTask<int?> FindReceivedAsync(BankAccount account, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        return ValueTask.FromResult(_received.TryGetValue(account.Number, out int fen) ? (int?)fen : null);
    }
}
