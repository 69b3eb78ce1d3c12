using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using ESign.Pki.Asn1;

namespace ESign.Pki.Keys;

/// <summary>Private keys in PEM text.</summary>
/// <remarks>RFC 7468 §10 and §11 (PKCS#8); the labels <c>RSA PRIVATE KEY</c> (RFC 8017 A.1.2) and <c>EC PRIVATE KEY</c> (RFC 5915 §4).</remarks>
internal static class PemPrivateKey
{
    public const string PlainLabel = "PRIVATE KEY";
    public const string EncryptedLabel = "ENCRYPTED PRIVATE KEY";
    private const string RsaLabel = "RSA PRIVATE KEY";
    private const string EcLabel = "EC PRIVATE KEY";

    /// <summary>Imports the first private key of the text.</summary>
    /// <exception cref="CryptographicException">No private key, the wrong password, or a damaged key.</exception>
    public static AsymmetricAlgorithm Import(ReadOnlySpan<char> pem, ReadOnlySpan<char> password)
    {
        ReadOnlySpan<char> rest = PemText.WithoutMark(pem);
        while (PemEncoding.TryFind(rest, out PemFields fields))
        {
            ReadOnlySpan<char> label = rest[fields.Label];
            if (label is PlainLabel or EncryptedLabel or RsaLabel or EcLabel)
            {
                byte[] der = new byte[fields.DecodedDataLength];
                try
                {
                    Convert.TryFromBase64Chars(rest[fields.Base64Data], der, out int written);
                    return Import(label, der.AsMemory(0, written), password);
                }
                finally
                {
                    CryptographicOperations.ZeroMemory(der);
                }
            }

            rest = rest[fields.Location.End..];
        }

        throw new CryptographicException(pem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal)
            ? "不支持旧式加密 PEM 私钥，请转换为 PKCS#8 / The key uses the traditional PEM encryption; convert it to PKCS#8 (openssl pkcs8 -topk8)."
            : "PEM 中没有私钥 / The PEM text holds no private key.");
    }

    /// <summary>Imports an EncryptedPrivateKeyInfo of RSA, EC or SM2.</summary>
    /// <exception cref="CryptographicException">The wrong password, or a damaged key.</exception>
    public static AsymmetricAlgorithm ImportEncrypted(ReadOnlyMemory<byte> pkcs8, ReadOnlySpan<char> password)
    {
        PasswordCost.CheckEncryptedPrivateKey(pkcs8);
        Pkcs8PrivateKeyInfo info;
        try
        {
            info = Pkcs8PrivateKeyInfo.DecryptAndDecode(password, pkcs8, out _);
        }
        catch (CryptographicException exception)
        {
            throw new CryptographicException("无法解密私钥：密码错误或数据损坏 / The private key cannot be decrypted: wrong password or damaged data.", exception);
        }

        byte[] plain = info.Encode();
        try
        {
            return PrivateKeyInfo.Import(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsMemory(info.PrivateKeyBytes).Span);
        }
    }

    private static AsymmetricAlgorithm Import(ReadOnlySpan<char> label, ReadOnlyMemory<byte> der, ReadOnlySpan<char> password)
    {
        if (label is PlainLabel)
        {
            return PrivateKeyInfo.Import(der);
        }

        if (label is EncryptedLabel)
        {
            return ImportEncrypted(der, password);
        }

        AsymmetricAlgorithm key = label is RsaLabel ? RSA.Create() : ECDsa.Create();
        try
        {
            if (key is RSA rsa)
            {
                rsa.ImportRSAPrivateKey(der.Span, out _);
            }
            else
            {
                ((ECDsa)key).ImportECPrivateKey(der.Span, out _);
            }

            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
