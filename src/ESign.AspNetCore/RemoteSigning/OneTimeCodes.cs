using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ESign.AspNetCore.RemoteSigning;

/// <summary>One-time codes: six digits, five minutes, five attempts, once; not more often than a person asks for them.</summary>
/// <remarks>Sending limits of the signing rules: one in 30 seconds, ten in an hour, twenty in a day (per credential).</remarks>
internal sealed class OneTimeCodes(TimeProvider time)
{
    private const int MaximumAttempts = 5;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private static readonly (TimeSpan Window, int Count)[] Limits = [(TimeSpan.FromSeconds(30), 1), (TimeSpan.FromHours(1), 10), (TimeSpan.FromDays(1), 20)];

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, State> _states = new(StringComparer.Ordinal);

    /// <summary>Makes a code; the one before it ends.</summary>
    /// <param name="credential">For which credential.</param>
    /// <param name="code">The code.</param>
    /// <returns>False when codes were asked for too often.</returns>
    public bool TryCreate(string credential, out string code)
    {
        code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        State state = _states.GetOrAdd(credential, static _ => new State());
        lock (state)
        {
            DateTimeOffset now = time.GetUtcNow();
            state.Sent.RemoveAll(sent => now - sent >= Limits[^1].Window);
            if (Array.Exists(Limits, limit => state.Sent.Count(sent => now - sent < limit.Window) >= limit.Count))
            {
                return false;
            }

            state.Sent.Add(now);
            state.Mac = Mac(credential, code);
            state.EndsAt = now + Life;
            state.Attempts = 0;
            return true;
        }
    }

    /// <summary>Takes a code; right or wrong, it counts.</summary>
    public bool TryTake(string credential, string? code)
    {
        if (code is null || !_states.TryGetValue(credential, out State? state))
        {
            return false;
        }

        lock (state)
        {
            bool isOpen = state.Mac is not null && time.GetUtcNow() < state.EndsAt && state.Attempts++ < MaximumAttempts;
            bool isRight = isOpen && CryptographicOperations.FixedTimeEquals(state.Mac, Mac(credential, code));
            if (isRight)
            {
                state.Mac = null;
            }

            return isRight;
        }
    }

    private byte[] Mac(string credential, string code) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{credential}\n{code}"));

    private sealed class State
    {
        public List<DateTimeOffset> Sent { get; } = [];

        public byte[]? Mac { get; set; }

        public DateTimeOffset EndsAt { get; set; }

        public int Attempts { get; set; }
    }
}
