using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ESign.Pki.Names;

namespace ESign.Registration.Willingness;

/// <summary>Asks a signer for a code sent by short message: the will to sign this document, now.</summary>
/// <remarks>
/// Six digits, bound to the digest of the document shown, good once, for a few minutes and a few answers. A new code for the same
/// number and document ends the one before. Only a keyed hash is kept, under a key that never leaves the process. Thread-safe.
/// </remarks>
public sealed class WillingnessCodes
{
    /// <summary>Codes on their way; each lives minutes, so this is far beyond what short messages can carry.</summary>
    private const int MaximumPending = 100_000;

    private readonly ConcurrentDictionary<string, Pending> _pending = new(StringComparer.Ordinal);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ISmsSender _sender;
    private readonly SmsLimiter _limiter;
    private readonly WillingnessOptions _options;
    private readonly TimeProvider _clock;

    /// <summary>Makes the service.</summary>
    /// <param name="sender">Who sends.</param>
    /// <param name="limiter">How often.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="options">Lifetime and attempts.</param>
    public WillingnessCodes(ISmsSender sender, SmsLimiter limiter, TimeProvider clock, WillingnessOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(limiter);
        ArgumentNullException.ThrowIfNull(clock);
        _sender = sender;
        _limiter = limiter;
        _clock = clock;
        _options = options ?? new WillingnessOptions();
    }

    /// <summary>Sends a code.</summary>
    /// <param name="number">The signer's verified number.</param>
    /// <param name="documentDigest">The SHA-256 of the document the signer sees.</param>
    /// <param name="cancellationToken">Cancels sending.</param>
    /// <returns>What the answer refers to.</returns>
    /// <exception cref="RegistrationException">A limit is reached (<c>sms-limit</c>), or too many codes are on their way (<c>code-busy</c>).</exception>
    /// <exception cref="ArgumentException">The digest is not 32 bytes.</exception>
    public async ValueTask<WillingnessChallenge> SendAsync(MobileNumber number, ReadOnlyMemory<byte> documentDigest, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(number);
        string digest = Digest(documentDigest.Span);
        DateTimeOffset now = _clock.GetUtcNow();
        MakeRoom(now);
        _limiter.Take(number);
        string code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var challenge = new WillingnessChallenge(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), number, digest, now, now + _options.Lifetime);
        string reference = await _sender.SendCodeAsync(number, code, cancellationToken).ConfigureAwait(false);
        foreach ((string id, Pending earlier) in _pending)
        {
            if (earlier.Challenge.Number.Equals(number) && string.Equals(earlier.Challenge.DocumentDigest, digest, StringComparison.Ordinal))
            {
                _pending.TryRemove(id, out _);
            }
        }

        _pending[challenge.Id] = new Pending(challenge, reference, Hash(challenge, code), _options.Attempts);
        return challenge;
    }

    /// <summary>Takes an answer.</summary>
    /// <param name="challengeId">What <see cref="SendAsync"/> returned.</param>
    /// <param name="documentDigest">The SHA-256 of the document that is to be signed.</param>
    /// <param name="code">The answer.</param>
    /// <returns>The evidence that the signer wanted to sign this document.</returns>
    /// <exception cref="RegistrationException">
    /// There is no such code, or it was used (<c>code-unknown</c>); it is too old (<c>code-expired</c>); the document is another one
    /// (<c>code-document</c>); it was answered too often (<c>code-attempts</c>); the answer is wrong (<c>code-wrong</c>).
    /// </exception>
    public VerificationRecord Confirm(string challengeId, ReadOnlySpan<byte> documentDigest, string code)
    {
        ArgumentNullException.ThrowIfNull(challengeId);
        ArgumentNullException.ThrowIfNull(code);
        string digest = Digest(documentDigest);
        DateTimeOffset now = _clock.GetUtcNow();
        Pending pending = TakeAttempt(challengeId);
        WillingnessChallenge challenge = pending.Challenge;
        if (now >= challenge.ExpiresAt)
        {
            _pending.TryRemove(challengeId, out _);
            throw new RegistrationException("code-expired", "验证码已过期，请重新获取 / The code has expired");
        }

        if (!string.Equals(digest, challenge.DocumentDigest, StringComparison.Ordinal))
        {
            throw new RegistrationException("code-document", "验证码不是为本文件发送的 / The code was sent for another document");
        }

        if (!CryptographicOperations.FixedTimeEquals(Hash(challenge, code), pending.CodeHash))
        {
            throw new RegistrationException("code-wrong", string.Create(CultureInfo.InvariantCulture, $"验证码错误，还可尝试{pending.AttemptsLeft}次 / The code is wrong; {pending.AttemptsLeft} attempts are left"));
        }

        if (!_pending.TryRemove(challengeId, out _))
        {
            throw Unknown();
        }

        int used = _options.Attempts - pending.AttemptsLeft;
        return new VerificationRecord(
            "willingness-code",
            _sender.Name,
            _sender.IsOffline,
            Succeeded: true,
            now,
            string.Create(CultureInfo.InvariantCulture, $"{challenge.Number.Masked}; sent {challenge.SentAt:yyyy-MM-dd'T'HH:mm:ss'Z'}; reference {pending.Reference}; attempts {used}; document sha256:{challenge.DocumentDigest}"));
    }

    /// <summary>Every look at a code costs an attempt before anything is compared, so that parallel guesses do not come for free.</summary>
    private Pending TakeAttempt(string challengeId)
    {
        while (_pending.TryGetValue(challengeId, out Pending? pending))
        {
            if (pending.AttemptsLeft == 0)
            {
                throw new RegistrationException("code-attempts", "验证码尝试次数过多，请重新获取 / The code was answered too often");
            }

            Pending taken = pending with { AttemptsLeft = pending.AttemptsLeft - 1 };
            if (_pending.TryUpdate(challengeId, taken, pending))
            {
                return taken;
            }
        }

        throw Unknown();
    }

    private void MakeRoom(DateTimeOffset now)
    {
        foreach ((string id, Pending pending) in _pending)
        {
            if (now >= pending.Challenge.ExpiresAt + _options.Lifetime) // An expired code is told from an unknown one for as long again.
            {
                _pending.TryRemove(id, out _);
            }
        }

        if (_pending.Count >= MaximumPending)
        {
            throw new RegistrationException("code-busy", "短信服务繁忙，请稍后重试 / Too many codes are on their way");
        }
    }

    private byte[] Hash(WillingnessChallenge challenge, string code) =>
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{challenge.Id}\n{challenge.Number.Value}\n{challenge.DocumentDigest}\n{code}"));

    private static string Digest(ReadOnlySpan<byte> documentDigest) => documentDigest.Length == SHA256.HashSizeInBytes
        ? Convert.ToHexStringLower(documentDigest)
        : throw new ArgumentException("The digest of a document is a SHA-256 of 32 bytes.", nameof(documentDigest));

    private static RegistrationException Unknown() => new("code-unknown", "验证码不存在或已使用 / There is no such code, or it was used");

    private sealed record Pending(WillingnessChallenge Challenge, string Reference, byte[] CodeHash, int AttemptsLeft);
}
