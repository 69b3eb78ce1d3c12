using System.Globalization;
using ESign.Pdf.Reporting.Layout;
using ESign.Pdf.Verification;
using ESign.Pki.Validation;

namespace ESign.Pdf.Reporting;

/// <summary>The signatures of a report with their numbers, so that what several have in common is said once and names them.</summary>
internal sealed class NumberedSignatures(IReadOnlyList<SignatureVerdict> verdicts, ReportWording wording)
{
    /// <summary>Each with its number, from 1.</summary>
    public IReadOnlyList<(int Number, SignatureVerdict Verdict)> All { get; } = [.. verdicts.Select((verdict, i) => (i + 1, verdict))];

    /// <summary>Whether there is more than one, so that it must be said which is meant.</summary>
    public bool AreSeveral => All.Count > 1;

    /// <summary>For example <c>第 1–3、7 号</c>; all of them are named so.</summary>
    public string Name(IReadOnlyCollection<int> numbers) =>
        numbers.Count == All.Count ? wording.Texts["numbers.all"] : wording.Texts.Format("numbers", wording.Numbers(numbers));

    /// <summary>The same, where it needs saying.</summary>
    public string NameIfSeveral(IReadOnlyCollection<int> numbers) => AreSeveral ? Name(numbers) : "";

    /// <summary>What the signatures have of a kind, each once, with the numbers of those that have it.</summary>
    /// <param name="items">The items of a signature.</param>
    /// <param name="identity">What makes two items the same to the reader.</param>
    public IReadOnlyList<(T Item, IReadOnlyCollection<int> Numbers)> Shared<T>(Func<SignatureVerdict, IEnumerable<T>> items, Func<T, object> identity) =>
    [
        .. All.SelectMany(signature => items(signature.Verdict).Select(item => (Item: item, signature.Number)))
            .GroupBy(pair => identity(pair.Item))
            .Select(group => (group.First().Item, (IReadOnlyCollection<int>)[.. group.Select(pair => pair.Number).Distinct()])),
    ];

    /// <summary>The heading of a signature.</summary>
    public string Title(int number) =>
        wording.Texts.Format(All[number - 1].Verdict.IsDocumentTimestamp ? "validation.timestamp" : "validation.signature", number, Signer(All[number - 1].Verdict));

    /// <summary>The name of the signer.</summary>
    public string Signer(SignatureVerdict verdict) => verdict.Certificate is { } certificate ? wording.CommonNameOf(certificate) : wording.Texts["unknown"];

    /// <summary>All signatures in one table: who, when, what level, with what result.</summary>
    public ReportBlock.Grid Overview()
    {
        ReportTexts texts = wording.Texts;
        return new ReportBlock.Grid(
            [texts["fact.signer"], texts["fact.time"], texts["fact.level"], texts["check.result"]],
            [0.32, 0.28, 0.09, 0.31],
            [.. All.Select(signature => OverviewRow(signature.Number, signature.Verdict))]);
    }

    private IReadOnlyList<Cell> OverviewRow(int number, SignatureVerdict verdict)
    {
        ReportTexts texts = wording.Texts;
        (DateTimeOffset? time, string proof) = (verdict.IsDocumentTimestamp, verdict.BestSignatureTime) switch
        {
            (true, _) => (verdict.SigningTime, verdict.Indication == Indication.Passed ? "fact.time.proven" : "fact.time.stamped"),
            (false, { } proven) => (proven, "fact.time.proven"),
            _ => (verdict.SigningTime, "fact.time.claimed"),
        };
        string changes = verdict.Modifications is { Permitted: false } ? "\n" + texts["mod.forbidden"] : "";
        return
        [
            new Cell(string.Create(CultureInfo.InvariantCulture, $"{number} · {Signer(verdict)}"), Note: (verdict.IsDocumentTimestamp ? texts["fact.kind.timestamp"] + " · " : "") + wording.Shown(verdict.FieldName)),
            time is { } shown ? new Cell(wording.Clock.Show(shown), Note: texts[proof]) : texts["none"],
            ReportTerms.Name(verdict.Level) ?? "–",
            new Cell(texts["indication." + verdict.Indication], ReportWording.ToneOf(verdict.Indication), (ReportTerms.Name(verdict.SubIndication) ?? "") + changes),
        ];
    }
}
