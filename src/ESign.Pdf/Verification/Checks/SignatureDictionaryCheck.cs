using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether the dictionary that readers show is the one that was signed: a later revision may have replaced it.</summary>
internal sealed class SignatureDictionaryCheck() : VerificationCheck(CheckRule.SignatureDictionary, "ISO 32000-2 §12.8.1")
{
    public override CheckResult? Evaluate(SignatureDossier dossier)
    {
        SignatureUnderTest signature = dossier.Signature;
        return signature.ShownDictionary.Equals(signature.Dictionary)
            ? null
            : Failed(SubIndication.FormatFailure, "签名字典在签名后被替换 / the signature dictionary was replaced after signing: what is shown is not what was signed");
    }
}
