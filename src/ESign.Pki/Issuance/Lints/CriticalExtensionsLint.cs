using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.Lints;

/// <summary>Only extensions every verifier knows are critical.</summary>
internal sealed class CriticalExtensionsLint : ICertificateLint
{
    public string Rule => "critical-extensions";

    public string Citation => "RFC 5280 §4.2";

    public string? Evaluate(LintSubject subject)
    {
        foreach (CertificateExtension extension in subject.Certificate.Extensions)
        {
            bool mayBeCritical = extension.Oid is ExtensionOid.BasicConstraints or ExtensionOid.KeyUsage
                or ExtensionOid.NameConstraints or ExtensionOid.ExtendedKeyUsage;
            if (extension.IsCritical && !mayBeCritical)
            {
                return $"扩展{extension.Oid}不应为关键扩展 / extension {extension.Oid} must not be critical";
            }
        }

        return null;
    }
}
