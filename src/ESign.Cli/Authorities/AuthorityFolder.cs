using System.Security.Cryptography;
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
/// and kept offline; neither is there when <c>authority.json</c> names a key of a PKCS#11 module), <c>pseudonyms.key</c> (the secret behind personal pseudonyms) and <c>certificates.db</c> (SQLite).
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

    public static async Task<AuthorityFolder> CreateAsync(string path, CliContext context, AuthoritySettings settings, AuthorityNames names, SignatureAlgorithm algorithm, string? password, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new CliException(CliExit.CannotCreate, $"目录不为空：{path} / the folder is not empty: {path}", "请另取新目录；已有的 CA 从不覆盖 / name a new folder; an authority is never overwritten");
        }

        var folder = new AuthorityFolder(path, context, settings);
        folder.IssuingPublication.CheckPartitions(); // addresses are judged before the folder is made
        PrivateFile.CreateFolder(path);
        try
        {
            return await FillAsync(folder, names, algorithm, password, cancellationToken);
        }
        catch
        {
            // It was empty before: half an authority helps nobody.
            Directory.Delete(path, recursive: true);
            throw;
        }
    }

    private static async Task<AuthorityFolder> FillAsync(AuthorityFolder folder, AuthorityNames names, SignatureAlgorithm algorithm, string? password, CancellationToken cancellationToken)
    {
        PrivateFile.Write(folder.File("authority.json"), JsonSerializer.SerializeToUtf8Bytes(folder._settings, Json));
        PrivateFile.Write(folder.File("pseudonyms.key"), RandomNumberGenerator.GetBytes(PseudonymKey.SizeInBytes));

        ISigningKey rootKey = folder.MakeOrOpenKey("root", folder._settings.RootKey, algorithm, 4096, password);
        using var disposeOfRootKey = rootKey as IDisposable;
        ISigningKey issuingKey = folder.MakeOrOpenKey("issuing", folder._settings.IssuingKey, algorithm, 3072, password);
        using var disposeOfIssuingKey = issuingKey as IDisposable;
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
        try
        {
            AuthoritySettings settings = JsonSerializer.Deserialize<AuthoritySettings>(json, Json)
                ?? throw new CliException(CliExit.DataError, $"{path}中的authority.json为空 / authority.json is empty in {path}", "请从备份中取回 / take it from a backup");
            return new AuthorityFolder(path, context, settings);
        }
        catch (JsonException exception)
        {
            throw CliException.Because(exception, CliExit.DataError, $"{path}中的authority.json已损坏", $"authority.json is damaged in {path}", "请从备份中取回 / take it from a backup");
        }
    }

    public string File(string name) => Path.Combine(_path, name);

    public Certificate ReadCertificate(string name) => Certificate.FromPem(CliContext.ReadText(File(name)));

    /// <summary>The authority that issues to subscribers.</summary>
    public CertificateAuthority OpenIssuing(string? password) =>
        TakeUp("issuing", [ReadCertificate("root.cer")], AuthorityKeys.Open(_settings.IssuingKey ?? File("issuing.key"), password), IssuingPublication);

    /// <summary>The root; its key must be at hand.</summary>
    public CertificateAuthority OpenRoot(string? password) =>
        TakeUp("root", [], AuthorityKeys.Open(_settings.RootKey ?? File("root.key"), password), RootPublication);

    /// <summary>An authority whose key stays closed, for what needs its records alone.</summary>
    public CertificateAuthority OpenRecords(bool root) =>
        TakeUp(root ? "root" : "issuing", [], new AbsentSigningKey(ReadCertificate(root ? "root.cer" : "issuing.cer")), root ? RootPublication : IssuingPublication);

    private PublicationPoints IssuingPublication => new()
    {
        CrlUris = One(_settings.CrlUrl),
        DeltaCrlUri = _settings.DeltaCrlUrl,
        OcspUris = One(_settings.OcspUrl),
        IssuerCertificateUris = One(_settings.IssuerUrl),
        CpsUri = _settings.CpsUrl,
        CrlPartitions = _settings.CrlPartitions,
    };

    private PublicationPoints RootPublication => new()
    {
        CrlUris = One(_settings.RootCrlUrl),
        IssuerCertificateUris = One(_settings.RootUrl),
        CpsUri = _settings.CpsUrl,
    };

    private CertificateAuthority TakeUp(string name, IReadOnlyList<Certificate> issuers, ISigningKey key, PublicationPoints publication)
    {
        try
        {
            return new CertificateAuthority(new SigningCredential(ReadCertificate(name + ".cer"), issuers, key), Options(publication));
        }
        catch (Exception exception) when (exception is Asn1FormatException or ArgumentException)
        {
            throw CliException.Because(exception, CliExit.NoPermission, $"{name}.cer与其私钥不可用", $"{name}.cer and its key cannot be used", "请核对私钥与证书是否匹配 / check that the key belongs to the certificate");
        }
    }

    private ISigningKey MakeOrOpenKey(string name, string? uri, SignatureAlgorithm algorithm, int rsaKeySizeBits, string? password)
    {
        if (uri is not null)
        {
            return AuthorityKeys.Open(uri, password);
        }

        LocalSigningKey key = LocalSigningKey.Create(algorithm, rsaKeySizeBits);
        key.SaveEncryptedPem(File(name + ".key"), password ?? throw new CliException(CliExit.Usage, "缺少--password-file / --password-file is missing", "文件中的口令将用来保护新建的私钥 / it holds the password that will protect the keys made here"));
        return key;
    }

    private CertificateAuthorityOptions Options(PublicationPoints publication) => new()
    {
        Repository = SqlCertificateRepository.OpenSqlite(File("certificates.db")),
        Publication = publication,
        Pseudonyms = PseudonymKey.FromBytes(CliContext.ReadInput(File("pseudonyms.key"))),
        TimeProvider = _context.Clock,
        InstanceId = _settings.InstanceId,
    };

    private static string[] One(string? uri) => uri is null ? [] : [uri];

    private void WriteText(string name, string text) => System.IO.File.WriteAllText(File(name), text);
}

/// <summary>The names of a new hierarchy.</summary>
internal sealed record AuthorityNames(string Root, string Issuing, string? Organization);
