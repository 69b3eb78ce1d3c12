using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>Whether the times are possible: content before signature, signature before what covers it.</summary>
internal sealed class TimestampOrderCheck() : VerificationCheck(CheckRule.TimestampOrder, "ETSI EN 319 102-1 §5.5.4")
{
    public override CheckResult? Evaluate(SignatureDossier dossier)
    {
        TimestampFindings times = dossier.Timestamps;
        DateTimeOffset? covering = times.Results
            .Where(result => result.Kind == TimestampKind.Document && result.Indication == Indication.Passed)
            .Min(result => result.Time);
        return times.NotBefore > times.NotAfter || times.NotAfter > covering || times.NotBefore > covering
            ? Indeterminate(SubIndication.TimestampOrderFailure, "时间戳先后矛盾 / the timestamps contradict each other's order")
            : null;
    }
}
