using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.Lints;

/// <summary>Critical and exactly what the profile says.</summary>
internal sealed class KeyUsageLint : ICertificateLint
{
    public string Rule => "key-usage";

    public string Citation => "RFC 5280 §4.2.1.3";

    public string? Evaluate(LintSubject subject) =>
        subject.Certificate.KeyUsage == subject.Profile.KeyUsage && subject.Certificate.FindExtension(ExtensionOid.KeyUsage)!.IsCritical
            ? null
            : "密钥用途与证书类型不符或不是关键扩展 / the key usage is not the profile's or not critical";
}
