using System.Security.Cryptography;

namespace ESign.Registration.Operators;

/// <summary>A password as it is kept: salted and stretched.</summary>
/// <remarks>PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2), 600,000 iterations as OWASP advises for it.</remarks>
internal sealed record PasswordHash(byte[] Salt, int Iterations, byte[] Value)
{
    public const int DefaultIterations = 600_000;

    private const int Size = 32;
    private const int ShortestPassword = 12;
    private const int LongestPassword = 128;

    /// <summary>What a password of nobody is compared with, so that unknown names take as long as known ones.</summary>
    public static PasswordHash Nobody(int iterations) => new(new byte[Size], iterations, new byte[Size]);

    /// <summary>Hashes a new password.</summary>
    /// <exception cref="RegistrationException">It is too short, too long or too easy (<c>password</c>).</exception>
    public static PasswordHash Create(string password, string login, int iterations)
    {
        bool isEasy = password.Distinct().Count() < 5 || password.Contains(login, StringComparison.OrdinalIgnoreCase);
        if (password.Length is < ShortestPassword or > LongestPassword || isEasy)
        {
            throw new RegistrationException("password", $"密码应为{ShortestPassword}至{LongestPassword}个字符，不得包含登录名或大量重复字符 / A password has {ShortestPassword} to {LongestPassword} characters, not the login name in it, and not the same few over and over");
        }

        byte[] salt = RandomNumberGenerator.GetBytes(Size);
        return new PasswordHash(salt, iterations, Derive(password, salt, iterations));
    }

    public bool Matches(string password) =>
        CryptographicOperations.FixedTimeEquals(Value, Derive(password.Length > LongestPassword ? password[..LongestPassword] : password, Salt, Iterations)) && password.Length <= LongestPassword;

    private static byte[] Derive(string password, byte[] salt, int iterations) => Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, Size);
}
