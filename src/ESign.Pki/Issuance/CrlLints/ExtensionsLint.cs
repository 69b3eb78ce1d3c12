using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.CrlLints;

/// <summary>Each extension once; deltas and partitions critical, the others not.</summary>
internal sealed class ExtensionsLint : ICrlLint
{
    public string Rule => "crl-extensions";

    public string Citation => "RFC 5280 §5.2";

    public string? Evaluate(CrlLintSubject subject)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (CertificateExtension extension in subject.Extensions)
        {
            bool mustBeCritical = extension.Oid is ExtensionOid.DeltaCrlIndicator or ExtensionOid.IssuingDistributionPoint;
            if (!seen.Add(extension.Oid))
            {
                return $"扩展重复出现：{extension.Oid} / an extension appears twice: {extension.Oid}";
            }

            if (extension.IsCritical != mustBeCritical)
            {
                return mustBeCritical ? $"扩展必须为关键：{extension.Oid} / an extension must be critical: {extension.Oid}" : $"扩展不得为关键：{extension.Oid} / an extension must not be critical: {extension.Oid}";
            }
        }

        return null;
    }
}
