using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.Lints;

/// <summary>No extension appears twice.</summary>
internal sealed class UniqueExtensionsLint : ICertificateLint
{
    public string Rule => "unique-extensions";

    public string Citation => "RFC 5280 §4.2";

    public string? Evaluate(LintSubject subject) => CertificateExtension.FindRepeated(subject.Certificate.Extensions) is { } oid
        ? $"扩展{oid}重复 / extension {oid} appears twice"
        : null;
}
