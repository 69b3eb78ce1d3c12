using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Storage;

namespace ESign.Cli.Authorities;

/// <summary>
/// An authority on disk. The folder holds <c>authority.json</c> (addresses), <c>root.cer</c> and <c>issuing.cer</c> (PEM),
/// <c>chain.pem</c> (issuing, root), <c>root.key</c> and <c>issuing.key</c> (encrypted PKCS#8; <c>root.key</c> may be taken away
/// and kept offline), <c>pseudonyms.key</c> (the secret behind personal pseudonyms) and <c>certificates.db</c> (SQLite).
/// Keys are readable by their owner only.
/// </summary>
internal sealed class AuthorityFolder
{
    public const string Layout =
        "authority.json, root.cer, issuing.cer, chain.pem, root.key, issuing.key (encrypted PKCS#8), pseudonyms.key, certificates.db (SQLite)";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly string _path;
    private readonly CliContext _context;
    private readonly AuthoritySettings _settings;

    private AuthorityFolder(string path, CliContext context, AuthoritySettings settings)
    {
        _path = path;
        _context = context;
        _settings = settings;
    }

    public static async Task<AuthorityFolder> CreateAsync(string path, CliContext context, AuthoritySettings settings, AuthorityNames names, SignatureAlgorithm algorithm, string password, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new CliException(CliExit.CannotCreate, $"目录不为空 / the folder is not empty: {path}", "name a new folder; an authority is never overwritten");
        }

        CreatePrivateDirectory(path);
        try
        {
            return await FillAsync(new AuthorityFolder(path, context, settings), names, algorithm, password, cancellationToken);
        }
        catch
        {
            // It was empty before: half an authority helps nobody.
            Directory.Delete(path, recursive: true);
            throw;
        }
    }

    private static async Task<AuthorityFolder> FillAsync(AuthorityFolder folder, AuthorityNames names, SignatureAlgorithm algorithm, string password, CancellationToken cancellationToken)
    {
        PrivateFile.Write(folder.File("authority.json"), JsonSerializer.SerializeToUtf8Bytes(folder._settings, Json));
        PrivateFile.Write(folder.File("pseudonyms.key"), RandomNumberGenerator.GetBytes(PseudonymKey.SizeInBytes));

        using LocalSigningKey rootKey = LocalSigningKey.Create(algorithm, rsaKeySizeBits: 4096);
        using LocalSigningKey issuingKey = LocalSigningKey.Create(algorithm);
        rootKey.SaveEncryptedPem(folder.File("root.key"), password);
        issuingKey.SaveEncryptedPem(folder.File("issuing.key"), password);
        CertificateAuthorityOptions options = folder.Options(folder.RootPublication);
        CertificateAuthority root = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service(names.Root, names.Organization), rootKey, options, cancellationToken: cancellationToken);
        CertificateAuthority issuing = await root.CreateIssuingCaAsync(CertificateSubject.Service(names.Issuing, names.Organization), issuingKey, options, cancellationToken: cancellationToken);
        folder.WriteText("root.cer", root.Certificate.ToPem() + "\n");
        folder.WriteText("issuing.cer", issuing.Certificate.ToPem() + "\n");
        folder.WriteText("chain.pem", issuing.Certificate.ToPem() + "\n" + root.Certificate.ToPem() + "\n");
        return folder;
    }

    public static AuthorityFolder Open(string path, CliContext context)
    {
        byte[] json = CliContext.ReadInput(Path.Combine(path, "authority.json"));
        AuthoritySettings settings = JsonSerializer.Deserialize<AuthoritySettings>(json, Json)
            ?? throw new CliException(CliExit.DataError, $"authority.json为空 / authority.json is empty in {path}", "make the authority again with `esign ca init`");
        return new AuthorityFolder(path, context, settings);
    }

    public string File(string name) => Path.Combine(_path, name);

    public Certificate ReadCertificate(string name) => Certificate.FromPem(Encoding.UTF8.GetString(CliContext.ReadInput(File(name))));

    /// <summary>The authority that issues to subscribers.</summary>
    public CertificateAuthority OpenIssuing(string password) =>
        OpenAuthority("issuing", [ReadCertificate("root.cer")], password, new PublicationPoints
        {
            CrlUris = One(_settings.CrlUrl),
            DeltaCrlUri = _settings.DeltaCrlUrl,
            OcspUris = One(_settings.OcspUrl),
            IssuerCertificateUris = One(_settings.IssuerUrl),
            CpsUri = _settings.CpsUrl,
            CrlPartitions = _settings.CrlPartitions,
        });

    /// <summary>The root; its key must be in the folder.</summary>
    public CertificateAuthority OpenRoot(string password) => OpenAuthority("root", [], password, RootPublication);

    private PublicationPoints RootPublication => new()
    {
        CrlUris = One(_settings.RootCrlUrl),
        IssuerCertificateUris = One(_settings.RootUrl),
        CpsUri = _settings.CpsUrl,
    };

    private CertificateAuthority OpenAuthority(string name, IReadOnlyList<Certificate> issuers, string password, PublicationPoints publication)
    {
        string pem = Encoding.UTF8.GetString(CliContext.ReadInput(File(name + ".key")));
        try
        {
            LocalSigningKey key = LocalSigningKey.FromPem(pem, password);
            return new CertificateAuthority(new SigningCredential(ReadCertificate(name + ".cer"), issuers, key), Options(publication));
        }
        catch (Exception exception) when (exception is CryptographicException or Asn1FormatException or ArgumentException)
        {
            throw new CliException(CliExit.NoPermission, $"无法打开{name}.key / cannot open {name}.key: {exception.Message}", "check --password-file", exception);
        }
    }

    private CertificateAuthorityOptions Options(PublicationPoints publication) => new()
    {
        Repository = SqliteCertificateRepository.Open(File("certificates.db")),
        Publication = publication,
        Pseudonyms = PseudonymKey.FromBytes(CliContext.ReadInput(File("pseudonyms.key"))),
        TimeProvider = _context.Clock,
        InstanceId = _settings.InstanceId,
    };

    private static string[] One(string? uri) => uri is null ? [] : [uri];

    private static void CreatePrivateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private void WriteText(string name, string text) => System.IO.File.WriteAllText(File(name), text);
}

/// <summary>The names of a new hierarchy.</summary>
internal sealed record AuthorityNames(string Root, string Issuing, string? Organization);
