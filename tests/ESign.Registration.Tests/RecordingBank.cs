using System.Collections.Concurrent;
using ESign.Registration.Banking;

namespace ESign.Registration.Tests;

/// <summary>A bank that remembers what it was told to pay, and sees arrive what a test says.</summary>
internal sealed class RecordingBank(TimeProvider clock) : IBankTransfer
{
    private readonly ConcurrentDictionary<string, int> _paid = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _received = new(StringComparer.Ordinal);

    /// <summary>The last amount paid to an account, in fen.</summary>
    public int PaidTo(BankAccount account) => _paid[account.Number];

    /// <summary>Makes an amount arrive from an account.</summary>
    public void Receive(BankAccount account, int fen) => _received[account.Number] = fen;

    public ValueTask<VerificationRecord> PayAsync(BankAccount account, int fen, CancellationToken cancellationToken = default)
    {
        _paid[account.Number] = fen;
        return ValueTask.FromResult(new VerificationRecord("bank-order", "recording bank", IsOffline: true, Succeeded: true, clock.GetUtcNow(), "paid"));
    }

    public ValueTask<int?> FindReceivedAsync(BankAccount account, DateTimeOffset since, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_received.TryGetValue(account.Number, out int fen) ? (int?)fen : null);
}
