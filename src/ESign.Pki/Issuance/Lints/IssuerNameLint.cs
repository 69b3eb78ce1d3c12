namespace ESign.Pki.Issuance.Lints;

/// <summary>The issuer is named exactly as its own certificate names it.</summary>
internal sealed class IssuerNameLint : ICertificateLint
{
    public string Rule => "issuer-name";

    public string Citation => "RFC 5280 §4.1.2.4";

    public string? Evaluate(LintSubject subject)
    {
        if (subject.Certificate.Issuer.IsEmpty)
        {
            return "签发者名称为空 / the issuer name is empty";
        }

        return subject.Certificate.Issuer.RawData.Span.SequenceEqual(subject.Issuer.Name.Span)
            ? null
            : "签发者名称与CA证书主体不一致 / the issuer name is not the issuer's subject, byte for byte";
    }
}
