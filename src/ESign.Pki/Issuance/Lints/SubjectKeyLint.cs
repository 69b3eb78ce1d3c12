namespace ESign.Pki.Issuance.Lints;

/// <summary>The certified key is the one asked for and one the profile allows.</summary>
internal sealed class SubjectKeyLint : ICertificateLint
{
    public string Rule => "subject-key";

    public string Citation => "RFC 5280 §4.1.2.7; profile";

    public string? Evaluate(LintSubject subject) =>
        subject.Certificate.SubjectPublicKeyInfo.Span.SequenceEqual(subject.Content.SubjectPublicKeyInfo.Span)
            ? subject.Profile.Keys.FindFault(subject.Certificate.SubjectPublicKeyInfo)
            : "证书公钥与申请不一致 / the certified key is not the one asked for";
}
