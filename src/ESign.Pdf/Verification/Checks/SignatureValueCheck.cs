using ESign.Pki.Cms;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether the signature value was made with the signer's key.</summary>
internal sealed class SignatureValueCheck() : VerificationCheck(CheckRule.SignatureValue, "ETSI EN 319 102-1 §5.2.7; RFC 5652 §5.6")
{
    public override CheckResult? Evaluate(SignatureDossier dossier) => dossier.Facts.Value switch
    {
        CmsCheck.Passed when dossier.Facts.HasEmptySm2UserId =>
            Warning("签名值正确，但所用 SM2 用户标识为空，而非 1234567812345678（GM/T 0009） / the signature value is right, under the empty SM2 user id instead of 1234567812345678 (GM/T 0009)"),
        CmsCheck.Passed => Passed($"签名值正确（{dossier.Facts.SignatureName}） / the signature value is right ({dossier.Facts.SignatureName})"),
        CmsCheck.Unsupported => Indeterminate(SubIndication.CryptoConstraintsFailure, $"不支持的签名算法 {dossier.Facts.SignatureName} / unsupported signature algorithm {dossier.Facts.SignatureName}"),
        CmsCheck.NotEvaluated => null,
        _ => Failed(SubIndication.SigCryptoFailure, "签名值错误 / the signature value is wrong for this certificate's key"),
    };
}
