using System.Globalization;
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

    public IssuerDirectory(IEnumerable<HostedIssuer> issuers)
    {
        All = [.. issuers];
        foreach (HostedIssuer issuer in All)
        {
            _byName.Add(issuer.Name, issuer);
        }
    }

    public IReadOnlyList<HostedIssuer> All { get; }

    /// <summary>Loads the issuers that settings name.</summary>
    public static IssuerDirectory Load(CertificateAuthoritySettings settings, ICertificateRepository repository, TimeProvider time)
    {
        PseudonymKey pseudonyms = settings.PseudonymKeyFile is { } file
            ? PseudonymKey.FromBytes(Convert.FromBase64String(CredentialFiles.ReadPassword(CredentialFiles.PathOf(settings.Folder, file))))
            : PseudonymKey.Create();
        return new IssuerDirectory(settings.Issuers.Select(issuer =>
        {
            if (issuer.Name.Length is 0 or > 40 || issuer.Name.Any(static c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
            {
                throw new InvalidOperationException($"签发者名称只能含小写字母、数字和连字符 / An issuer's name has lower-case letters, digits and hyphens only: {issuer.Name}");
            }

            SigningCredential credential = CredentialFiles.Load(settings.Folder, issuer.Certificate, issuer.Key, issuer.PasswordFile);
            var options = new CertificateAuthorityOptions
            {
                Repository = repository,
                Publication = PublicationFor(settings.PublicUrl, issuer.Name, settings.CrlPartitions),
                Pseudonyms = pseudonyms,
                TimeProvider = time,
                InstanceId = settings.InstanceId,
            };
            return new HostedIssuer(issuer.Name, new CertificateAuthority(credential, options), settings);
        }));
    }

    /// <summary>The addresses an issuer's certificates name.</summary>
    public static PublicationPoints PublicationFor(string publicUrl, string issuer, int partitions = 0)
    {
        string root = publicUrl.TrimEnd('/') + "/ca";
        string suffix = partitions == 0 ? "" : "-" + PublicationPoints.PartitionPlaceholder;
        return new PublicationPoints
        {
            CrlUris = [$"{root}/crl/{issuer}{suffix}.crl"],
            IssuerCertificateUris = [$"{root}/{issuer}.cer"],
            OcspUris = [$"{root}/ocsp/{issuer}"],
            CrlPartitions = partitions,
        };
    }

    /// <summary>Finds an issuer; the first when no name is given.</summary>
    /// <exception cref="RequestRefusedException">There is none of that name (404).</exception>
    public HostedIssuer Find(string? name) => All.Count > 0 && name is null
        ? All[0]
        : _byName.GetValueOrDefault(name ?? "") ?? throw new RequestRefusedException(StatusCodes.Status404NotFound, "no-such-issuer", $"没有签发者 / There is no issuer {name}");

    /// <summary>Splits <c>issuer</c> or <c>issuer-3</c>.</summary>
    public (HostedIssuer Issuer, int? Partition) FindPartition(string name)
    {
        int hyphen = name.LastIndexOf('-');
        return hyphen > 0 && !_byName.ContainsKey(name) && int.TryParse(name.AsSpan(hyphen + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int partition)
            ? (Find(name[..hyphen]), partition)
            : (Find(name), null);
    }

    public void Dispose()
    {
        foreach (HostedIssuer issuer in All)
        {
            issuer.Dispose();
        }
    }
}
