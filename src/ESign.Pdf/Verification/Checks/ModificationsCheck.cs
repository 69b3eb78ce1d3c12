using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether everything appended since is allowed; without this nothing is called valid.</summary>
internal sealed class ModificationsCheck() : VerificationCheck(CheckRule.Modifications, "ISO 32000-2 §12.8.2.2")
{
    public override CheckResult? Evaluate(SignatureDossier dossier)
    {
        if (dossier.Modifications is not { } verdict)
        {
            return null;
        }

        if (!verdict.Permitted)
        {
            ModificationFinding? finding = verdict.Findings.FirstOrDefault(each => !each.Permitted);
            return Failed(SubIndication.FormatFailure, $"签名后有不允许的更改 / forbidden changes after signing: {finding?.Message}");
        }

        return Passed(verdict.Level switch
        {
            ModificationLevel.None => "签名后没有更改 / nothing was changed after signing",
            ModificationLevel.LongTermData => "签名后只增加了验证数据 / only validation data was added after signing",
            ModificationLevel.FormFilling => "签名后的更改限于填写与签署 / only fields were filled in or signed after signing",
            _ => "签名后的更改均被允许 / everything that was changed after signing is allowed",
        });
    }
}
