using ESign.Pki.Certificates;
using ESign.Pki.Revocation;

namespace ESign.Pki.Issuance.CrlLints;

/// <summary>A partition says which it is, by the addresses its certificates point to; other lists say nothing.</summary>
internal sealed class IssuingDistributionPointLint : ICrlLint
{
    public string Rule => "crl-issuing-distribution-point";

    public string Citation => "RFC 5280 §5.2.5";

    public string? Evaluate(CrlLintSubject subject)
    {
        if (subject.Find(ExtensionOid.IssuingDistributionPoint) is not { } extension)
        {
            return subject.Intent.PartitionUris is null ? null : "分片列表缺少发布点 / a partition without its issuing distribution point";
        }

        if (subject.Intent.PartitionUris is not { } expected)
        {
            return "完整列表不应有发布点 / a list of everything with an issuing distribution point";
        }

        IssuingDistributionPoint point = IssuingDistributionPoint.Decode(extension.Value);
        bool onlyAddresses = !point.IsIndirect && !point.OnlyUserCertificates && !point.OnlyAuthorityCertificates && !point.OnlyAttributeCertificates && point.OnlySomeReasons is null;
        return onlyAddresses && point.Name?.FullName is { } names && names.Select(static name => name.Text).SequenceEqual(expected, StringComparer.Ordinal)
            ? null
            : "发布点应正是证书所指的地址 / the issuing distribution point is not exactly the addresses that certificates point to";
    }
}
