using ESign.Pki.Keys;

namespace ESign.Pki.Issuance.Lints;

/// <summary>The algorithm inside and outside agree, parameters included, and is none of the past.</summary>
internal sealed class SignatureAlgorithmLint : ICertificateLint
{
    public string Rule => "signature-algorithm";

    public string Citation => "RFC 5280 §4.1.1.2";

    public string? Evaluate(LintSubject subject)
    {
        if (!subject.Certificate.SignatureAlgorithm.Equals(subject.Certificate.TbsSignatureAlgorithm))
        {
            return "签名算法标识内外不一致 / the signature algorithms inside and outside differ";
        }

        return SignatureAlgorithm.All.Any(algorithm => algorithm.Identifier.Equals(subject.Certificate.SignatureAlgorithm))
            ? null
            : "不允许的签名算法 / not an algorithm we sign with";
    }
}
