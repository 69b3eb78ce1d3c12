using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ESign.AspNetCore.Access;

/// <summary>A token as its holder has it: <c>esign_ID_SECRET</c>, the id in hexadecimal, the secret 256 random bits in base64url.</summary>
internal sealed record AccessTokenText(string Id, byte[] Secret)
{
    private const string Prefix = "esign_";
    private const int IdSize = 8;
    private const int SecretSize = 32;

    public static AccessTokenText Create() =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdSize)), RandomNumberGenerator.GetBytes(SecretSize));

    public static bool TryParse(string? text, [NotNullWhen(true)] out AccessTokenText? token)
    {
        token = null;
        const int IdEnd = 6 + (IdSize * 2);
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length != IdEnd + 1 + Base64Url.GetEncodedLength(SecretSize) || text[IdEnd] != '_')
        {
            return false;
        }

        byte[] secret = new byte[SecretSize];
        if (!Base64Url.TryDecodeFromChars(text.AsSpan(IdEnd + 1), secret, out int length) || length != SecretSize)
        {
            return false;
        }

        token = new AccessTokenText(text[Prefix.Length..IdEnd], secret);
        return true;
    }

    public byte[] HashSecret() => SHA256.HashData(Secret);

    /// <summary>The text to hand to the holder, once.</summary>
    public string Reveal() => $"{Prefix}{Id}_{Base64Url.EncodeToString(Secret)}";

    /// <summary>The id only: a token must not slip into a log.</summary>
    public override string ToString() => Prefix + Id;
}
