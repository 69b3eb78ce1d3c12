namespace ESign.Pki.Issuance;

/// <summary>Where an issuer publishes: these addresses go into every certificate it issues.</summary>
/// <remarks>RFC 5280 §4.2.1.13 (CRL distribution points), §4.2.2.1 (authority information access), §4.2.1.4 (CPS pointer).</remarks>
public sealed record PublicationPoints
{
    /// <summary>What stands for the partition's number in <see cref="CrlUris"/>.</summary>
    public const string PartitionPlaceholder = "{partition}";

    /// <summary>
    /// Where the CRL is, all the same CRL. With <see cref="CrlPartitions"/> each contains <c>{partition}</c>.
    /// </summary>
    public IReadOnlyList<string> CrlUris { get; init => field = CheckUris(value); } = [];

    /// <summary>Where the issuer's own certificate is (DER).</summary>
    public IReadOnlyList<string> IssuerCertificateUris { get; init => field = CheckUris(value); } = [];

    /// <summary>Where the OCSP responder answers.</summary>
    public IReadOnlyList<string> OcspUris { get; init => field = CheckUris(value); } = [];

    /// <summary>Where the certification practice statement is, or <see langword="null"/>.</summary>
    public string? CpsUri { get; init => field = value is null ? null : CheckUris([value])[0]; }

    /// <summary>
    /// Where delta CRLs are, or <see langword="null"/>; full CRLs then point there (freshest CRL). With <c>{partition}</c> in it, the CRLs of
    /// partitions point to deltas of their own.
    /// </summary>
    public string? DeltaCrlUri { get; init => field = value is null ? null : CheckUris([value])[0]; }

    /// <summary>Into how many CRLs the issuer's certificates are spread; 0 for one CRL for all.</summary>
    public int CrlPartitions
    {
        get;
        init => field = value is >= 0 and <= 65536
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "分片数应在0至65536之间 / Between 0 and 65,536 partitions");
    }

    /// <summary>The CRL addresses for a certificate of a partition.</summary>
    internal IReadOnlyList<string> CrlUrisFor(int partition) => CrlPartitions == 0
        ? CrlUris
        : [.. CrlUris.Select(uri => uri.Replace(PartitionPlaceholder, partition.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal))];

    /// <summary>Where the delta of a CRL is: partitions have deltas where the address names them, the CRL of all where it does not.</summary>
    internal string? DeltaCrlUriFor(int? partition) => DeltaCrlUri is { } uri && uri.Contains(PartitionPlaceholder, StringComparison.Ordinal) == partition is not null
        ? uri.Replace(PartitionPlaceholder, partition?.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        : null;

    /// <summary>A partitioned CRL needs the placeholder in every address, any other CRL in none.</summary>
    internal void CheckPartitions()
    {
        if (CrlUris.Any(uri => uri.Contains(PartitionPlaceholder, StringComparison.Ordinal) != (CrlPartitions > 0)))
        {
            throw new ArgumentException($"分片数为{CrlPartitions}时，吊销列表地址{(CrlPartitions > 0 ? "应" : "不应")}含{PartitionPlaceholder} / With {CrlPartitions} partitions, CRL addresses {(CrlPartitions > 0 ? "need" : "must not have")} {PartitionPlaceholder}");
        }
    }

    private static IReadOnlyList<string> CheckUris(IReadOnlyList<string> uris)
    {
        ArgumentNullException.ThrowIfNull(uris);
        foreach (string uri in uris)
        {
            string concrete = uri.Replace(PartitionPlaceholder, "0", StringComparison.Ordinal);
            if (!Uri.TryCreate(concrete, UriKind.Absolute, out Uri? parsed) || parsed.Scheme is not ("http" or "https" or "ldap" or "ldaps") || uri.Any(c => !char.IsAscii(c)))
            {
                throw new ArgumentException($"发布地址应为http、https或ldap绝对地址（ASCII）：{uri} / A publication address is an absolute http, https or ldap URI in ASCII: {uri}");
            }
        }

        return uris;
    }
}
