namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether the document still shows the signature.</summary>
internal sealed class RemovedCheck() : VerificationCheck(CheckRule.Removed, "ISO 32000-2 §12.7.5.5")
{
    public override CheckResult? Evaluate(SignatureDossier dossier) => dossier.Signature switch
    {
        { IsStray: true } => Warning("没有签名域显示该签名 / no field shows this signature"),
        { IsRemoved: true } => Warning("后来的修订版移除了该签名 / a later revision no longer shows this signature"),
        _ => null,
    };
}
