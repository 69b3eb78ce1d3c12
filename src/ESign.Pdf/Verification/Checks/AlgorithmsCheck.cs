using ESign.Pki.Asn1;
using ESign.Pki.Cms;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether digest and signature algorithm agree, and were believable when the signature is proven to have existed.</summary>
internal sealed class AlgorithmsCheck() : VerificationCheck(CheckRule.Algorithms, "ETSI EN 319 102-1 §5.2.8, §5.3.4; ETSI TS 119 312")
{
    public override CheckResult? Evaluate(SignatureDossier dossier)
    {
        CryptographicFacts facts = dossier.Facts;
        if (facts.Certificate is not { } certificate || facts.SignatureAlgorithm is not { } algorithm || facts.Problem is not null)
        {
            return null;
        }

        if (facts.Algorithms is CmsCheck.Failed or CmsCheck.Malformed)
        {
            return Failed(SubIndication.FormatFailure, "摘要算法与签名算法互相矛盾 / the digest and the signature algorithm contradict each other");
        }

        string? weak = Refuse(facts, algorithm, certificate, dossier, dossier.BelievedAt);
        if (weak is null)
        {
            return Passed($"算法可信：{facts.DigestName}、{facts.SignatureName} / the algorithms are believed: {facts.DigestName}, {facts.SignatureName}");
        }

        // §5.3.4: a content timestamp made when the algorithm was not believed any more rules out that an older proof turns up.
        return dossier.Timestamps.NotBefore is { } notBefore && Refuse(facts, algorithm, certificate, dossier, notBefore) is not null
            ? Indeterminate(SubIndication.CryptoConstraintsFailure, $"{weak} 不可信，任何时间证明都无法补救 / {weak} was not believed at any time at which the signature can have been made")
            : Indeterminate(SubIndication.CryptoConstraintsFailureNoPoe, Text($"{weak} 在 {dossier.BelievedAt:u} 不可信，且无法证明签名更早 / {weak} is not believed at {dossier.BelievedAt:u}, and nothing proves that the signature is older"));
    }

    private static string? Refuse(CryptographicFacts facts, AlgorithmIdentifier algorithm, Pki.Certificates.Certificate certificate, SignatureDossier dossier, DateTimeOffset time)
    {
        AlgorithmPolicy policy = dossier.Policy.Path.Algorithms;
        return policy.RefuseDigest(facts.DigestAlgorithm, time) ?? policy.RefuseDigest(facts.WantedDigest, time) ?? policy.Refuse(algorithm, certificate, time);
    }
}
