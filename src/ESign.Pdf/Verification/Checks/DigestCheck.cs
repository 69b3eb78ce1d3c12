using ESign.Pki.Cms;
using ESign.Pki.Keys;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether the covered bytes are the bytes that were signed.</summary>
internal sealed class DigestCheck() : VerificationCheck(CheckRule.Digest, "ETSI EN 319 102-1 §5.2.7; RFC 5652 §11.2")
{
    public override CheckResult? Evaluate(SignatureDossier dossier) => dossier.Facts.Digest switch
    {
        CmsCheck.Passed => Passed($"摘要一致（{dossier.Facts.WantedDigest?.Name}） / the digest matches ({dossier.Facts.WantedDigest?.Name})"),
        CmsCheck.Failed => Failed(SubIndication.HashFailure, "摘要不一致，文件内容已被改动 / the digest does not match: the covered bytes were changed"),
        CmsCheck.Absent or CmsCheck.Malformed => Failed(SubIndication.FormatFailure, "签名中没有可用的摘要 / the signature holds no usable digest"),
        CmsCheck.Unsupported when NamesSignatureAlgorithm(dossier.Facts) => Failed(SubIndication.FormatFailure, $"digestAlgorithm {dossier.Facts.DigestName} 是签名算法，不是摘要算法 / digestAlgorithm {dossier.Facts.DigestName} names a signature algorithm, not a digest"),
        CmsCheck.Unsupported => Indeterminate(SubIndication.CryptoConstraintsFailure, $"不支持的摘要算法 {dossier.Facts.DigestName} / unsupported digest algorithm {dossier.Facts.DigestName}"),
        _ => null,
    };

    private static bool NamesSignatureAlgorithm(CryptographicFacts facts) =>
        facts.Signer is { } signer && SignatureParameters.Resolve(signer.DigestAlgorithmIdentifier, digest: null, out _) is not null;
}
