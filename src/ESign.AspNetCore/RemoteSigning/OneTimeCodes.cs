using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ESign.AspNetCore.Operations;
using ESign.Registration.Protection;
using ESign.Registration.Records;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.RemoteSigning;

/// <summary>One-time codes: six digits, five minutes, five attempts, once; not more often than a person asks for them.</summary>
/// <remarks>
/// Sending limits of the signing rules: one in 30 seconds, ten in an hour, twenty in a day (per credential). Codes are kept, as keyed
/// hashes, in the service's store: they survive a restart and count on every server of it.
/// </remarks>
internal sealed class OneTimeCodes(IRecordStore store, DataKeyRing keys, TimeProvider time)
{
    private const int MaximumAttempts = 5;
    private const int Conflicts = 10;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private static readonly (TimeSpan Window, int Count)[] Limits = [(TimeSpan.FromSeconds(30), 1), (TimeSpan.FromHours(1), 10), (TimeSpan.FromDays(1), 20)];

    private readonly RecordSet<SentCodes> _records = new(store, keys, "signing-code", RemoteSigningJson.Default.SentCodes, static codes => new RecordFacts(codes.Credential));

    /// <summary>Makes a code; the one before it ends.</summary>
    /// <param name="credential">For which credential.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The code; <see langword="null"/> when codes were asked for too often.</returns>
    public async ValueTask<string?> TryCreateAsync(string credential, CancellationToken cancellationToken)
    {
        string code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        for (int attempt = 0; attempt < Conflicts; attempt++)
        {
            DateTimeOffset now = time.GetUtcNow();
            Versioned<SentCodes>? read = await _records.FindAsync(credential, cancellationToken).ConfigureAwait(false);
            DateTimeOffset[] sent = [.. (read?.Value.SentAt ?? []).Where(at => now - at < Limits[^1].Window)];
            if (Array.Exists(Limits, limit => sent.Count(at => now - at < limit.Window) >= limit.Count))
            {
                return null;
            }

            var codes = new SentCodes { Credential = credential, SentAt = [.. sent, now], Hash = HashOf(credential, code), EndsAt = now + Life };
            if (await WriteAsync(read, codes, cancellationToken).ConfigureAwait(false))
            {
                return code;
            }
        }

        throw Busy();
    }

    /// <summary>Takes a code; right or wrong, it counts.</summary>
    public async ValueTask<bool> TryTakeAsync(string credential, string? code, CancellationToken cancellationToken)
    {
        for (int attempt = 0; code is not null && attempt < Conflicts; attempt++)
        {
            Versioned<SentCodes>? read = await _records.FindAsync(credential, cancellationToken).ConfigureAwait(false);
            if (read?.Value is not { Hash: { } hash } codes || time.GetUtcNow() >= codes.EndsAt || codes.Attempts >= MaximumAttempts)
            {
                return false;
            }

            bool isRight = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(hash), Encoding.UTF8.GetBytes(HashOf(credential, code)));
            SentCodes counted = codes with { Attempts = codes.Attempts + 1, Hash = isRight ? null : hash };
            if (await WriteAsync(read, counted, cancellationToken).ConfigureAwait(false))
            {
                return isRight;
            }
        }

        return code is null ? false : throw Busy();
    }

    private static RequestRefusedException Busy() =>
        new(StatusCodes.Status503ServiceUnavailable, "code-busy", "验证码正被他处使用，请稍后重试 / The code is being used elsewhere; try again", TimeSpan.FromSeconds(1));

    private string HashOf(string credential, string code) => keys.Hash("signing-code", $"{credential}\n{code}");

    private async ValueTask<bool> WriteAsync(Versioned<SentCodes>? read, SentCodes codes, CancellationToken cancellationToken) => read is null
        ? await _records.AddAsync(codes, cancellationToken).ConfigureAwait(false) == RecordOutcome.Done
        : await _records.ReplaceAsync(read with { Value = codes }, cancellationToken).ConfigureAwait(false) == RecordOutcome.Done;
}

/// <summary>The codes sent for one credential; the last of them may be open.</summary>
internal sealed record SentCodes
{
    public required string Credential { get; init; }

    /// <summary>When codes were sent within the last day.</summary>
    public IReadOnlyList<DateTimeOffset> SentAt { get; init => field = value ?? []; } = [];

    /// <summary>The keyed hash of the open code; <see langword="null"/> once it was used.</summary>
    public string? Hash { get; init; }

    public DateTimeOffset EndsAt { get; init; }

    public int Attempts { get; init; }
}
