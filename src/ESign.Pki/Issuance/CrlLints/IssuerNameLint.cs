using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.CrlLints;

/// <summary>The authority's own name, and its leave to sign lists.</summary>
internal sealed class IssuerNameLint : ICrlLint
{
    public string Rule => "crl-issuer";

    public string Citation => "RFC 5280 §5.1.2.3, §4.2.1.3";

    public string? Evaluate(CrlLintSubject subject)
    {
        ReadOnlySpan<byte> name = subject.Intent.Issuer.Subject.RawData.Span;
        return !subject.IssuerName.Span.SequenceEqual(name) ? "颁发者名称与CA证书不一致 / the issuer is not the authority's subject, byte for byte"
            : subject.Intent.Issuer.Subject.IsEmpty ? "颁发者名称为空 / the issuer name is empty"
            : subject.Intent.Issuer.KeyUsage?.HasFlag(KeyUsages.CrlSign) == false ? "CA证书不允许签发吊销列表 / the authority's certificate lacks cRLSign"
            : null;
    }
}
