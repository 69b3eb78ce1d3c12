using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Authorities;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Transparency;

namespace ESign.AspNetCore.Development;

/// <summary>Makes everything a service needs to be tried out: root, issuer, timestamp authority, audit key, and settings that name them.</summary>
/// <remarks>Every name says DEVELOPMENT; the keys' password lies beside the keys. The production checklist refuses both elsewhere.</remarks>
public sealed class DevelopmentAuthority
{
    /// <summary>How the names of all its certificates begin.</summary>
    internal const string NamePrefix = "ESign DEVELOPMENT ";

    /// <summary>The settings file that is written last: with it, everything is there.</summary>
    public const string SettingsFile = "development.json";

    private const string Organization = "ESign DEVELOPMENT ONLY";
    private const string KeysFolder = "keys";
    private const string PasswordFile = "keys/password";
    private const string PseudonymFile = "keys/pseudonyms";

    /// <summary>An arc made from a UUID (ITU-T X.667 §7), like those of the certificate profiles.</summary>
    private const string TimestampPolicy = "2.25.147775247216424714532568950255451698360.2.1";

    private readonly string _folder;
    private readonly string _publicUrl;
    private readonly ICertificateRepository _repository;
    private readonly ITransparencyLog _log;
    private readonly TimeProvider _time;
    private readonly List<string> _account = [];
    private readonly List<ReadOnlyMemory<byte>> _records = [];
    private string _password = "";

    /// <summary>Prepares; nothing is made yet.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="publicUrl">The address certificates will name.</param>
    /// <param name="repository">Where certificates are recorded.</param>
    /// <param name="log">The audit log.</param>
    /// <param name="time">The clock.</param>
    public DevelopmentAuthority(string folder, string publicUrl, ICertificateRepository repository, ITransparencyLog log, TimeProvider time)
    {
        _folder = folder;
        _publicUrl = publicUrl;
        _repository = repository;
        _log = log;
        _time = time;
    }

    /// <summary>Makes what is not there yet.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What was done, a line each; empty when everything was there.</returns>
    public async Task<IReadOnlyList<string>> EnsureAsync(CancellationToken cancellationToken = default)
    {
        string settings = Path.Combine(_folder, SettingsFile);
        if (File.Exists(settings))
        {
            return [];
        }

        PrivateFile.CreateFolder(Path.Combine(_folder, KeysFolder));
        _password = Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));
        Write(PasswordFile, _password + "\n");
        using var pseudonyms = PseudonymKey.Create();
        Write(PseudonymFile, Convert.ToBase64String(pseudonyms.ExportSecret()) + "\n");

        using LocalSigningKey rootKey = CreateKey("root"), issuingKey = CreateKey("issuing"), stampKey = CreateKey("tsa"), auditKey = CreateKey("audit");
        CertificateAuthorityOptions options = new() { Repository = _repository, Pseudonyms = pseudonyms, TimeProvider = _time };
        CertificateAuthority root = await CertificateAuthority.CreateRootAsync(
            CertificateSubject.Service(NamePrefix + "Root - do not trust", Organization), rootKey,
            options with { Publication = IssuerDirectory.PublicationFor(_publicUrl, "root") }, cancellationToken: cancellationToken).ConfigureAwait(false);
        Keep("root", CertificateProfile.Root, root.Certificate, []);
        CertificateAuthority issuing = await root.CreateIssuingCaAsync(
            CertificateSubject.Service(NamePrefix + "Issuing CA", Organization), issuingKey,
            options with { Publication = IssuerDirectory.PublicationFor(_publicUrl, "issuing") }, cancellationToken: cancellationToken).ConfigureAwait(false);
        Keep("issuing", CertificateProfile.IssuingCa, issuing.Certificate, issuing.Issuers);
        IssuedCertificate stamp = await issuing.IssueAsync(
            CertificateProfile.TimestampAuthority,
            new IssuanceRequest { Subject = CertificateSubject.Service(NamePrefix + "Timestamp Authority", Organization), SubjectPublicKeyInfo = stampKey.SubjectPublicKeyInfo },
            cancellationToken).ConfigureAwait(false);
        Keep("tsa", CertificateProfile.TimestampAuthority, stamp.Certificate, stamp.Issuers);

        await _log.AppendAsync(_records, cancellationToken).ConfigureAwait(false);
        Write(SettingsFile, DescribeSettings().ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }) + "\n");
        return _account;
    }

    private static JsonObject Issuer(string name) => new()
    {
        ["Name"] = name,
        ["Certificate"] = $"{KeysFolder}/{name}.pem",
        ["Key"] = $"{KeysFolder}/{name}.key",
        ["PasswordFile"] = PasswordFile,
    };

    private LocalSigningKey CreateKey(string name)
    {
        LocalSigningKey key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        Write($"{KeysFolder}/{name}.key", key.ExportEncryptedPem(_password));
        return key;
    }

    private void Keep(string name, CertificateProfile profile, Certificate certificate, IReadOnlyList<Certificate> issuers)
    {
        Write($"{KeysFolder}/{name}.pem", string.Concat(issuers.Prepend(certificate).Select(static each => each.ToPem() + "\n")));
        _records.Add(new AuditEntry("certificate.issued", "service", certificate.SerialNumberHex)
        {
            Details = [("profile", profile.Name), ("sha256", Convert.ToHexStringLower(certificate.Sha256Fingerprint.Span))],
        }.Encode(_time.GetUtcNow()));
        _account.Add($"{profile.Name}: {certificate.Subject}");
    }

    private void Write(string file, string text) => PrivateFile.Write(Path.Combine(_folder, file), Encoding.UTF8.GetBytes(text));

    private JsonObject DescribeSettings() => new()
    {
        ["CertificateAuthority"] = new JsonObject
        {
            ["IsDevelopment"] = true,
            ["PseudonymKeyFile"] = PseudonymFile,
            ["Issuers"] = new JsonArray(Issuer("issuing"), Issuer("root")),
        },
        ["TimestampAuthority"] = new JsonObject
        {
            ["Certificate"] = $"{KeysFolder}/tsa.pem",
            ["Key"] = $"{KeysFolder}/tsa.key",
            ["PasswordFile"] = PasswordFile,
            ["ClockIsTrusted"] = true,
            ["Policies"] = new JsonArray(new JsonObject { ["Oid"] = TimestampPolicy }),
        },
        ["RemoteSigning"] = new JsonObject { ["CodeFile"] = "one-time-codes.log" },
        ["AuditLog"] = new JsonObject
        {
            ["Origin"] = "development.esign.invalid/audit",
            ["Key"] = $"{KeysFolder}/audit.key",
            ["PasswordFile"] = PasswordFile,
        },
    };
}
