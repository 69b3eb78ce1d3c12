namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether the document carries what is needed to judge the signature later.</summary>
internal sealed class LongTermDataCheck() : VerificationCheck(CheckRule.LongTermData, "ISO 32000-2 §12.8.4.3; ETSI EN 319 142-1 §5.4")
{
    public override CheckResult? Evaluate(SignatureDossier dossier) =>
        dossier.Facts.Certificate is null ? null
        : dossier.IsEvidenceTimestamped ? Passed("文件内有验证数据，并有时间戳保护 / the document carries validation data, protected by a timestamp")
        : dossier.HasStoredEvidence ? Passed("文件内有验证数据 / the document carries validation data")
        : null;
}
