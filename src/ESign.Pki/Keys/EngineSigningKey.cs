using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ESign.Pki.Keys;

/// <summary>A private key that stays in a hardware module and is reached through an OpenSSL engine, as a rule PKCS#11.</summary>
/// <remarks>
/// PKCS#11 URIs: RFC 7512. Safe for use by many threads at once. Needs OpenSSL 1.1 or 3 and the engine (Debian:
/// <c>libengine-pkcs11-openssl</c>); the engine finds the module by <c>PKCS11_MODULE_PATH</c> or p11-kit.
/// </remarks>
[UnsupportedOSPlatform("android")]
[UnsupportedOSPlatform("browser")]
[UnsupportedOSPlatform("ios")]
[UnsupportedOSPlatform("tvos")]
[UnsupportedOSPlatform("windows")]
public sealed partial class EngineSigningKey : ISigningKey, IDigestSigner, IDisposable
{
    private readonly PlatformKey _key;

    private EngineSigningKey(PlatformKey key) => _key = key;

    /// <inheritdoc/>
    public SignatureAlgorithm Algorithm => _key.Algorithm;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => _key.SubjectPublicKeyInfo;

    /// <summary>Opens a key of a PKCS#11 module.</summary>
    /// <param name="uri">
    /// The key's RFC 7512 URI, for example <c>pkcs11:token=esign;object=ca-key;type=private;pin-source=file:/run/secrets/pin</c>
    /// (the PIN file ends without a line break). Do not write the PIN into the URI: the engine shows failing URIs on stderr.
    /// </param>
    /// <param name="algorithm">What to sign with; by default PKCS#1 v1.5 with SHA-256 for RSA, and the curve's usual digest.</param>
    /// <returns>The key; the caller disposes of it.</returns>
    /// <exception cref="CryptographicException">The engine, the token or the key is not there, or the PIN is wrong.</exception>
    /// <exception cref="ArgumentException">The key does not fit <paramref name="algorithm"/>, or the URI is no PKCS#11 URI.</exception>
    /// <exception cref="PlatformNotSupportedException">The platform's cryptography is not OpenSSL.</exception>
    public static EngineSigningKey OpenPkcs11(string uri, SignatureAlgorithm? algorithm = null)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return uri.StartsWith("pkcs11:", StringComparison.Ordinal)
            ? Open("pkcs11", uri, algorithm)
            : throw new ArgumentException("不是 PKCS#11 URI / Not a PKCS#11 URI (RFC 7512): it must start with pkcs11:", nameof(uri));
    }

    /// <summary>Opens a key of any OpenSSL engine.</summary>
    /// <param name="engine">The engine's id, for example <c>pkcs11</c>.</param>
    /// <param name="keyId">The key's name in the engine.</param>
    /// <param name="algorithm">What to sign with; by default PKCS#1 v1.5 with SHA-256 for RSA, and the curve's usual digest.</param>
    /// <returns>The key; the caller disposes of it.</returns>
    /// <exception cref="CryptographicException">The engine or the key is not there.</exception>
    /// <exception cref="ArgumentException">The key does not fit <paramref name="algorithm"/>.</exception>
    /// <exception cref="PlatformNotSupportedException">The platform's cryptography is not OpenSSL.</exception>
    public static EngineSigningKey Open(string engine, string keyId, SignatureAlgorithm? algorithm = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(engine);
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        try
        {
            using SafeEvpPKeyHandle handle = SafeEvpPKeyHandle.OpenPrivateKeyFromEngine(engine, keyId);
            return new EngineSigningKey(PlatformKey.Own(Import(handle), algorithm));
        }
        catch (CryptographicException exception)
        {
            string key = WithoutPin().Replace(keyId, "$1=…");
            throw new CryptographicException(
                $"无法通过 OpenSSL 引擎 {engine} 打开硬件密钥 {key}：{exception.Message} / The key {key} cannot be opened through the OpenSSL engine {engine}: {exception.Message}",
                exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) =>
        _key.SignAsync(data, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    byte[] IDigestSigner.SignDigest(ReadOnlySpan<byte> digest) => _key.SignDigest(digest);

    // The handle does not say which kind of key it is: the constructors refuse the wrong one.
    private static AsymmetricAlgorithm Import(SafeEvpPKeyHandle handle)
    {
        try
        {
            return new RSAOpenSsl(handle);
        }
        catch (CryptographicException)
        {
            return new ECDsaOpenSsl(handle);
        }
    }

    [GeneratedRegex("(pin-value)=[^;&?]*", RegexOptions.CultureInvariant)]
    private static partial Regex WithoutPin();
}
