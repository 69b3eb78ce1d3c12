using ESign.Pdf.Objects;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether the signature dictionary and its value have a form that can be judged at all.</summary>
/// <remarks>ISO 32000-2 §12.8.1, tables 255 and 256. A form ESign does not know is unsupported, never unsigned.</remarks>
internal sealed class FormatCheck() : VerificationCheck(CheckRule.Format, "ISO 32000-2 §12.8.3")
{
    public override CheckResult? Evaluate(SignatureDossier dossier)
    {
        CryptographicFacts facts = dossier.Facts;
        if (dossier.Signature.ByteRange is null)
        {
            return Failed(SubIndication.FormatFailure, dossier.Signature.Dictionary.ContainsKey("ByteRange")
                ? "/ByteRange 不是文件范围内的 [0 a b c] / /ByteRange is not four integers [0 a b c] within the file"
                : "缺少 /ByteRange / /ByteRange is missing");
        }

        if (facts.Problem is { } problem)
        {
            return Failed(SubIndication.FormatFailure, problem);
        }

        if (!facts.IsKnownSubFilter)
        {
            return Indeterminate(SubIndication.SigConstraintsFailure, facts.SubFilter is null
                ? "缺少 /SubFilter，签名形式不明 / /SubFilter is missing: the form of the signature is not stated"
                : $"不支持的 /SubFilter {facts.SubFilter}：签名存在，但 ESign 无法判断 / unsupported /SubFilter {facts.SubFilter}: the signature is there, but ESign cannot vouch for it");
        }

        return dossier.View.Resolve(dossier.Signature.Dictionary["Filter"]) is PdfName
            ? Passed($"/SubFilter {facts.SubFilter}")
            : Warning($"/SubFilter {facts.SubFilter}；缺少必需的 /Filter / /SubFilter {facts.SubFilter}; the required /Filter is missing");
    }
}
