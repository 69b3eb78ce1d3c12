namespace ESign.Pki.Issuance.CrlLints;

/// <summary>Version 2.</summary>
internal sealed class VersionLint : ICrlLint
{
    public string Rule => "crl-version";

    public string Citation => "RFC 5280 §5.1.2.1";

    public string? Evaluate(CrlLintSubject subject) => subject.Version == 1
        ? null
        : "版本应为v2 / the version is not v2, which extensions need";
}
