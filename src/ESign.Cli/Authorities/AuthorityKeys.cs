using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;

namespace ESign.Cli.Authorities;

/// <summary>Opens an authority's key from where it is said to be: a PKCS#11 module (RFC 7512 URI) or an encrypted PKCS#8 file.</summary>
internal static class AuthorityKeys
{
    public static bool IsPkcs11(string location) => location.StartsWith("pkcs11:", StringComparison.Ordinal);

    /// <summary>Opens a key; the password is needed for files only.</summary>
    /// <exception cref="CliException">The key cannot be opened.</exception>
    public static ISigningKey Open(string location, string? password, SignatureAlgorithm? algorithm = null)
    {
        try
        {
            if (IsPkcs11(location))
            {
                return OperatingSystem.IsWindows()
                    ? throw new CliException(CliExit.NoPermission, "此平台不支持PKCS#11引擎 / PKCS#11 needs OpenSSL, which this platform's cryptography is not", "请改用私钥文件 / use a key file")
                    : EngineSigningKey.OpenPkcs11(location, algorithm);
            }

            string pem = CliContext.ReadText(location);
            return LocalSigningKey.FromPem(pem, password ?? throw new CliException(CliExit.NoPermission, $"缺少 --password-file：{location} 已加密 / --password-file is missing: {location} is encrypted", "请给出存放口令的文件 / give the file that holds the password"), algorithm);
        }
        catch (Exception exception) when (exception is CryptographicException or Asn1FormatException or ArgumentException or PlatformNotSupportedException)
        {
            string shown = IsPkcs11(location) ? "PKCS#11" : Path.GetFileName(location);
            throw CliException.Because(exception, CliExit.NoPermission, $"无法打开 {shown}", $"cannot open {shown}", IsPkcs11(location) ? "请检查 URI、其 pin-source 与 PKCS11_MODULE_PATH / check the URI, its pin-source, and PKCS11_MODULE_PATH" : "请检查 --password-file / check --password-file");
        }
    }
}
