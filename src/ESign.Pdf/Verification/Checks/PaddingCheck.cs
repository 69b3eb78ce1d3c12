using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether the room after the encoded signature is all zeros: other bytes there are covered by nothing.</summary>
/// <remarks>ISO 32000-2 §12.8.1 (table 255, Contents): "padded with zeros".</remarks>
internal sealed class PaddingCheck() : VerificationCheck(CheckRule.Padding, "ISO 32000-2 §12.8.3.1")
{
    public override CheckResult? Evaluate(SignatureDossier dossier) =>
        dossier.Container.Problem is not null || dossier.Signature.ByteRange is null ? null
        : dossier.Container.StrayByte is >= 0 and int at ? Failed(SubIndication.FormatFailure, Text($"签名值之后第 {at} 字节处有未签名的数据 / unsigned data follows the signature value, from byte {at} of /Contents"))
        : Passed("签名值之后全为零 / only zeros follow the signature value");
}
