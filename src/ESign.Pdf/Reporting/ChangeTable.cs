using ESign.Pdf.Document;
using ESign.Pdf.Reporting.Layout;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;

namespace ESign.Pdf.Reporting;

/// <summary>What was done to the document after signatures: each change once, with the signatures that it came after.</summary>
/// <remarks>Those that are not permitted come first.</remarks>
internal sealed class ChangeTable(NumberedSignatures signatures, ReportWording wording)
{
    /// <summary>Findings beyond this many are counted, not listed: nobody reads them, and a hostile file makes as many as it likes.</summary>
    private const int MaximumFindings = 200;

    /// <summary>Of changes that were allowed, so many are listed: they only show what kind of changes there were.</summary>
    private const int MaximumPermittedFindings = 12;

    private readonly ReportTexts _texts = wording.Texts;

    /// <summary>How far the changes after a signature go, and whether that is permitted.</summary>
    public Cell SummaryOf(SignatureVerdict verdict) => verdict.Modifications switch
    {
        null => new Cell(_texts["mod.notJudged"], Tone.Caution),
        { Level: ModificationLevel.None, Permitted: true } => _texts["mod.None"],
        { Permitted: true } modifications => new Cell(_texts["mod." + modifications.Level], Note: _texts["mod.allowed"]),
        { } modifications => new Cell(_texts["mod." + modifications.Level], Tone.Bad, _texts["mod.forbidden"]),
    };

    public IEnumerable<ReportBlock> All()
    {
        (ModificationFinding Finding, IReadOnlyCollection<int> Numbers)[] all = [.. signatures.Shared(verdict => verdict.LaterChanges, finding => finding)];
        (ModificationFinding Finding, IReadOnlyCollection<int> Numbers)[] shown =
        [
            .. all.Where(change => !change.Finding.Permitted).Take(MaximumFindings),
            .. all.Where(change => change.Finding.Permitted).Take(MaximumPermittedFindings),
        ];
        if (shown.Length == 0)
        {
            yield return new ReportBlock.Prose(_texts["mod.nothing"]);
            yield break;
        }

        yield return new ReportBlock.Prose(_texts["mod.why"], IsSmall: true, LeadsIn: true);
        yield return new ReportBlock.Grid(
            [_texts["mod.finding"], _texts["mod.object"], _texts["mod.permitted"]],
            [0.6, 0.26, 0.14],
            [.. shown.Select(change => Row(change.Finding, change.Numbers))]);
        if (all.Length > shown.Length)
        {
            yield return new ReportBlock.Prose(_texts.Format("mod.more", all.Length, shown.Length, all.Count(change => !change.Finding.Permitted)), IsSmall: true);
        }
    }

    private IReadOnlyList<Cell> Row(ModificationFinding finding, IReadOnlyCollection<int> numbers)
    {
        string place = finding.Page is not { } page ? ""
            : finding.Rectangle is { } box ? wording.Place(new SignaturePlace("", page, box))
            : _texts.Format("mod.page", page);
        string after = signatures.AreSeveral ? _texts.Format("mod.after", signatures.Name(numbers)) : "";
        string clause = _texts.Format("check.clause", DisplayText.Clean(finding.Citation));
        return
        [
            new Cell(wording.Message(finding.Message), Note: string.Join('\n', ((string[])[after, place, clause]).Where(line => line.Length > 0))),
            new Cell(DisplayText.Clean(finding.Object), IsCode: true),
            wording.Judged(finding.Permitted),
        ];
    }
}
