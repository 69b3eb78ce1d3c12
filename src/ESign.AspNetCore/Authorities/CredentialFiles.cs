using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.AspNetCore.Authorities;

/// <summary>Loads certificates and keys that settings name.</summary>
internal static class CredentialFiles
{
    private const string Pkcs11Scheme = "pkcs11:";

    public static SigningCredential Load(string? folder, string certificateFile, string key, string? passwordFile)
    {
        IReadOnlyList<Certificate> chain = Certificate.LoadMany(Read(PathOf(folder, certificateFile)));
        return new SigningCredential(chain[0], chain.Skip(1), LoadKey(folder, key, passwordFile));
    }

    public static ISigningKey LoadKey(string? folder, string key, string? passwordFile)
    {
        if (key.StartsWith(Pkcs11Scheme, StringComparison.Ordinal))
        {
            return OperatingSystem.IsWindows()
                ? throw new PlatformNotSupportedException("本平台不支持 PKCS#11 / PKCS#11 keys are not available on this platform: they need OpenSSL.")
                : EngineSigningKey.OpenPkcs11(key);
        }

        string path = PathOf(folder, key);
        string password = passwordFile is null ? "" : ReadPassword(PathOf(folder, passwordFile));
        try
        {
            return LocalSigningKey.FromPem(File.ReadAllText(path), password);
        }
        catch (Exception exception) when (exception is CryptographicException or Asn1FormatException or IOException)
        {
            throw new InvalidOperationException($"无法读取私钥 / The key cannot be read: {path}: {exception.Message}", exception);
        }
    }

    public static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"无法读取文件 / The file cannot be read: {path}: {exception.Message}", exception);
        }
    }

    public static string PathOf(string? folder, string file) => Path.GetFullPath(file, Path.GetFullPath(folder ?? "."));

    public static string ReadPassword(string path) => System.Text.Encoding.UTF8.GetString(Read(path)).Split('\n')[0].TrimEnd('\r');
}
