using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.CrlLints;

/// <summary>The key that signs, named as its certificate names it.</summary>
internal sealed class AuthorityKeyIdentifierLint : ICrlLint
{
    public string Rule => "crl-authority-key-identifier";

    public string Citation => "RFC 5280 §5.2.1";

    public string? Evaluate(CrlLintSubject subject) =>
        subject.Find(ExtensionOid.AuthorityKeyIdentifier) is { } extension
        && AuthorityKeyIdentifier.Decode(extension.Value).KeyIdentifier is { } identifier
        && subject.Intent.Issuer.SubjectKeyIdentifier is { } own
        && identifier.Span.SequenceEqual(own.Span)
            ? null
            : "颁发者密钥标识缺失或与CA证书不一致 / the authority key identifier is missing or not the authority's";
}
