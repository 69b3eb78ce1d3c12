using System.Runtime.InteropServices;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.CrossReference;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>
/// Which object leads to which, revision by revision: says which objects an update touched, and which others look different
/// because something they lead to was touched. All the rest is the same without being read again.
/// </summary>
/// <remarks>
/// The ways back from pages, fields and annotations (/Parent, /P) are not followed: through them every object leads to every
/// other. An object that lies in an object stream is touched when the stream it lies in is.
/// </remarks>
internal sealed class ObjectGraph(AnalysisBudget budget)
{
    /// <summary>What the set of links read last keeps room for.</summary>
    private const int MaxKept = 256;

    private readonly Dictionary<int, XrefEntry> _live = [];
    private readonly Dictionary<int, HashSet<int>> _members = [];
    private readonly Dictionary<int, int[]> _links = [];
    private readonly Dictionary<int, HashSet<int>> _users = [];
    private HashSet<int> _found = [];

    /// <summary>What the last update touched: whether these are pages, fields or annotations is known when the next one comes.</summary>
    private IEnumerable<int> _fresh = [];

    /// <summary>Takes the objects of the oldest revision that matters.</summary>
    public void Start(RevisionState state)
    {
        PdfDocument view = state.View;
        CrossReferenceTable table = view.Objects.Table;
        for (int i = table.Sections.Count - 1; i >= 0; i--)
        {
            foreach (int number in table.Sections[i].Numbers())
            {
                budget.Spend();
                if (table.Sections[i].TryFind(number, view.Source, table.Shift, out XrefEntry entry))
                {
                    Enter(number, entry);
                }
            }
        }

        foreach (int number in _live.Keys)
        {
            Link(number, ReadLinks(view, number, state));
        }
    }

    /// <summary>Goes on to the next revision.</summary>
    /// <param name="last">The revision before.</param>
    /// <param name="view">The document as of the next revision.</param>
    /// <param name="revision">The next revision.</param>
    public Touched Advance(RevisionState last, PdfDocument view, Revision revision)
    {
        foreach (int number in _fresh)
        {
            Link(number, ReadLinks(last.View, number, last));
        }

        Dictionary<int, XrefEntry> before = EnterRevision(view, revision);
        _fresh = before.Keys;

        // Before its links are renewed, a touched object still leads where it led: whatever leads to it is affected both ways.
        var affected = new HashSet<int>(before.Keys);
        Spread(affected);
        var linksBefore = new Dictionary<int, int[]>(before.Count);
        foreach (int number in before.Keys)
        {
            linksBefore[number] = _links.GetValueOrDefault(number) ?? [];
            Link(number, ReadLinks(view, number, last));
        }

        Spread(affected);
        return new Touched(before, affected, linksBefore);
    }

    /// <summary>The objects that could be reached from another before an update.</summary>
    public HashSet<int> ReachableBefore(Touched touched, int from)
    {
        var reached = new HashSet<int>([from]);
        var stack = new Stack<int>(reached);
        while (stack.TryPop(out int number))
        {
            foreach (int next in touched.LinksBefore.GetValueOrDefault(number) ?? _links.GetValueOrDefault(number) ?? [])
            {
                budget.Spend();
                if (reached.Add(next))
                {
                    stack.Push(next);
                }
            }
        }

        return reached;
    }

    /// <summary>The objects that led to another before an update.</summary>
    public IEnumerable<int> UsersBefore(Touched touched, int number) =>
        (_users.GetValueOrDefault(number) ?? []).Where(user => !touched.LinksBefore.ContainsKey(user))
            .Concat(touched.LinksBefore.Where(links => links.Value.Contains(number)).Select(links => links.Key));

    private Dictionary<int, XrefEntry> EnterRevision(PdfDocument view, Revision revision)
    {
        CrossReferenceTable table = view.Objects.Table;
        var before = new Dictionary<int, XrefEntry>();
        foreach (int number in revision.Sections.SelectMany(section => section.Numbers()))
        {
            budget.Spend();
            XrefEntry now = table.Find(number);
            XrefEntry old = _live.GetValueOrDefault(number, XrefEntry.Free);
            if (now != old && before.TryAdd(number, old))
            {
                Enter(number, now);
            }
        }

        foreach (int container in before.Keys.ToArray())
        {
            foreach (int member in _members.GetValueOrDefault(container) ?? [])
            {
                before.TryAdd(member, _live[member]);
            }
        }

        return before;
    }

    private void Enter(int number, XrefEntry entry)
    {
        _live[number] = entry;
        if (entry.Kind == XrefEntryKind.InStream)
        {
            Set(_members, (int)entry.Position).Add(number);
        }
    }

    private void Link(int number, int[] links)
    {
        foreach (int target in _links.GetValueOrDefault(number) ?? [])
        {
            _users[target].Remove(number);
        }

        foreach (int target in links)
        {
            Set(_users, target).Add(number);
        }

        _links[number] = links;
    }

    private static HashSet<int> Set(Dictionary<int, HashSet<int>> sets, int key) =>
        CollectionsMarshal.GetValueRefOrAddDefault(sets, key, out _) ??= [];

    /// <summary>Adds everything that leads to what is in the set.</summary>
    private void Spread(HashSet<int> affected)
    {
        var stack = new Stack<int>(affected);
        while (stack.TryPop(out int number))
        {
            foreach (int user in _users.GetValueOrDefault(number) ?? [])
            {
                budget.Spend();
                if (affected.Add(user))
                {
                    stack.Push(user);
                }
            }
        }
    }

    private int[] ReadLinks(PdfDocument view, int number, RevisionState state)
    {
        XrefEntry entry = _live[number];
        if (entry.Kind == XrefEntryKind.Free)
        {
            return [];
        }

        _found.Clear();
        PdfObject value = view.Resolve(new PdfReference(number, entry.Generation));
        if (value is PdfDictionary node && state.IsNode(number))
        {
            foreach ((_, PdfObject item) in node.Where(entry => entry.Key is not ("Parent" or "P")))
            {
                Collect(item, _found);
            }
        }
        else
        {
            Collect(value, _found);
        }

        int[] links = [.. _found];
        if (links.Length > MaxKept)
        {
            // Emptying it would take time with what it has held, for every object after this one.
            _found = [];
        }

        return links;
    }

    private void Collect(PdfObject value, HashSet<int> links)
    {
        budget.Spend();
        switch (value)
        {
            case PdfReference reference:
                links.Add(reference.Number);
                break;
            case PdfArray array:
                foreach (PdfObject item in array)
                {
                    Collect(item, links);
                }

                break;
            case PdfStream stream:
                Collect(stream.Dictionary, links);
                break;
            case PdfDictionary dictionary:
                foreach ((_, PdfObject item) in dictionary)
                {
                    Collect(item, links);
                }

                break;
        }
    }

    /// <summary>What an update touched.</summary>
    /// <param name="Before">The objects it redefined, added or freed, with their entries before.</param>
    /// <param name="Affected">They and everything that leads to them, before or after.</param>
    /// <param name="LinksBefore">Where the touched objects led before.</param>
    internal sealed record Touched(IReadOnlyDictionary<int, XrefEntry> Before, IReadOnlySet<int> Affected, IReadOnlyDictionary<int, int[]> LinksBefore);
}
