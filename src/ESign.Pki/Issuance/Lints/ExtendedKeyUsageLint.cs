using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.Lints;

/// <summary>Exactly the profile's purposes; alone and critical for timestamp authorities.</summary>
internal sealed class ExtendedKeyUsageLint : ICertificateLint
{
    public string Rule => "extended-key-usage";

    public string Citation => "RFC 5280 §4.2.1.12; RFC 3161 §2.3";

    public string? Evaluate(LintSubject subject)
    {
        IReadOnlyList<string> purposes = subject.Certificate.ExtendedKeyUsage ?? [];
        bool critical = subject.Certificate.FindExtension(ExtensionOid.ExtendedKeyUsage)?.IsCritical ?? false;
        bool stampsAlone = !purposes.Contains(KeyPurpose.TimeStamping) || (purposes.Count == 1 && critical);
        return stampsAlone && critical == subject.Profile.ExtendedKeyUsageIsCritical && purposes.SequenceEqual(subject.Profile.ExtendedKeyUsages, StringComparer.Ordinal)
            ? null
            : "扩展密钥用途与证书类型不符 / the extended key usage is not the profile's";
    }
}
