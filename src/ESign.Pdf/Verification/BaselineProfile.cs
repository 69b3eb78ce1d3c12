using ESign.Pki.Asn1;
using ESign.Pki.Cms;

namespace ESign.Pdf.Verification;

/// <summary>The baseline level of a signature, and what it lacks.</summary>
/// <remarks>ETSI EN 319 142-1 §6.3 table 1, row by row. The level says what is there, not whether it can be trusted.</remarks>
internal static class BaselineProfile
{
    public static SignatureLevel LevelOf(SignatureDossier dossier)
    {
        if (dossier.Signature.IsDocumentTimestamp || Requirements(dossier).Any())
        {
            return SignatureLevel.None;
        }

        return !(dossier.Timestamps.HasIntactSignatureTimestamp || dossier.IsDocumentTimestamped) ? SignatureLevel.BB
            : !dossier.HasStoredEvidence ? SignatureLevel.BT
            : !dossier.IsEvidenceTimestamped ? SignatureLevel.BLT
            : SignatureLevel.BLTA;
    }

    /// <summary>What shall be, then what should be.</summary>
    public static IReadOnlyList<string> Missing(SignatureDossier dossier) =>
        dossier.Facts.Problem is not null ? []
        : !dossier.Signature.IsDocumentTimestamp ? [.. Requirements(dossier), .. Recommendations(dossier)]
        : dossier.Signature.IsConformingTimestamp ? []
        : ["应有 /Type /DocTimeStamp；否则不计入基线级别 / shall: /Type /DocTimeStamp; without it the timestamp counts for no baseline level"];

    private static IEnumerable<string> Requirements(SignatureDossier dossier)
    {
        CryptographicFacts facts = dossier.Facts;
        if (facts.SubFilter is not "ETSI.CAdES.detached")
        {
            yield return "应使用 ETSI.CAdES.detached / shall: /SubFilter ETSI.CAdES.detached";
        }

        if (facts.Signer is not { } signer)
        {
            yield return "应为 CMS 签名 / shall: a CMS signature with one signer";
            yield break;
        }

        if (signer.FindSignedAttribute(Oids.ContentType) is null)
        {
            yield return "应有 content-type 属性 / shall: the content-type attribute";
        }

        if (signer.FindSignedAttribute(Oids.MessageDigest) is null)
        {
            yield return "应有 message-digest 属性 / shall: the message-digest attribute";
        }

        if (facts.Binding is not (CmsCheck.Passed or CmsCheck.Weak))
        {
            yield return "应绑定签名证书 / shall: a signing-certificate attribute that names the signer's certificate";
        }

        if (facts.Certificate is null || dossier.Container.SignedData?.Certificates.Contains(facts.Certificate) != true)
        {
            yield return "应包含签名证书 / shall: the signer's certificate in SignedData.certificates";
        }

        if (signer.FindSignedAttribute(Oids.SigningTime) is not null)
        {
            yield return "不应有 signing-time 属性 / shall not: a signing-time attribute; /M carries the time";
        }

        if (!dossier.Signature.Dictionary.ContainsKey("M"))
        {
            yield return "应有 /M / shall: the claimed signing time in /M";
        }

        if (dossier.Signature.Dictionary.ContainsKey("Cert"))
        {
            yield return "不应有 /Cert / shall not: certificates in /Cert";
        }

        if (dossier.Signature.Dictionary.ContainsKey("Reason") && signer.FindSignedAttribute(Oids.CommitmentTypeIndication) is not null)
        {
            yield return "不应同时有 /Reason 与承诺类型 / shall not: both /Reason and a commitment-type attribute";
        }
    }

    private static IEnumerable<string> Recommendations(SignatureDossier dossier)
    {
        if (dossier.Facts.Binding == CmsCheck.Weak)
        {
            yield return "宜以 SHA-2 绑定证书 / should: signing-certificate-v2 with a digest stronger than SHA-1";
        }

        if (dossier.Container.SignedData is { } signedData && dossier.Facts.Certificate is { } certificate
            && !certificate.Subject.Equals(certificate.Issuer)
            && !signedData.Certificates.Any(issuer => issuer.Subject.Equals(certificate.Issuer)))
        {
            yield return "宜包含证书链 / should: the certificates of the path in SignedData.certificates";
        }

        if (dossier.View.Resolve(dossier.Signature.Dictionary["Filter"]) is not Objects.PdfName)
        {
            yield return "应有 /Filter / shall: /Filter in the signature dictionary";
        }
    }
}
