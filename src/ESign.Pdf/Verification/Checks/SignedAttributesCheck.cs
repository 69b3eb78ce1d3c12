using ESign.Pki.Asn1;
using ESign.Pki.Cms;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether the signed attributes say what they must.</summary>
internal sealed class SignedAttributesCheck() : VerificationCheck(CheckRule.SignedAttributes, "RFC 5652 §11.1; ETSI EN 319 122-1 §5.1; EN 319 142-1 §6.3")
{
    public override CheckResult? Evaluate(SignatureDossier dossier)
    {
        CryptographicFacts facts = dossier.Facts;
        if (facts.Signer is null || facts.Value == CmsCheck.NotEvaluated)
        {
            return null;
        }

        if (!facts.HasSignedAttributes)
        {
            return facts.SubFilter is "ETSI.CAdES.detached"
                ? Indeterminate(SubIndication.SigConstraintsFailure, "没有签名属性 / there are no signed attributes, which ETSI.CAdES.detached requires")
                : Warning("没有签名属性 / there are no signed attributes");
        }

        return facts.ContentType switch
        {
            CmsCheck.Passed when facts.SubFilter is "ETSI.CAdES.detached" && dossier.Container.SignedData!.ContentType != Oids.CmsData =>
                Indeterminate(SubIndication.SigConstraintsFailure, "所签内容的类型不是 id-data / the type of what is signed is not id-data, which ETSI.CAdES.detached requires"),
            CmsCheck.Passed => Passed("签名属性合规 / the signed attributes conform"),
            CmsCheck.Absent when facts.SubFilter is "ETSI.CAdES.detached" => Indeterminate(SubIndication.SigConstraintsFailure, "缺少 content-type 属性 / the content-type attribute is missing, which ETSI.CAdES.detached requires"),
            CmsCheck.Absent => Warning("缺少 content-type 属性 / the content-type attribute is missing"),
            _ => Failed(SubIndication.FormatFailure, "content-type 属性与内容不符 / the content-type attribute does not name what is signed"),
        };
    }
}
