using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;

namespace ESign.Pki.Certificates;

/// <summary>A certificate, the certificates above it, and the private key that belongs to it.</summary>
/// <remarks>PKCS#12: RFC 7292; keys and contents encrypted with PBES2 (AES-256-CBC, PBKDF2-HMAC-SHA-256, 200,000 rounds), MAC with SHA-256.</remarks>
public sealed class SigningCredential : IDisposable
{
    /// <summary>Puts a credential together.</summary>
    /// <param name="certificate">The signer's certificate.</param>
    /// <param name="issuers">The certificates above it, nearest first; the root may be left out.</param>
    /// <param name="key">The private key of <paramref name="certificate"/>.</param>
    /// <exception cref="ArgumentException">The key does not belong to the certificate.</exception>
    public SigningCredential(Certificate certificate, IEnumerable<Certificate> issuers, ISigningKey key)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(issuers);
        ArgumentNullException.ThrowIfNull(key);
        if (!Belongs(key, certificate))
        {
            throw new ArgumentException($"私钥与{certificate.Subject}的证书不匹配 / The key does not belong to the certificate of {certificate.Subject}.", nameof(key));
        }

        Certificate = certificate;
        Issuers = [.. issuers];
        Key = key;
    }

    /// <summary>The signer's certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>The certificates above <see cref="Certificate"/>, nearest first.</summary>
    public IReadOnlyList<Certificate> Issuers { get; }

    /// <summary>The private key.</summary>
    public ISigningKey Key { get; }

    /// <summary>Reads a PKCS#12 (PFX) file's content: RSA, elliptic-curve and SM2 keys.</summary>
    /// <param name="pkcs12">The file's bytes.</param>
    /// <param name="password">Its password.</param>
    /// <param name="algorithm">What to sign with; by default PKCS#1 v1.5 with SHA-256 for RSA, and the curve's usual digest.</param>
    /// <returns>The first key with its certificate; the other certificates of its chain as issuers. The caller disposes of it.</returns>
    /// <exception cref="CryptographicException">The wrong password, a damaged file, or no key with its certificate in it.</exception>
    /// <exception cref="NotSupportedException">The key is of a kind ESign does not sign with.</exception>
    public static SigningCredential LoadPkcs12(ReadOnlyMemory<byte> pkcs12, ReadOnlySpan<char> password, SignatureAlgorithm? algorithm = null) =>
        Pkcs12Store.Load(pkcs12, password, algorithm);

    /// <summary>Reads a PKCS#12 (PFX) file: RSA, elliptic-curve and SM2 keys.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">Its password.</param>
    /// <param name="algorithm">What to sign with; by default PKCS#1 v1.5 with SHA-256 for RSA, and the curve's usual digest.</param>
    /// <returns>The first key with its certificate; the other certificates of its chain as issuers. The caller disposes of it.</returns>
    /// <exception cref="CryptographicException">The wrong password, a damaged file, or no key with its certificate in it.</exception>
    /// <exception cref="NotSupportedException">The key is of a kind ESign does not sign with.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SigningCredential LoadPkcs12(string path, ReadOnlySpan<char> password, SignatureAlgorithm? algorithm = null) =>
        LoadPkcs12(File.ReadAllBytes(path), password, algorithm);

    /// <summary>Reads PEM text that holds certificates and a private key, in any order.</summary>
    /// <param name="certificates">The certificates; may be the same text as <paramref name="key"/>.</param>
    /// <param name="key">The private key: PKCS#8 (encrypted or not) or the traditional forms.</param>
    /// <param name="password">The password of an encrypted key; not used otherwise.</param>
    /// <param name="algorithm">What to sign with; by default PKCS#1 v1.5 with SHA-256 for RSA, and the curve's usual digest.</param>
    /// <returns>The key with its certificate; the other certificates of its chain as issuers. The caller disposes of it.</returns>
    /// <exception cref="CryptographicException">The wrong password, a damaged key, or no certificate that belongs to it.</exception>
    /// <exception cref="Asn1FormatException">A certificate is malformed, or there is none.</exception>
    public static SigningCredential LoadPem(string certificates, ReadOnlySpan<char> key, ReadOnlySpan<char> password = default, SignatureAlgorithm? algorithm = null)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        IReadOnlyList<Certificate> all = Certificate.LoadMany(System.Text.Encoding.UTF8.GetBytes(certificates));
        return FromParts(LocalSigningKey.FromPem(key, password, algorithm), all);
    }

    /// <summary>Writes key and certificates as PKCS#12.</summary>
    /// <param name="password">The password; not empty.</param>
    /// <returns>The file's bytes. Keep them where only their owner can read them, as <see cref="SavePkcs12"/> does.</returns>
    /// <exception cref="InvalidOperationException">The key is in a hardware module or at a remote service and cannot be written.</exception>
    /// <exception cref="ArgumentException">The password is empty.</exception>
    public byte[] ExportPkcs12(ReadOnlySpan<char> password)
    {
        if (password.IsEmpty)
        {
            throw new ArgumentException("密码不能为空 / The password must not be empty.", nameof(password));
        }

        return Key is LocalSigningKey local
            ? Pkcs12Store.Export(this, local, password)
            : throw new InvalidOperationException("该私钥不可导出 / The private key is not held in this process and cannot be exported.");
    }

    /// <summary>Writes key and certificates to a PKCS#12 file that only its owner may read (mode 0600 on Unix).</summary>
    /// <param name="path">The file; replaced, as a whole, if it exists.</param>
    /// <param name="password">The password; not empty.</param>
    /// <exception cref="InvalidOperationException">The key is in a hardware module or at a remote service and cannot be written.</exception>
    /// <exception cref="ArgumentException">The password is empty.</exception>
    /// <exception cref="IOException">The file cannot be written; an old one is unchanged.</exception>
    public void SavePkcs12(string path, ReadOnlySpan<char> password) => PrivateFile.Write(path, ExportPkcs12(password));

    /// <summary>Disposes of the key, if it is of a kind that can be.</summary>
    public void Dispose() => (Key as IDisposable)?.Dispose();

    /// <summary>Finds the key's certificate among others and orders its chain; takes the key over.</summary>
    internal static SigningCredential FromParts(LocalSigningKey key, IReadOnlyList<Certificate> certificates)
    {
        foreach (Certificate certificate in certificates)
        {
            if (Belongs(key, certificate))
            {
                return new SigningCredential(certificate, ChainAbove(certificate, certificates), key);
            }
        }

        key.Dispose();
        throw new CryptographicException("没有与私钥匹配的证书 / No certificate belongs to the private key.");
    }

    // Writers name RSA-PSS and SM2 keys in two ways: the key itself is what must agree.
    private static bool Belongs(ISigningKey key, Certificate certificate) =>
        SubjectPublicKeyInfo.Decode(key.SubjectPublicKeyInfo).PublicKey.Span.SequenceEqual(
            SubjectPublicKeyInfo.Decode(certificate.SubjectPublicKeyInfo).PublicKey.Span);

    private static List<Certificate> ChainAbove(Certificate leaf, IReadOnlyList<Certificate> certificates)
    {
        var chain = new List<Certificate>();
        Certificate current = leaf;
        while (!current.IsSelfIssued && chain.Count < certificates.Count)
        {
            Certificate? issuer = certificates.FirstOrDefault(candidate => candidate.Subject.Equals(current.Issuer)
                && !chain.Contains(candidate)
                && SignatureVerifier.Verify(candidate.SubjectPublicKeyInfo.Span, current.SignatureAlgorithm, current.TbsCertificate.Span, current.SignatureValue.Span));
            if (issuer is null)
            {
                break;
            }

            chain.Add(issuer);
            current = issuer;
        }

        return chain;
    }
}
