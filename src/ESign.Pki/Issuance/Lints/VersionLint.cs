namespace ESign.Pki.Issuance.Lints;

/// <summary>Version 3, because there are extensions.</summary>
internal sealed class VersionLint : ICertificateLint
{
    public string Rule => "version";

    public string Citation => "RFC 5280 §4.1.2.1";

    public string? Evaluate(LintSubject subject) =>
        subject.Certificate.Version == 3 ? null : "证书版本不是v3 / the version is not v3";
}
