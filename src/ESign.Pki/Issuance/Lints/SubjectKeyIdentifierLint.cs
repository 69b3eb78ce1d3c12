namespace ESign.Pki.Issuance.Lints;

/// <summary>Present, and computed from the certified key.</summary>
internal sealed class SubjectKeyIdentifierLint : ICertificateLint
{
    public string Rule => "subject-key-identifier";

    public string Citation => "RFC 5280 §4.2.1.2; RFC 7093 §2";

    public string? Evaluate(LintSubject subject) =>
        subject.Certificate.SubjectKeyIdentifier is { } identifier
            && identifier.Span.SequenceEqual(CertificateAuthority.ComputeKeyIdentifier(subject.Certificate.SubjectPublicKeyInfo))
            ? null
            : "主体密钥标识缺失或与公钥不符 / the subject key identifier is missing or not computed from the key";
}
