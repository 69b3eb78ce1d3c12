using System.Security.Cryptography;
using System.Text;

namespace ESign.Pki.Names;

/// <summary>The secret with which an authority turns identity numbers into the pseudonyms its certificates carry.</summary>
/// <remarks>
/// <para>A plain digest would hide nothing: eighteen-digit numbers can all be tried within hours. Hence a commitment in
/// two steps, each HMAC-SHA-256 (RFC 2104), <c>m = "esign-identity-v1" ‖ 00 ‖ kind ‖ 00 ‖ number</c> in UTF-8, kind as in
/// <see cref="IdentityDocumentKind"/>:</para>
/// <para><c>opening = HMAC(secret, m)</c> · <c>pseudonym = upper-case hex of the first 20 bytes of HMAC(opening, m)</c>.</para>
/// <para>The same person has the same pseudonym under one secret and unlinkable ones under different secrets. To prove to
/// a court that a certificate belongs to a number, the authority discloses that person's opening alone; whoever
/// has it checks with <see cref="Verify"/> and learns nothing about anybody else. Losing the secret loses that proof:
/// back it up as one backs up a CA key. 160 bits leave no collisions among any number of subscribers.</para>
/// </remarks>
public sealed class PseudonymKey : IDisposable
{
    /// <summary>The length of the secret in bytes.</summary>
    public const int SizeInBytes = 32;

    private const int PseudonymBytes = 20;

    private readonly byte[] _secret;
    private volatile bool _isDisposed;

    private PseudonymKey(byte[] secret) => _secret = secret;

    /// <summary>Makes a new secret.</summary>
    /// <returns>A key the caller stores and disposes.</returns>
    public static PseudonymKey Create() => new(RandomNumberGenerator.GetBytes(SizeInBytes));

    /// <summary>Takes up a stored secret.</summary>
    /// <param name="secret">Exactly <see cref="SizeInBytes"/> bytes; copied.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The length is wrong.</exception>
    public static PseudonymKey FromBytes(ReadOnlySpan<byte> secret) => secret.Length == SizeInBytes
        ? new PseudonymKey(secret.ToArray())
        : throw new ArgumentException($"密钥应为{SizeInBytes}字节，实际为{secret.Length}字节 / The secret has {SizeInBytes} bytes, not {secret.Length}", nameof(secret));

    /// <summary>Checks a disclosed opening: whether the pseudonym in a certificate stands for this document.</summary>
    /// <param name="pseudonym">The pseudonym, 40 hexadecimal digits.</param>
    /// <param name="document">The claimed document.</param>
    /// <param name="opening">The opening the authority disclosed.</param>
    /// <returns>Whether the three belong together.</returns>
    public static bool Verify(string pseudonym, IdentityDocument document, ReadOnlySpan<byte> opening)
    {
        ArgumentNullException.ThrowIfNull(pseudonym);
        ArgumentNullException.ThrowIfNull(document);
        string expected = Commit(opening, Message(document));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(pseudonym.ToUpperInvariant()));
    }

    /// <summary>The pseudonym of a document under this secret.</summary>
    /// <param name="document">The document.</param>
    /// <returns>40 upper-case hexadecimal digits.</returns>
    public string Compute(IdentityDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        byte[] message = Message(document);
        Span<byte> opening = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Secret, message, opening);
        return Commit(opening, message);
    }

    /// <summary>What to disclose so that others can check one person's pseudonym.</summary>
    /// <param name="document">That person's document.</param>
    /// <returns>32 bytes; good for this document only.</returns>
    public byte[] Open(IdentityDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return HMACSHA256.HashData(Secret, Message(document));
    }

    /// <summary>A copy of the secret, to be stored where the CA's keys are.</summary>
    /// <returns>32 secret bytes.</returns>
    public byte[] ExportSecret() => [.. Secret];

    /// <summary>Wipes the secret.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        CryptographicOperations.ZeroMemory(_secret);
    }

    // A wiped secret would give pseudonyms all the same, which everybody can compute.
    private byte[] Secret
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _secret;
        }
    }

    private static string Commit(ReadOnlySpan<byte> opening, byte[] message)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(opening, message, mac);
        return Convert.ToHexString(mac[..PseudonymBytes]);
    }

    private static byte[] Message(IdentityDocument document) =>
        Encoding.UTF8.GetBytes($"esign-identity-v1\0{document.Kind}\0{document.Value}");
}
