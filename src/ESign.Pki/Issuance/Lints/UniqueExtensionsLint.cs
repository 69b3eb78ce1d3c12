using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.Lints;

/// <summary>No extension appears twice.</summary>
internal sealed class UniqueExtensionsLint : ICertificateLint
{
    public string Rule => "unique-extensions";

    public string Citation => "RFC 5280 §4.2";

    public string? Evaluate(LintSubject subject)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (CertificateExtension extension in subject.Certificate.Extensions)
        {
            if (!seen.Add(extension.Oid))
            {
                return $"扩展{extension.Oid}重复 / extension {extension.Oid} appears twice";
            }
        }

        return null;
    }
}
