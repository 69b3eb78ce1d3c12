using System.Data.Common;
using System.Net;
using ESign.AspNetCore.Authorities;
using Microsoft.Extensions.Configuration;

namespace ESign.AspNetCore.Development;

/// <summary>What must not be combined when others than this machine can reach the service.</summary>
public sealed class ProductionChecklist
{
    private const int ShortestPassword = 12;

    /// <summary>Passwords that come with manuals and examples.</summary>
    private static readonly string[] KnownPasswords = ["password", "changeit", "changeme", "secret", "123456", "12345678", "esign", "admin", "test", "postgres", "root", "qwerty"];

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

    /// <summary>Whether one-time codes are written to a file in place of being sent.</summary>
    public bool WritesCodesToFile { get; init; }

    /// <summary>The password of the database, where settings hold one.</summary>
    public string? DatabasePassword { get; init; }

    /// <summary>Reads what settings say.</summary>
    /// <param name="settings">All settings of the service.</param>
    /// <param name="listenUrls">The addresses it listens on, unless <c>Kestrel:Endpoints</c> names others.</param>
    /// <param name="publicUrl">The address certificates name.</param>
    /// <returns>The checklist.</returns>
    /// <exception cref="InvalidOperationException">A certificate or a password that settings name cannot be read.</exception>
    public static ProductionChecklist Read(IConfiguration settings, IReadOnlyList<string> listenUrls, string publicUrl)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(listenUrls);
        IConfigurationSection[] issuers = [.. settings.GetSection("CertificateAuthority:Issuers").GetChildren()];
        string? folder = settings["CertificateAuthority:Folder"];
        return new ProductionChecklist
        {
            ListenUrls = [.. listenUrls, .. settings.GetSection("Kestrel:Endpoints").GetChildren().Select(static endpoint => endpoint["Url"]).OfType<string>()],
            PublicUrl = publicUrl,
            IsBehindProxy = settings.GetValue<bool>("BehindProxy"),
            IsDevelopment = settings.GetValue<bool>("CertificateAuthority:IsDevelopment") || issuers.Any(issuer => IsDevelopmentCertificate(folder, issuer["Certificate"]))
                || IsDevelopmentCertificate(settings["TimestampAuthority:Folder"], settings["TimestampAuthority:Certificate"]),
            KeyPasswords =
            [
                .. issuers.SelectMany(issuer => ReadPasswords(folder, issuer)),
                .. ReadPasswords(settings["TimestampAuthority:Folder"], settings.GetSection("TimestampAuthority")),
                .. ReadPasswords(settings["AuditLog:Folder"], settings.GetSection("AuditLog")),
                .. settings.GetSection("RemoteSigning:Credentials").GetChildren().SelectMany(credential => ReadPasswords(settings["RemoteSigning:Folder"], credential)),
            ],
            WritesCodesToFile = settings["RemoteSigning:CodeFile"] is not null && settings["RemoteSigning:CodeGateway:Url"] is null,
            DatabasePassword = settings.GetConnectionString("PostgreSql") is { } connection ? FindPassword(new DbConnectionStringBuilder { ConnectionString = connection }) : null,
        };
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

        if (!Uri.TryCreate(PublicUrl, UriKind.Absolute, out Uri? address) || address.IsLoopback || (IPAddress.TryParse(address.Host, out IPAddress? host) && (host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any))))
        {
            faults.Add($"证书中的地址他人无法访问（{PublicUrl}），请设置 CertificateAuthority:PublicUrl / Others cannot reach the address certificates name ({PublicUrl}): set CertificateAuthority:PublicUrl");
        }

        if (KeyPasswords.Any(static password => password.Length < ShortestPassword || KnownPasswords.Contains(password, StringComparer.OrdinalIgnoreCase)))
        {
            faults.Add($"私钥没有口令、口令为常见值或短于 {ShortestPassword} 个字符 / A key has no password, a well-known one, or one shorter than {ShortestPassword} characters");
        }

        if (WritesCodesToFile)
        {
            faults.Add("验证码不能写入文件 / One-time codes must not be written to a file: set RemoteSigning:CodeGateway");
        }

        if (DatabasePassword is { } database && KnownPasswords.Contains(database, StringComparer.OrdinalIgnoreCase))
        {
            faults.Add("数据库口令为默认口令 / The database has a well-known password (ConnectionStrings:PostgreSql)");
        }

        return faults;
    }

    private static IEnumerable<string> ReadPasswords(string? folder, IConfigurationSection holder) => holder["Key"] is { } key && !key.StartsWith("pkcs11:", StringComparison.Ordinal)
        ? [holder["PasswordFile"] is { } file ? CredentialFiles.ReadPassword(CredentialFiles.PathOf(folder, file)) : ""]
        : [];

    // Npgsql knows the word by three names.
    private static string? FindPassword(DbConnectionStringBuilder connection) =>
        ((string[])["Password", "PWD", "PSW"]).Select(name => connection.TryGetValue(name, out object? password) ? password.ToString() : null).FirstOrDefault(static password => password is not null);

    // The settings of a development authority can be copied; what its certificates say cannot be taken out of them.
    private static bool IsDevelopmentCertificate(string? folder, string? file) =>
        file is not null && CredentialFiles.LoadCertificates(folder, file)[0].Subject.CommonName?.StartsWith(DevelopmentAuthority.NamePrefix, StringComparison.Ordinal) == true;

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
