using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether a whole revision is covered, from the first byte to its end.</summary>
internal sealed class CoverageCheck() : VerificationCheck(CheckRule.Coverage, "ISO 32000-2 §12.8.1")
{
    public override CheckResult? Evaluate(SignatureDossier dossier) =>
        dossier.Signature.ByteRange is null ? null
        : dossier.Coverage.Coverage == Coverage.Invalid ? Failed(SubIndication.FormatFailure, dossier.Coverage.Message)
        : Passed(dossier.Coverage.Message);
}
