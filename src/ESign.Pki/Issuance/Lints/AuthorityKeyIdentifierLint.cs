namespace ESign.Pki.Issuance.Lints;

/// <summary>Names the issuer's key, except in a self-signed certificate.</summary>
internal sealed class AuthorityKeyIdentifierLint : ICertificateLint
{
    public string Rule => "authority-key-identifier";

    public string Citation => "RFC 5280 §4.2.1.1";

    public string? Evaluate(LintSubject subject)
    {
        if (subject.IsSelfSigned)
        {
            return null;
        }

        return subject.Certificate.AuthorityKeyIdentifier?.KeyIdentifier is { } identifier && identifier.Span.SequenceEqual(subject.Issuer.KeyIdentifier.Span)
            ? null
            : "颁发者密钥标识缺失或与CA不符 / the authority key identifier is missing or not the issuer's";
    }
}
