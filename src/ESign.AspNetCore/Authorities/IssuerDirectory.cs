using ESign.AspNetCore.Operations;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Names;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Authorities;

/// <summary>The issuers of the service, found by name.</summary>
internal sealed class IssuerDirectory : IDisposable
{
    private readonly Dictionary<string, HostedIssuer> _byName = new(StringComparer.Ordinal);

    private readonly Dictionary<string, OfflineIssuer> _offlineByName = new(StringComparer.Ordinal);

    public IssuerDirectory(IEnumerable<HostedIssuer> issuers, IEnumerable<OfflineIssuer>? offline = null)
    {
        All = [.. issuers];
        Offline = [.. offline ?? []];
        foreach (OfflineIssuer issuer in Offline)
        {
            _offlineByName.Add(issuer.Name, issuer);
        }

        foreach (HostedIssuer issuer in All)
        {
            _byName.Add(issuer.Name, issuer);
        }
    }

    public IReadOnlyList<HostedIssuer> All { get; }

    /// <summary>Authorities whose keys are not here: only their certificates and CRLs are published.</summary>
    public IReadOnlyList<OfflineIssuer> Offline { get; }

    /// <summary>Loads the issuers that settings name.</summary>
    public static IssuerDirectory Load(CertificateAuthoritySettings settings, ICertificateRepository repository, TimeProvider time)
    {
        PseudonymKey pseudonyms = settings.PseudonymKeyFile is { } file
            ? PseudonymKey.FromBytes(Convert.FromBase64String(CredentialFiles.ReadPassword(CredentialFiles.PathOf(settings.Folder, file))))
            : PseudonymKey.Create();
        foreach (IssuerSettings issuer in settings.Issuers)
        {
            CheckName(issuer);
        }

        return new IssuerDirectory(
            settings.Issuers.Where(static issuer => issuer.Key is not null).Select(issuer =>
            {
                SigningCredential credential = CredentialFiles.Load(settings.Folder, issuer.Certificate, issuer.Key!, issuer.PasswordFile);
                var options = new CertificateAuthorityOptions
                {
                    Repository = repository,
                    Publication = PublicationFor(settings.PublicUrl, issuer.Name, settings.CrlPartitions, settings.DeltaCrls),
                    Pseudonyms = pseudonyms,
                    TimeProvider = time,
                    InstanceId = settings.InstanceId,
                };
                return new HostedIssuer(issuer.Name, new CertificateAuthority(credential, options), settings);
            }),
            settings.Issuers.Where(static issuer => issuer.Key is null).Select(issuer =>
                new OfflineIssuer(issuer.Name, CredentialFiles.LoadCertificates(settings.Folder, issuer.Certificate), CredentialFiles.PathOf(settings.Folder, issuer.CrlFile!), time)));
    }

    /// <summary>The addresses an issuer's certificates name.</summary>
    public static PublicationPoints PublicationFor(string publicUrl, string issuer, int partitions = 0, bool hasDeltas = false)
    {
        string root = publicUrl.TrimEnd('/') + "/ca";
        string suffix = partitions == 0 ? "" : "-" + PublicationPoints.PartitionPlaceholder;
        return new PublicationPoints
        {
            CrlUris = [$"{root}/crl/{issuer}{suffix}.crl"],
            IssuerCertificateUris = [$"{root}/{issuer}.cer"],
            OcspUris = [$"{root}/ocsp/{issuer}"],
            DeltaCrlUri = hasDeltas ? $"{root}/crl/{issuer}{suffix}-delta.crl" : null,
            CrlPartitions = partitions,
        };
    }

    /// <summary>Finds an issuer; the first when no name is given.</summary>
    /// <exception cref="RequestRefusedException">There is none of that name (404).</exception>
    public HostedIssuer Find(string? name) => All.Count > 0 && name is null
        ? All[0]
        : _byName.GetValueOrDefault(name ?? "") ?? throw new RequestRefusedException(StatusCodes.Status404NotFound, "no-such-issuer", $"没有签发者 {name} / There is no issuer {name}");

    /// <summary>Finds an authority whose key is offline.</summary>
    public OfflineIssuer? FindOffline(string name) => _offlineByName.GetValueOrDefault(name);

    /// <summary>The certificate of any authority published here, then those above it.</summary>
    /// <exception cref="RequestRefusedException">There is none of that name (404).</exception>
    public IReadOnlyList<Certificate> FindChain(string name) =>
        FindOffline(name)?.Chain ?? Find(name).Chain;

    /// <summary>What was recorded when an issuer of this service made a certificate: octet for octet this one.</summary>
    public async ValueTask<(HostedIssuer Issuer, CertificateRecord Record)?> FindIssuedAsync(Certificate certificate, CancellationToken cancellationToken)
    {
        foreach (HostedIssuer issuer in All.Where(issuer => issuer.Authority.Certificate.Subject.Equals(certificate.Issuer)))
        {
            if (await issuer.FindRecordAsync(certificate.SerialNumberHex, cancellationToken).ConfigureAwait(false) is { } record && record.Certificate.Span.SequenceEqual(certificate.RawData.Span))
            {
                return (issuer, record);
            }
        }

        return null;
    }

    /// <summary>Which CRL a file name asks for.</summary>
    public CrlAddress FindCrl(string name) => CrlAddress.Parse(name, known => _byName.ContainsKey(known) || _offlineByName.ContainsKey(known));

    private static void CheckName(IssuerSettings issuer)
    {
        if (issuer.Name.Length is 0 or > 40 || issuer.Name.Any(static c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
        {
            throw new InvalidOperationException($"签发者名称只能含小写字母、数字和连字符：{issuer.Name} / An issuer's name has lower-case letters, digits and hyphens only: {issuer.Name}");
        }

        if (issuer.Key is null && issuer.CrlFile is null)
        {
            throw new InvalidOperationException($"离线签发者应配置 CrlFile：{issuer.Name} / An issuer without a key needs a CrlFile: {issuer.Name}");
        }
    }

    public void Dispose()
    {
        foreach (HostedIssuer issuer in All)
        {
            issuer.Dispose();
        }
    }
}
