using ESign.Pki.Asn1;
using ESign.Pki.Cms;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether digest and signature algorithm agree, and were believable when the signature is proven to have existed.</summary>
internal sealed class AlgorithmsCheck() : VerificationCheck(CheckRule.Algorithms, "ETSI EN 319 102-1 §5.2.8; ETSI TS 119 312")
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

        AlgorithmPolicy policy = dossier.Policy.Path.Algorithms;
        string? weak = policy.RefuseDigest(facts.DigestAlgorithm, dossier.BelievedAt)
            ?? policy.RefuseDigest(facts.WantedDigest, dossier.BelievedAt)
            ?? Refuse(policy, algorithm, certificate, dossier.BelievedAt);
        return weak is null
            ? Passed($"算法可信 / the algorithms are believed: {facts.DigestName}, {facts.SignatureName}")
            : Indeterminate(SubIndication.CryptoConstraintsFailureNoPoe, Text($"{weak} 已不可信，且无法证明签名更早 / {weak} is not believed at {dossier.BelievedAt:u}, and nothing proves that the signature is older"));
    }

    private static string? Refuse(AlgorithmPolicy policy, AlgorithmIdentifier algorithm, Pki.Certificates.Certificate certificate, DateTimeOffset time) =>
        policy.Refuse(algorithm, certificate, time);
}
