using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Keys.Gm;

namespace ESign.Pki.Keys;

/// <summary>A private key held by the platform's own cryptography (OpenSSL, CNG) in this process.</summary>
/// <remarks>
/// Safe for use by many threads at once until it is disposed. Key formats: PKCS#8 (RFC 5958), PEM (RFC 7468); encrypted
/// with PBES2 (RFC 8018 §6.2): PBKDF2-HMAC-SHA-256, 600,000 rounds, AES-256-CBC.
/// </remarks>
public sealed class LocalSigningKey : ISigningKey, IDigestSigner, IDisposable
{
    /// <summary>The least RSA modulus ESign signs with or certifies (SP 800-131A: 2048 bits).</summary>
    internal const int MinimumRsaKeySizeBits = 2048;

    private static readonly PbeParameters s_encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 600_000);

    private readonly PlatformKey _key;

    private LocalSigningKey(AsymmetricAlgorithm key, SignatureAlgorithm? algorithm) => _key = PlatformKey.Own(key, algorithm);

    /// <inheritdoc/>
    public SignatureAlgorithm Algorithm => _key.Algorithm;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => _key.SubjectPublicKeyInfo;

    /// <summary>Makes a new key.</summary>
    /// <param name="algorithm">What the key will sign with; for elliptic curves it names the curve too.</param>
    /// <param name="rsaKeySizeBits">The RSA modulus: 2048, 3072 or 4096 bits. Ignored for elliptic curves.</param>
    /// <returns>The key; the caller disposes of it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The RSA size is none of the three.</exception>
    /// <exception cref="PlatformNotSupportedException">The platform lacks the curve, or SM2.</exception>
    public static LocalSigningKey Create(SignatureAlgorithm algorithm, int rsaKeySizeBits = 3072)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        if (algorithm.CurveOid is { } curve)
        {
            if (algorithm.Scheme == SignatureScheme.Sm2)
            {
                Sm2.ThrowIfNotAvailable();
            }

            return new LocalSigningKey(ECDsa.Create(ECCurve.CreateFromValue(curve)), algorithm);
        }

        if (rsaKeySizeBits is not (2048 or 3072 or 4096))
        {
            throw new ArgumentOutOfRangeException(nameof(rsaKeySizeBits), rsaKeySizeBits, "RSA 密钥长度必须为 2048、3072 或 4096 位 / An RSA key has 2048, 3072 or 4096 bits.");
        }

        return new LocalSigningKey(RSA.Create(rsaKeySizeBits), algorithm);
    }

    /// <summary>Reads the first private key of a PEM text: PKCS#8 (encrypted or not), or the traditional RSA and EC forms.</summary>
    /// <param name="pem">The text; other blocks, such as certificates, are passed over.</param>
    /// <param name="password">The password of an encrypted key; not used otherwise.</param>
    /// <param name="algorithm">What to sign with; by default PKCS#1 v1.5 with SHA-256 for RSA, and the curve's usual digest.</param>
    /// <returns>The key; the caller disposes of it.</returns>
    /// <exception cref="CryptographicException">No key, the wrong password, or a damaged key.</exception>
    /// <exception cref="NotSupportedException">The key is of a kind ESign does not sign with.</exception>
    /// <exception cref="ArgumentException">The key does not fit <paramref name="algorithm"/>.</exception>
    public static LocalSigningKey FromPem(ReadOnlySpan<char> pem, ReadOnlySpan<char> password = default, SignatureAlgorithm? algorithm = null) =>
        new LocalSigningKey(PemPrivateKey.Import(pem, password), algorithm);

    /// <summary>Reads an unencrypted PKCS#8 <c>PrivateKeyInfo</c>.</summary>
    /// <param name="pkcs8">The DER bytes; the caller clears them.</param>
    /// <param name="algorithm">What to sign with; by default PKCS#1 v1.5 with SHA-256 for RSA, and the curve's usual digest.</param>
    /// <returns>The key; the caller disposes of it.</returns>
    /// <exception cref="Asn1FormatException">The bytes are no PrivateKeyInfo.</exception>
    /// <exception cref="CryptographicException">The platform refuses the key.</exception>
    /// <exception cref="NotSupportedException">The key is of a kind ESign does not sign with.</exception>
    /// <exception cref="ArgumentException">The key does not fit <paramref name="algorithm"/>.</exception>
    public static LocalSigningKey FromPkcs8(ReadOnlyMemory<byte> pkcs8, SignatureAlgorithm? algorithm = null) =>
        new LocalSigningKey(PrivateKeyInfo.Import(pkcs8), algorithm);

    /// <summary>Reads a PKCS#8 <c>EncryptedPrivateKeyInfo</c>.</summary>
    /// <param name="pkcs8">The DER bytes.</param>
    /// <param name="password">The password.</param>
    /// <param name="algorithm">What to sign with; by default PKCS#1 v1.5 with SHA-256 for RSA, and the curve's usual digest.</param>
    /// <returns>The key; the caller disposes of it.</returns>
    /// <exception cref="CryptographicException">The wrong password, or a damaged key.</exception>
    /// <exception cref="NotSupportedException">The key is of a kind ESign does not sign with.</exception>
    /// <exception cref="ArgumentException">The key does not fit <paramref name="algorithm"/>.</exception>
    public static LocalSigningKey FromEncryptedPkcs8(ReadOnlyMemory<byte> pkcs8, ReadOnlySpan<char> password, SignatureAlgorithm? algorithm = null) =>
        new LocalSigningKey(PemPrivateKey.ImportEncrypted(pkcs8, password), algorithm);

    /// <summary>Signs data at once.</summary>
    /// <param name="data">The bytes to sign, not their digest.</param>
    /// <returns>The signature value as CMS and X.509 carry it (ECDSA and SM2: DER).</returns>
    /// <exception cref="ObjectDisposedException">The key was disposed of.</exception>
    public byte[] Sign(ReadOnlySpan<byte> data) => _key.Sign(data);

    /// <inheritdoc/>
    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) =>
        _key.SignAsync(data, cancellationToken);

    /// <summary>Writes the key unencrypted. Whoever holds the bytes can sign: prefer <see cref="ExportEncryptedPkcs8(ReadOnlySpan{char})"/>.</summary>
    /// <returns>DER <c>PrivateKeyInfo</c>; the caller clears it.</returns>
    public byte[] ExportPkcs8() => _key.Key.ExportPkcs8PrivateKey();

    /// <summary>Writes the key encrypted with a password.</summary>
    /// <param name="password">The password; not empty.</param>
    /// <returns>DER <c>EncryptedPrivateKeyInfo</c>.</returns>
    /// <exception cref="ArgumentException">The password is empty.</exception>
    public byte[] ExportEncryptedPkcs8(ReadOnlySpan<char> password)
    {
        if (password.IsEmpty)
        {
            throw new ArgumentException("密码不能为空 / The password must not be empty.", nameof(password));
        }

        return ExportEncryptedPkcs8(password, s_encryption);
    }

    /// <summary>Writes the key encrypted with a password, as PEM.</summary>
    /// <param name="password">The password; not empty.</param>
    /// <returns>An <c>ENCRYPTED PRIVATE KEY</c> block.</returns>
    /// <exception cref="ArgumentException">The password is empty.</exception>
    public string ExportEncryptedPem(ReadOnlySpan<char> password) =>
        PemEncoding.WriteString(PemPrivateKey.EncryptedLabel, ExportEncryptedPkcs8(password)) + "\n";

    /// <summary>Writes the key, encrypted with a password, to a PEM file that only its owner may read (mode 0600 on Unix).</summary>
    /// <param name="path">The file; replaced, as a whole, if it exists.</param>
    /// <param name="password">The password; not empty.</param>
    /// <exception cref="ArgumentException">The password is empty.</exception>
    /// <exception cref="IOException">The file cannot be written; an old one is unchanged.</exception>
    public void SaveEncryptedPem(string path, ReadOnlySpan<char> password) =>
        PrivateFile.Write(path, System.Text.Encoding.ASCII.GetBytes(ExportEncryptedPem(password)));

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    byte[] IDigestSigner.SignDigest(ReadOnlySpan<byte> digest) => _key.SignDigest(digest);

    internal byte[] ExportEncryptedPkcs8(ReadOnlySpan<char> password, PbeParameters encryption) =>
        _key.Key.ExportEncryptedPkcs8PrivateKey(password, encryption);
}
