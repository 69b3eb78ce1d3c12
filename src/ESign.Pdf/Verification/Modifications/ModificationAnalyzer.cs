using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;
using ESign.Pdf.Verification.Modifications.Rules;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>Judges what was done to a document after each of its signatures.</summary>
/// <remarks>
/// ISO 32000-2 §12.8.2. One instance per document: each revision is compared with the one before it once, and the results
/// are shared by all signatures, so that the work grows with the revisions and not with their square. What was undone later
/// was done all the same.
/// </remarks>
internal sealed class ModificationAnalyzer
{
    /// <summary>White space that a signature may cover after its end-of-file marker; writers put one or two bytes there.</summary>
    private const int MaxPadding = 1024;

    /// <summary>What a finding costs that is kept: ten thousand tell a reader no more than a thousand would.</summary>
    private const long CostOfFinding = 2000;

    /// <summary>Findings kept for all signatures of a document together, and for each at least: every signature repeats those of the later ones.</summary>
    private const int MaxFindings = 20_000;
    private const int MinFindings = 16;

    private readonly PdfDocument _document;
    private readonly DocumentHistory _history;
    private readonly IReadOnlyList<SignatureUnderTest> _signatures;
    private readonly AnalysisBudget _budget = new();
    private Dictionary<int, IReadOnlyList<Explained>>? _byRevision;
    private IReadOnlyList<Explained> _faults = [];

    public ModificationAnalyzer(PdfDocument document)
        : this(document, new DocumentHistory(document))
    {
    }

    private ModificationAnalyzer(PdfDocument document, DocumentHistory history)
        : this(document, history, new SignatureFinder(document, history).Find())
    {
    }

    /// <summary>Shares the opened revisions and the signatures found with whoever judges them.</summary>
    public ModificationAnalyzer(PdfDocument document, DocumentHistory history, IReadOnlyList<SignatureUnderTest> signatures)
    {
        ArgumentNullException.ThrowIfNull(document);
        _document = document;
        _history = history;
        _signatures = signatures;
    }

    /// <summary>What happened after the signed revision, judged against everything in force: its own and earlier restrictions.</summary>
    public ModificationVerdict After(SignatureUnderTest signature)
    {
        _byRevision ??= Explain(_signatures.Where(other => other.RevisionIndex >= 0).Select(other => other.RevisionIndex).DefaultIfEmpty(int.MaxValue).Min());
        if (!SignsItsRevision(signature))
        {
            return Judge([new Explained(new Change { Place = ChangePlace.File, Key = FileChange.NoRevision }, new UnknownRevisionRule())], new Restrictions([]), MaxFindings);
        }

        var inForce = new Restrictions(_signatures.Where(other => other.RevisionIndex >= 0 && other.RevisionIndex <= signature.RevisionIndex));
        IEnumerable<Explained> later = Enumerable.Range(signature.RevisionIndex + 1, _document.Revisions.Count - signature.RevisionIndex - 1)
            .SelectMany(revision => _byRevision.GetValueOrDefault(revision) ?? []);
        return Judge([.. _faults, .. later], inForce, Math.Max(MinFindings, MaxFindings / _signatures.Count));
    }

    /// <summary>What happened after a revision, whether anybody signed it or not: for files that must come back as they were given out.</summary>
    public static ModificationVerdict Since(PdfDocument document, int revision)
    {
        var analyzer = new ModificationAnalyzer(document);
        Dictionary<int, IReadOnlyList<Explained>> byRevision = analyzer.Explain(revision);
        var inForce = new Restrictions(analyzer._signatures.Where(signature => signature.RevisionIndex >= 0 && signature.RevisionIndex <= revision));
        return Judge([.. analyzer._faults, .. byRevision.Where(changes => changes.Key > revision).OrderBy(changes => changes.Key).SelectMany(changes => changes.Value)], inForce, MaxFindings);
    }

    /// <summary>
    /// The revision that the signed bytes end with must be the one that the chain of cross-references has there. Otherwise
    /// an update goes on from an older revision, or from one that it made up, and passes over what was signed.
    /// </summary>
    private bool SignsItsRevision(SignatureUnderTest signature)
    {
        if (signature.RevisionIndex < 0 || signature.ByteRange is not { } range)
        {
            return false;
        }

        long marker = _history.MarkerEnd(signature.RevisionIndex);
        long length = range.End - marker;
        return length is >= 0 and <= MaxPadding
            && (length == 0 || !_document.Source.Window(marker, (int)length)[..(int)length].ContainsAnyExcept(CharacterClass.WhiteSpace));
    }

    /// <param name="changes">What was done.</param>
    /// <param name="inForce">What forbids it.</param>
    /// <param name="room">How many findings are kept, refused ones first; that there are more is said.</param>
    private static ModificationVerdict Judge(IReadOnlyList<Explained> changes, Restrictions inForce, int room)
    {
        var level = ModificationLevel.None;
        var objections = new string?[changes.Count];
        int refused = 0;
        for (int i = 0; i < changes.Count; i++)
        {
            level = changes[i].Rule.Level > level ? changes[i].Rule.Level : level;
            objections[i] = changes[i].Rule.Objection(changes[i].Change, inForce);
            refused += objections[i] is null ? 0 : 1;
        }

        var findings = new List<ModificationFinding>(Math.Min(changes.Count, room));
        (int roomForRefused, int roomForOthers) = (Math.Min(refused, room), Math.Max(0, room - refused));
        for (int i = 0; i < changes.Count; i++)
        {
            if (objections[i] is not null ? roomForRefused-- > 0 : roomForOthers-- > 0)
            {
                findings.Add(objections[i] is null ? changes[i].Finding : changes[i].Finding with { Message = Join(changes[i].Finding.Message, objections[i]!), Permitted = false });
            }
        }

        if (findings.Count < changes.Count)
        {
            string more = (changes.Count - findings.Count).ToString(CultureInfo.InvariantCulture);
            findings.Add(new ModificationFinding("findings-omitted", "ISO 32000-2 §12.8.2.2", "", null, null, $"另有 {more} 项更改未列出 / {more} more changes are not listed", Permitted: refused <= room));
        }

        return new ModificationVerdict(level, refused == 0, findings);
    }

    /// <summary>Puts two messages together, language by language.</summary>
    private static string Join(string message, string objection)
    {
        string[] said = message.Split(" / ", 2);
        string[] why = objection.Split(" / ", 2);
        return $"{said[0]}：{why[0]} / {said[^1]}: {why[^1]}";
    }

    /// <summary>Explains every revision after the first that counts.</summary>
    private Dictionary<int, IReadOnlyList<Explained>> Explain(int first)
    {
        var byRevision = new Dictionary<int, IReadOnlyList<Explained>>();
        int at = first;
        try
        {
            var file = new FileComparison(_document, _signatures, _budget);
            _faults = Summarize(file.FindFaults().Select(fault => new Explained(fault, RuleBook.Find(fault, null!))));
            if (first >= _document.Revisions.Count - 1)
            {
                return byRevision;
            }

            var graph = new ObjectGraph(_budget);
            var before = new RevisionState(Open(first), _budget);
            graph.Start(before);
            for (at = first + 1; at < _document.Revisions.Count; at++)
            {
                PdfDocument view = Open(at);
                ObjectGraph.Touched touched = graph.Advance(before, view, _document.Revisions[at]);
                var after = new RevisionState(view, before, touched, _budget);
                byRevision[at] = Compare(file, new RevisionStep(before, after, graph, touched, SignedAt(at), _budget), touched, at);

                // What was changed leads to the view that it was found in: nothing but that is to be kept of it.
                before.View.Objects.ForgetObjects();
                before = after;
            }
        }
        catch (PdfFormatException e)
        {
            // What cannot be read cannot be cleared, and neither can what came after it.
            byRevision[Math.Min(at, _document.Revisions.Count - 1)] = [new Explained(new Change { Place = ChangePlace.File, Key = FileChange.Unreadable, Path = e.Detail }, new UnreadableRevisionRule())];
        }

        return byRevision;
    }

    /// <summary>The values of the signatures that cover a revision and no later one.</summary>
    private HashSet<PdfObject> SignedAt(int revision) =>
        [.. _signatures.Where(signature => signature.RevisionIndex == revision).Select(signature => signature.Reference ?? (PdfObject)signature.ShownDictionary)];

    private List<Explained> Compare(FileComparison file, RevisionStep step, ObjectGraph.Touched touched, int index)
    {
        var changes = new List<Change>(new RevisionComparison(step).Run());
        file.Compare(step, touched, _document.Revisions[index - 1], _document.Revisions[index], changes);
        List<Explained> explained = Summarize(changes.Select(change => new Explained(change, RuleBook.Find(change, step))));
        _budget.Spend(explained.Count * CostOfFinding);
        return explained;
    }

    /// <summary>One finding per rule and field, page or object: that /V and /AP and /F were set is one thing that happened.</summary>
    private static List<Explained> Summarize(IEnumerable<Explained> changes) =>
        [.. changes.DistinctBy(explained => (explained.Rule, explained.Change.Field?.Key ?? (explained.Change.Place == ChangePlace.File ? explained.Change.Where : explained.Change.Page + explained.Change.Key + explained.Change.Path)))];

    /// <summary>The newest revision too is read without mending: what is broken in one revision must not be whole in the other.</summary>
    private PdfDocument Open(int revision) => revision == _history.Count - 1 ? _document.AsOf(_document.Revisions[revision]) : _history[revision];

    private sealed record Explained(Change Change, ModificationRule Rule)
    {
        /// <summary>What is said of the change where nothing forbids it: the same for every signature before it.</summary>
        public ModificationFinding Finding => field ??= new ModificationFinding(Rule.Rule, Rule.Citation, Change.Where, Change.Page, Change.Rectangle, Rule.Describe(Change), Permitted: true);
    }
}
