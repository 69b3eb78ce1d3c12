using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ESign.Registration.Operators;

/// <summary>Time-based one-time passwords: a new code every 30 seconds.</summary>
/// <remarks>RFC 6238 §4 over RFC 4226 §5.3, HMAC-SHA-1 and six digits, as every authenticator application understands. One step of clock skew is tolerated either way (§5.2).</remarks>
internal static class Totp
{
    public const int SecretSize = 20;

    private const int StepSeconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step a moment lies in.</summary>
    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    public static string Compute(ReadOnlySpan<byte> secret, long step, int digits = 6)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, mac);
        int offset = mac[^1] & 0x0F; // RFC 4226 §5.3: dynamic truncation
        uint number = BinaryPrimitives.ReadUInt32BigEndian(mac[offset..]) & 0x7FFF_FFFF;
        return (number % (uint)Math.Pow(10, digits)).ToString("D" + digits, CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code was given; <see langword="null"/> when it is none of now, or was used before.</summary>
    public static long? FindStep(ReadOnlySpan<byte> secret, string code, DateTimeOffset time, long lastUsed)
    {
        long now = StepAt(time);
        long? found = null;
        for (long step = now - 1; step <= now + 1; step++)
        {
            bool isIt = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Compute(secret, step)), Encoding.UTF8.GetBytes(code));
            found = isIt && step > lastUsed ? step : found;
        }

        return found;
    }

    /// <summary>The address an authenticator application reads, as text or as a QR code.</summary>
    public static string ToUri(ReadOnlySpan<byte> secret, string issuer, string login) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(login)}?secret={ToBase32(secret)}&issuer={Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits=6&period={StepSeconds}";

    /// <summary>RFC 4648 §6, without padding.</summary>
    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        foreach (byte value in bytes)
        {
            buffer = (buffer << 8) | value;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Base32[(buffer >> bits) & 31]);
            }
        }

        return bits == 0 ? text.ToString() : text.Append(Base32[(buffer << (5 - bits)) & 31]).ToString();
    }
}
