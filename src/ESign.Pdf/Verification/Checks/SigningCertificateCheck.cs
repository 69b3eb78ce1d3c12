using ESign.Pki.Cms;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether the signer's certificate is at hand and bound to the signature.</summary>
/// <remarks>ETSI EN 319 102-1 §5.2.3; RFC 5035 §3. Signatures of the older forms need no binding.</remarks>
internal sealed class SigningCertificateCheck() : VerificationCheck(CheckRule.SigningCertificate, "ETSI EN 319 102-1 §5.2.3")
{
    public override CheckResult? Evaluate(SignatureDossier dossier)
    {
        CryptographicFacts facts = dossier.Facts;
        if (facts.Problem is not null || dossier.Signature.ByteRange is null)
        {
            return null;
        }

        if (facts.Certificate is not { } certificate)
        {
            return Indeterminate(SubIndication.NoSigningCertificateFound, "找不到签名证书 / the signer's certificate is not at hand");
        }

        if (facts.Seal is not null)
        {
            return Passed($"签章中有签章者证书 {certificate.Subject} / the seal signature carries the certificate of {certificate.Subject}");
        }

        bool isCades = facts.SubFilter is "ETSI.CAdES.detached";
        return facts.Binding switch
        {
            CmsCheck.Passed => Passed($"签名属性绑定了证书 {certificate.Subject} / the signed attributes bind the certificate of {certificate.Subject}"),
            CmsCheck.Weak => Warning($"证书 {certificate.Subject} 仅以 SHA-1 绑定 / the certificate of {certificate.Subject} is bound by SHA-1 only"),
            CmsCheck.Failed => Indeterminate(SubIndication.NoSigningCertificateFound, "签名绑定的是另一张证书 / the signed attributes bind another certificate"),
            CmsCheck.Malformed when isCades => Indeterminate(SubIndication.NoSigningCertificateFound, "证书绑定属性无法读取 / the attribute that binds the certificate cannot be read"),
            CmsCheck.Unsupported when isCades => Indeterminate(SubIndication.CryptoConstraintsFailure, "证书绑定使用了不支持的摘要算法 / the certificate is bound by an unsupported digest"),
            CmsCheck.Absent when isCades => Indeterminate(SubIndication.SigConstraintsFailure, "缺少证书绑定属性 / no signing-certificate attribute, which ETSI.CAdES.detached requires"),
            _ => Warning($"没有签名属性绑定证书 {certificate.Subject} / no signed attribute binds the certificate of {certificate.Subject}"),
        };
    }
}
