using System.Net;
using ESign.AspNetCore.Authorities;

namespace ESign.AspNetCore.Development;

/// <summary>What must not be combined when others than this machine can reach the service.</summary>
public sealed class ProductionChecklist
{
    private const int ShortestPassword = 12;

    /// <summary>Passwords that come with manuals and examples.</summary>
    private static readonly string[] KnownPasswords = ["password", "changeit", "changeme", "secret", "123456", "12345678", "esign", "admin", "test"];

    /// <summary>The addresses the service listens on.</summary>
    public required IReadOnlyList<string> ListenUrls { get; init; }

    /// <summary>The address certificates name.</summary>
    public required string PublicUrl { get; init; }

    /// <summary>Whether a proxy in front ends TLS.</summary>
    public bool IsBehindProxy { get; init; }

    /// <summary>Whether the authorities are made for trying out.</summary>
    public bool IsDevelopment { get; init; }

    /// <summary>The passwords of the keys, in no order.</summary>
    public IReadOnlyList<string> KeyPasswords { get; init; } = [];

    /// <summary>Reads the passwords that settings name.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>The passwords of keys in files.</returns>
    public static IReadOnlyList<string> ReadPasswords(CertificateAuthoritySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return [.. settings.Issuers
            .Where(static issuer => issuer.Key is { } key && !key.StartsWith("pkcs11:", StringComparison.Ordinal))
            .Select(issuer => issuer.PasswordFile is { } file ? CredentialFiles.ReadPassword(CredentialFiles.PathOf(settings.Folder, file)) : "")
            .Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Looks for unsafe combinations.</summary>
    /// <returns>Each one found, Chinese and English; empty when the service may start.</returns>
    public IReadOnlyList<string> FindFaults()
    {
        var faults = new List<string>();
        string[] open = [.. ListenUrls.Where(static url => !IsLoopback(url))];
        if (open.Length == 0 && !IsBehindProxy)
        {
            return faults;
        }

        if (IsDevelopment)
        {
            faults.Add("开发用CA只能在本机使用 / Development authorities serve this machine only: listen on 127.0.0.1, or configure CertificateAuthority");
        }

        if (!IsBehindProxy && open.Any(static url => !url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
        {
            faults.Add("令牌不能经明文HTTP传送 / Tokens and enrolment must not go over plain HTTP: listen on https, or set BehindProxy when a proxy ends TLS");
        }

        if (!Uri.TryCreate(PublicUrl, UriKind.Absolute, out Uri? address) || address.IsLoopback)
        {
            faults.Add($"证书中的地址他人无法访问 / Others cannot reach the address certificates name ({PublicUrl}): set CertificateAuthority:PublicUrl");
        }

        if (KeyPasswords.Any(static password => password.Length < ShortestPassword || KnownPasswords.Contains(password, StringComparer.OrdinalIgnoreCase)))
        {
            faults.Add($"私钥口令过短或为默认口令 / A key has no password, a well-known one, or one shorter than {ShortestPassword} characters");
        }

        return faults;
    }

    private static bool IsLoopback(string url)
    {
        // Kestrel's "*" and "+" are not URIs; they mean every address.
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address))
        {
            return false;
        }

        return address.IsLoopback || (IPAddress.TryParse(address.Host, out IPAddress? ip) && IPAddress.IsLoopback(ip));
    }
}
