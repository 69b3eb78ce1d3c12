using ESign.Pdf.Reporting.Layout;
using ESign.Pdf.Verification;

namespace ESign.Pdf.Reporting;

/// <summary>What was checked: one row for each check, however many signatures it was made on.</summary>
/// <remarks>A row says what was checked, the result, what was found – for which signatures –, why it matters, and the clause.</remarks>
internal sealed class CheckTables(NumberedSignatures signatures, ReportWording wording)
{
    /// <summary>More findings of one check than this follow one another on a line.</summary>
    private const int MaximumLines = 6;

    private readonly ReportTexts _texts = wording.Texts;

    /// <summary>The checks that failed, could not be decided or have something to say.</summary>
    public IEnumerable<ReportBlock> NeedingAttention() => Table(check => check.Outcome != CheckOutcome.Passed);

    public IEnumerable<ReportBlock> Passed() => Table(check => check.Outcome == CheckOutcome.Passed);

    /// <summary>The names of a signature's checks that did not simply pass.</summary>
    public Cell SummaryOf(SignatureVerdict verdict)
    {
        CheckResult[] checks = [.. verdict.Checks.Where(check => check.Outcome != CheckOutcome.Passed).OrderBy(Severity)];
        string names = string.Join(_texts["list.separator"], checks.Select(check => _texts.Format("check.named", Name(check), _texts["outcome." + check.Outcome])).Distinct());
        return new Cell(names, checks.Length == 0 ? Tone.Neutral : ReportWording.ToneOf(checks[0].Outcome));
    }

    private IEnumerable<ReportBlock> Table(Func<CheckResult, bool> isShown)
    {
        (CheckResult Check, IReadOnlyCollection<int> Numbers)[] findings = [.. signatures.Shared(verdict => verdict.Checks.Where(isShown), check => check)];
        if (findings.Length > 0)
        {
            yield return new ReportBlock.Grid(
                [_texts["check.what"], _texts["check.result"], _texts["check.finding"]],
                [0.19, 0.16, 0.65],
                [.. findings.GroupBy(finding => (finding.Check.Rule, finding.Check.Outcome)).OrderBy(row => Severity(row.First().Check)).Select(row => Row([.. row]))]);
        }
    }

    private IReadOnlyList<Cell> Row((CheckResult Check, IReadOnlyCollection<int> Numbers)[] findings)
    {
        CheckResult check = findings[0].Check;
        string why = _texts.Find($"rule.{check.Rule}.why") is { } reason ? _texts.Format("check.why", reason) + "\n" : "";
        string clause = string.Join("; ", findings.Select(finding => DisplayText.Clean(finding.Check.Citation)).Distinct());
        return
        [
            Name(check),
            new Cell(_texts["outcome." + check.Outcome], ReportWording.ToneOf(check.Outcome)),
            new Cell(string.Join(findings.Length > MaximumLines ? _texts["sentence.separator"] : "\n", findings.Select(Finding)), Note: why + _texts.Format("check.clause", clause)),
        ];
    }

    private string Finding((CheckResult Check, IReadOnlyCollection<int> Numbers) finding)
    {
        string message = wording.Message(finding.Check.Message);
        return signatures.NameIfSeveral(finding.Numbers) is { Length: > 0 } numbers ? numbers + _texts["colon"] + message : message;
    }

    private string Name(CheckResult check) => _texts.OrName("rule.", check.Rule);

    private static int Severity(CheckResult check) => check.Outcome switch
    {
        CheckOutcome.Failed => 0,
        CheckOutcome.Indeterminate => 1,
        _ => 2,
    };
}
