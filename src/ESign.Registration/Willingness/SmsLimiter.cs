using ESign.Pki.Names;

namespace ESign.Registration.Willingness;

/// <summary>How many codes one number may be sent: 1 in 30 seconds, 10 in an hour, 20 in a day.</summary>
/// <remarks>
/// The hours and days are rolling, which is never more generous than calendar ones. Kept in memory: several servers share a limit
/// only by sending one number to one server. Thread-safe.
/// </remarks>
public sealed class SmsLimiter
{
    /// <summary>Numbers kept: a day's worth of a large service, about 30 MB.</summary>
    internal const int MaximumNumbers = 100_000;

    private static readonly (int Count, TimeSpan Window, string Message)[] s_rules =
    [
        (1, TimeSpan.FromSeconds(30), "短信发送频率超出限制，请等待30秒后重试 / A code was sent less than 30 seconds ago"),
        (10, TimeSpan.FromHours(1), "本小时验证码发送数量超出限制，请稍后重试 / 10 codes were sent within the hour"),
        (20, TimeSpan.FromDays(1), "今日验证码发送量已超出限制，请联系工作人员处理 / 20 codes were sent within the day"),
    ];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _sent = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;

    /// <summary>Makes a limiter.</summary>
    /// <param name="clock">The clock.</param>
    public SmsLimiter(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
    }

    /// <summary>Counts a message that is about to be sent.</summary>
    /// <param name="number">To whom.</param>
    /// <exception cref="RegistrationException">A limit is reached (<c>sms-limit</c>); nothing was counted.</exception>
    public void Take(MobileNumber number)
    {
        ArgumentNullException.ThrowIfNull(number);
        DateTimeOffset now = _clock.GetUtcNow();
        lock (_lock)
        {
            if (!_sent.TryGetValue(number.Value, out Queue<DateTimeOffset>? sent))
            {
                MakeRoom(now);
                sent = new Queue<DateTimeOffset>();
            }

            foreach ((int count, TimeSpan window, string message) in s_rules)
            {
                if (sent.Count(at => now - at < window) >= count)
                {
                    throw new RegistrationException("sms-limit", message);
                }
            }

            while (sent.TryPeek(out DateTimeOffset oldest) && now - oldest >= s_rules[^1].Window)
            {
                sent.Dequeue();
            }

            sent.Enqueue(now);
            _sent[number.Value] = sent;
        }
    }

    /// <summary>Forgets numbers without a message within the day; refuses rather than forget a limit that holds.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        if (_sent.Count < MaximumNumbers)
        {
            return;
        }

        foreach (string idle in _sent.Where(entry => entry.Value.All(at => now - at >= s_rules[^1].Window)).Select(entry => entry.Key).ToArray())
        {
            _sent.Remove(idle);
        }

        if (_sent.Count >= MaximumNumbers)
        {
            throw new RegistrationException("sms-limit", "短信服务繁忙，请稍后重试 / Codes were sent to too many numbers today");
        }
    }
}
