using ESign.Pki.Keys;

namespace ESign.Pki.Issuance.CrlLints;

/// <summary>An algorithm that is still strong.</summary>
internal sealed class SignatureAlgorithmLint : ICrlLint
{
    public string Rule => "crl-signature-algorithm";

    public string Citation => "RFC 5280 §5.1.2.2";

    public string? Evaluate(CrlLintSubject subject) =>
        SignatureParameters.Resolve(subject.Algorithm!, digest: null, out _) is { Digest.IsAcceptableForSigning: true }
            ? null
            : "签名算法不可接受 / the signature algorithm is not one to sign with";
}
