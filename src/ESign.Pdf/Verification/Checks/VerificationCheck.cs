using System.Globalization;
using ESign.Pki.Validation;

namespace ESign.Pdf.Verification.Checks;

/// <summary>One judgement about one signature. The verifier is a list of these; each stands in a file of its own.</summary>
/// <param name="rule">The name in <see cref="CheckResult.Rule"/>.</param>
/// <param name="citation">The clause it rests on.</param>
internal abstract class VerificationCheck(string rule, string citation)
{
    /// <summary>Judges; null when there is nothing to say.</summary>
    public abstract CheckResult? Evaluate(SignatureDossier dossier);

    protected CheckResult Passed(string message) => new(rule, CheckOutcome.Passed, citation, message);

    protected CheckResult Warning(string message) => new(rule, CheckOutcome.Warning, citation, message);

    protected CheckResult Failed(SubIndication reason, string message) => new(rule, CheckOutcome.Failed, citation, message, reason);

    protected CheckResult Indeterminate(SubIndication reason, string message) => new(rule, CheckOutcome.Indeterminate, citation, message, reason);

    protected static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
