using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>What became of the timestamps of the signature. One that does not stand proves nothing and is left out (§5.5.4).</summary>
internal sealed class TimestampsCheck() : VerificationCheck(CheckRule.Timestamps, "ETSI EN 319 102-1 §5.4, §5.5.4")
{
    public override CheckResult? Evaluate(SignatureDossier dossier)
    {
        IReadOnlyList<TimestampResult> results = dossier.Timestamps.Results;
        if (results.Count == 0)
        {
            return null;
        }

        TimestampResult? bad = results.FirstOrDefault(result => result.Indication != Indication.Passed);
        return bad is null
            ? Passed(Text($"{results.Count} 个时间戳有效，最早为 {results.Min(result => result.Time):u} / {results.Count} good timestamp(s), the earliest of {results.Min(result => result.Time):u}"))
            : Warning(bad.Indication == Indication.Failed
                ? $"时间戳无效，未采用 / a timestamp is invalid and was left out: {bad.Message}"
                : $"时间戳无法确认，未采用 / a timestamp could not be confirmed and was left out: {bad.Message}");
    }
}
