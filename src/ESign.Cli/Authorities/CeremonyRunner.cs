using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ESign.Cli.Signing;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Revocation;
using ESign.Storage;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace ESign.Cli.Authorities;

/// <summary>Carries out a ceremony: reads its file, signs, writes the outputs and a transcript of everything that matters.</summary>
/// <remarks>A dry run does the same with keys and a store that exist in memory only, and writes nothing.</remarks>
internal sealed class CeremonyRunner
{
    private readonly CliContext _context;
    private readonly string _folder;
    private readonly string? _password;
    private readonly bool _isDryRun;
    private readonly CeremonyTranscript _transcript;

    public CeremonyRunner(CliContext context, string folder, string? password, bool isDryRun)
    {
        _context = context;
        _folder = folder;
        _password = password;
        _isDryRun = isDryRun;
        _transcript = new CeremonyTranscript(isDryRun);
    }

    public static CeremonyScript Read(string path)
    {
        try
        {
            return new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).Build()
                .Deserialize<CeremonyScript?>(CliContext.ReadText(path))
                ?? throw new CliException(CliExit.DataError, $"仪式文件为空：{path} / the ceremony file is empty: {path}", "请看 `esign ca ceremony --help` / see `esign ca ceremony --help`");
        }
        catch (YamlException exception)
        {
            throw CliException.Because(
                exception.GetBaseException(),
                CliExit.DataError,
                string.Create(CultureInfo.InvariantCulture, $"仪式文件第{exception.Start.Line}行无法解析"),
                string.Create(CultureInfo.InvariantCulture, $"the ceremony file cannot be read, line {exception.Start.Line}"),
                "键名用连字符，如 issuer-certificate / keys are written with hyphens: issuer-certificate");
        }
    }

    /// <summary>Runs the ceremony; answers the transcript.</summary>
    public async Task<CeremonyTranscript> RunAsync(CeremonyScript script, string scriptPath, CancellationToken cancellationToken)
    {
        Note("ceremony", script.Ceremony);
        Note("time", UtcText.Of(_context.Clock.GetUtcNow()));
        Note("script", $"{Path.GetFileName(scriptPath)} sha256:{Convert.ToHexStringLower(SHA256.HashData(CliContext.ReadInput(scriptPath)))}");
        Require(script.Output, "output");
        string output = RequireNew(script.Output);
        byte[] result = script.Ceremony switch
        {
            "root" => await CreateRootAsync(script, cancellationToken),
            "issuing" => await CreateIssuingAsync(script, cancellationToken),
            "cross" => await CrossCertifyAsync(script, cancellationToken),
            "crl" => await PublishCrlAsync(script, cancellationToken),
            _ => throw new CliException(CliExit.DataError, $"未知的仪式：{script.Ceremony} / unknown ceremony: {script.Ceremony}", "可用：root、issuing、cross、crl / one of root, issuing, cross, crl"),
        };
        Note("output", $"{script.Output} sha256:{Convert.ToHexStringLower(SHA256.HashData(result))}");
        if (!_isDryRun)
        {
            PrivateFile.Write(output, result);
            PrivateFile.Write(output + ".transcript", Encoding.UTF8.GetBytes(_transcript.ToText()));
        }

        return _transcript;
    }

    private async Task<byte[]> CreateRootAsync(CeremonyScript script, CancellationToken cancellationToken)
    {
        ISigningKey key = NewKey(script);
        using var disposeOfKey = key as IDisposable;
        CertificateProfile profile = WithValidity(CertificateProfile.Root, script);
        CertificateAuthority root = await CertificateAuthority.CreateRootAsync(Subject(script), key, Options(script), profile, cancellationToken);
        return Describe(root.Certificate, key, script);
    }

    private async Task<byte[]> CreateIssuingAsync(CeremonyScript script, CancellationToken cancellationToken)
    {
        ISigningKey key = NewKey(script);
        using var disposeOfKey = key as IDisposable;
        CertificateAuthority issuer = OpenIssuer(script);
        CertificateAuthority issuing = await issuer.CreateIssuingCaAsync(Subject(script), key, profile: WithValidity(CertificateProfile.IssuingCa, script), cancellationToken: cancellationToken);
        return Describe(issuing.Certificate, key, script);
    }

    private async Task<byte[]> CrossCertifyAsync(CeremonyScript script, CancellationToken cancellationToken)
    {
        Certificate subject = Certificate.FromPem(ReadText(Require(script.Certificate, "certificate")));
        return Describe(await OpenIssuer(script).CrossCertifyAsync(subject, cancellationToken), key: null, script);
    }

    private async Task<byte[]> PublishCrlAsync(CeremonyScript script, CancellationToken cancellationToken)
    {
        CertificateAuthority issuer = OpenIssuer(script);
        foreach (CeremonyRevocation revocation in script.Revoke)
        {
            if (!Enum.TryParse(revocation.Reason, ignoreCase: true, out RevocationReason reason))
            {
                throw new CliException(CliExit.DataError, $"未知的吊销原因：{revocation.Reason} / unknown reason: {revocation.Reason}", CliException.OneOf(Enum.GetNames<RevocationReason>()));
            }

            RevocationOutcome outcome = _isDryRun ? RevocationOutcome.Done : await issuer.RevokeAsync(revocation.Serial, reason, invalidityDate: null, cancellationToken);
            Note("revoke", $"{revocation.Serial} {reason}: {outcome}");
            if (outcome == RevocationOutcome.UnknownCertificate)
            {
                throw new CliException(CliExit.DataError, $"该CA未签发过序列号{revocation.Serial} / the authority never issued serial number {revocation.Serial}", "请检查存储与序列号 / check the store and the serial number");
            }
        }

        PublishedCrl crl = await new CrlPublisher(issuer, new CrlPublisherOptions { Validity = TimeSpan.FromDays(script.CrlDays) }).PublishAsync(cancellationToken);
        Note("crl", string.Create(CultureInfo.InvariantCulture, $"number {crl.Number}, {crl.EntryCount} entries, next {crl.NextUpdate.UtcDateTime:yyyy-MM-dd}"));
        return crl.RawData.ToArray();
    }

    private byte[] Describe(Certificate certificate, ISigningKey? key, CeremonyScript script)
    {
        Note("subject", certificate.Subject.ToString());
        Note("issuer", certificate.Issuer.ToString());
        Note("serial", certificate.SerialNumberHex);
        Note("validity", $"{UtcText.Of(certificate.NotBefore)} to {UtcText.Of(certificate.NotAfter)}");
        Note("public-key", "sha256:" + Convert.ToHexStringLower(SHA256.HashData(certificate.SubjectPublicKeyInfo.Span)));
        Note("certificate", "sha256:" + Convert.ToHexStringLower(certificate.Sha256Fingerprint.Span));
        if (script.Key is not null)
        {
            Note("key", "PKCS#11; it stays in the module");
        }

        if (key is LocalSigningKey newKey && !_isDryRun)
        {
            newKey.SaveEncryptedPem(In(script.OutputKey!), _password!);
        }

        return Encoding.ASCII.GetBytes(certificate.ToPem() + "\n");
    }

    private CertificateAuthority OpenIssuer(CeremonyScript script)
    {
        Certificate certificate = Certificate.FromPem(ReadText(Require(script.IssuerCertificate, "issuer-certificate")));
        string location = Require(script.IssuerKey, "issuer-key");
        ISigningKey key = AuthorityKeys.Open(AuthorityKeys.IsPkcs11(location) ? location : In(location), _password);
        return new CertificateAuthority(new SigningCredential(certificate, [], key), Options(script));
    }

    private CertificateAuthorityOptions Options(CeremonyScript script) => new()
    {
        Repository = _isDryRun ? new InMemoryCertificateRepository() : SqlCertificateRepository.OpenSqlite(In(script.Store)),
        TimeProvider = _context.Clock,
        Publication = new PublicationPoints
        {
            CrlUris = script.CrlUrl is null ? [] : [script.CrlUrl],
            IssuerCertificateUris = script.IssuerUrl is null ? [] : [script.IssuerUrl],
        },
    };

    private static CertificateSubject Subject(CeremonyScript script) => CertificateSubject.Service(Require(script.Name, "name"), script.Organization, script.Country);

    private ISigningKey NewKey(CeremonyScript script)
    {
        if (script.Key is null)
        {
            RequireNew(Require(script.OutputKey, "output-key"));
            if (_password is null && !_isDryRun)
            {
                throw new CliException(CliExit.Usage, "缺少--password-file / --password-file is missing", "文件中的口令将用来保护新建的私钥 / it holds the password that will protect the key made here");
            }

            return LocalSigningKey.Create(AlgorithmArgument.Parse(script.Algorithm), rsaKeySizeBits: 4096);
        }

        // A rehearsal opens the module's key too: that it can be opened is what is rehearsed.
        return AuthorityKeys.IsPkcs11(script.Key)
            ? AuthorityKeys.Open(script.Key, _password)
            : throw new CliException(CliExit.DataError, $"key不是PKCS#11 URI：{script.Key} / key is no PKCS#11 URI: {script.Key}", "省略则新建私钥，或写 pkcs11:… / leave it out to have a key made, or write pkcs11:…");
    }

    private static CertificateProfile WithValidity(CertificateProfile profile, CeremonyScript script) => script.ValidityDays is not { } days
        ? profile
        : TimeSpan.FromDays(days) <= profile.MaximumValidity
            ? profile with { DefaultValidity = TimeSpan.FromDays(days) }
            : throw new CliException(CliExit.DataError, $"{days} 天超过证书类型 {profile.Name} 的有效期上限 / {days} days is longer than profile {profile.Name} allows", $"最多 {profile.MaximumValidity.TotalDays} 天 / at most {profile.MaximumValidity.TotalDays} days");

    private static string Require(string? value, string key) => string.IsNullOrWhiteSpace(value)
        ? throw new CliException(CliExit.DataError, $"仪式文件缺少{key} / the ceremony file lacks {key}", "请看 `esign ca ceremony --help` / see `esign ca ceremony --help`")
        : value;

    // Before anything is signed: what is signed is recorded, and its key must not be lost for want of a folder.
    private string RequireNew(string name)
    {
        string path = In(name);
        return File.Exists(path)
            ? throw new CliException(CliExit.CannotCreate, $"文件已存在：{path} / the file exists: {path}", "仪式从不覆盖文件；请移走它或另取名称 / a ceremony never overwrites; move the file away or name another")
            : OutputFile.RequireFolder(path);
    }

    private string ReadText(string path) => CliContext.ReadText(In(path));

    private string In(string path) => Path.Combine(_folder, path);

    private void Note(string key, string value) => _transcript.Add(key, value);
}
