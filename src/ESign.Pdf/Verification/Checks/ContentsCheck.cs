using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether exactly the value is left out of the byte range: nothing else may hide in the gap.</summary>
internal sealed class ContentsCheck() : VerificationCheck(CheckRule.Contents, "ISO 32000-2 §12.8.1")
{
    public override CheckResult? Evaluate(SignatureDossier dossier) =>
        dossier.Signature.ByteRange is null ? null
        : dossier.Container.GapProblem is { } problem ? Failed(SubIndication.FormatFailure, problem)
        : Passed("字节范围的间隙正好是 /Contents / the gap in the byte range is exactly /Contents");
}
