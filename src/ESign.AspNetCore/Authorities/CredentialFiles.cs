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
        IReadOnlyList<Certificate> chain = LoadCertificates(folder, certificateFile);
        return new SigningCredential(chain[0], chain.Skip(1), LoadKey(folder, key, passwordFile));
    }

    /// <summary>Loads the certificates of a file: at least one.</summary>
    /// <exception cref="InvalidOperationException">The file cannot be read, or holds none.</exception>
    public static IReadOnlyList<Certificate> LoadCertificates(string? folder, string file)
    {
        string path = PathOf(folder, file);
        byte[] content = Read(path);
        try
        {
            return Certificate.LoadMany(content);
        }
        catch (Asn1FormatException exception)
        {
            throw new InvalidOperationException($"无法读取证书 {path} / There is no certificate to be read in {path}: {exception.Message}", exception);
        }
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
            throw new InvalidOperationException($"无法读取私钥 {path} / The key {path} cannot be read: {exception.Message}", exception);
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
            throw new InvalidOperationException($"无法读取文件 {path}：{exception.Message} / The file {path} cannot be read: {exception.Message}", exception);
        }
    }

    public static string PathOf(string? folder, string file) => Path.GetFullPath(file, Path.GetFullPath(folder ?? "."));

    /// <summary>The first line of a file, in UTF-8 with or without a byte order mark.</summary>
    public static string ReadPassword(string path)
    {
        using var lines = new StreamReader(new MemoryStream(Read(path), writable: false));
        return lines.ReadLine() ?? "";
    }
}
