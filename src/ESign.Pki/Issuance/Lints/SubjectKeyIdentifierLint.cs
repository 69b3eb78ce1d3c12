namespace ESign.Pki.Issuance.Lints;

/// <summary>Present, and computed from the certified key.</summary>
internal sealed class SubjectKeyIdentifierLint : ICertificateLint
{
    public string Rule => "subject-key-identifier";

    public string Citation => "RFC 5280 §4.2.1.2; RFC 7093 §2";

    public string? Evaluate(LintSubject subject)
    {
        if (subject.Certificate.SubjectKeyIdentifier is not { } identifier || !identifier.Span.SequenceEqual(subject.Content.SubjectKeyIdentifier.Span))
        {
            return "主体密钥标识缺失或与申请不一致 / the subject key identifier is missing or not the one agreed";
        }

        // A cross-certificate repeats the identifier the authority has, however that was computed.
        bool isComputed = identifier.Span.SequenceEqual(CertificateAuthority.ComputeKeyIdentifier(subject.Certificate.SubjectPublicKeyInfo));
        return isComputed || subject.Content.Subject is null
            ? null
            : "主体密钥标识与公钥不符 / the subject key identifier is not computed from the key";
    }
}
