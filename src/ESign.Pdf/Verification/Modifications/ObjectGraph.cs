using System.Runtime.InteropServices;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;
using ESign.Pdf.Syntax.CrossReference;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>
/// Which object leads to which, revision by revision: says which objects an update touched, and which others look different
/// because something they lead to was touched. All the rest is the same without being read again.
/// </summary>
/// <remarks>
/// The ways back (/Parent, /P) are not followed: through them every object leads to every other. They are compared as the
/// references they are. An object that lies in an object stream is touched when the stream it lies in is.
/// </remarks>
internal sealed class ObjectGraph(AnalysisBudget budget)
{
    private readonly Dictionary<int, XrefEntry> _live = [];
    private readonly Dictionary<int, HashSet<int>> _members = [];
    private readonly Dictionary<int, int[]> _links = [];
    private bool _isStarted;

    /// <summary>Takes the objects of the oldest revision that matters.</summary>
    public void Start(PdfDocument view)
    {
        _isStarted = true;
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
            _links[number] = ReadLinks(view, number);
        }
    }

    /// <summary>Goes on to the next revision.</summary>
    public Touched Advance(PdfDocument view, Revision revision)
    {
        if (!_isStarted)
        {
            throw new InvalidOperationException("There is no revision to advance from.");
        }

        CrossReferenceTable table = view.Objects.Table;
        var touched = new HashSet<int>();
        var before = new Dictionary<int, XrefEntry>();
        foreach (int number in revision.Sections.SelectMany(section => section.Numbers()))
        {
            budget.Spend();
            XrefEntry now = table.Find(number);
            XrefEntry old = _live.GetValueOrDefault(number, XrefEntry.Free);
            if (now != old && touched.Add(number))
            {
                before[number] = old;
                Enter(number, now);
            }
        }

        foreach (int container in touched.ToArray())
        {
            foreach (int member in _members.GetValueOrDefault(container) ?? [])
            {
                if (touched.Add(member))
                {
                    before[member] = _live[member];
                }
            }
        }

        // Before its links are renewed, a touched object still leads where it led: whatever leads to it is affected both ways.
        var affected = new HashSet<int>(touched);
        Dictionary<int, List<int>> leadingTo = Spread(affected);
        foreach (int number in touched)
        {
            _links[number] = ReadLinks(view, number);
        }

        Spread(affected);
        return new Touched(before, affected, leadingTo);
    }

    /// <summary>The objects that can be reached from some others, as the graph is now.</summary>
    public HashSet<int> Reachable(IEnumerable<int> from)
    {
        var reached = new HashSet<int>(from);
        var stack = new Stack<int>(reached);
        while (stack.TryPop(out int number))
        {
            foreach (int next in _links.GetValueOrDefault(number) ?? [])
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

    private void Enter(int number, XrefEntry entry)
    {
        _live[number] = entry;
        if (entry.Kind == XrefEntryKind.InStream)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(_members, (int)entry.Position, out _) ??= []).Add(number);
        }
    }

    /// <summary>Adds everything that leads to what is in the set.</summary>
    private Dictionary<int, List<int>> Spread(HashSet<int> affected)
    {
        var leadingTo = new Dictionary<int, List<int>>();
        foreach ((int number, int[] links) in _links)
        {
            // Following a known link costs a small part of reading an object.
            budget.Spend(1 + (links.Length >> 3));
            foreach (int target in links)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(leadingTo, target, out _) ??= []).Add(number);
            }
        }

        var stack = new Stack<int>(affected);
        while (stack.TryPop(out int number))
        {
            foreach (int source in leadingTo.GetValueOrDefault(number) ?? [])
            {
                if (affected.Add(source))
                {
                    stack.Push(source);
                }
            }
        }

        return leadingTo;
    }

    private int[] ReadLinks(PdfDocument view, int number)
    {
        XrefEntry entry = _live[number];
        if (entry.Kind == XrefEntryKind.Free)
        {
            return [];
        }

        var links = new HashSet<int>();
        Collect(view.Resolve(new PdfReference(number, entry.Generation)), links);
        return [.. links];
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
                foreach ((string key, PdfObject item) in dictionary)
                {
                    if (!IsWayBack(key, item))
                    {
                        Collect(item, links);
                    }
                }

                break;
        }
    }

    /// <summary>Whether an entry leads up the tree rather than down.</summary>
    public static bool IsWayBack(string key, PdfObject value) => key is "Parent" or "P" && value is PdfReference;

    /// <summary>What an update touched.</summary>
    /// <param name="Before">The objects it redefined, added or freed, with their entries before.</param>
    /// <param name="Affected">They and everything that leads to them, before or after.</param>
    /// <param name="LeadingTo">Which objects led to an object before.</param>
    internal sealed record Touched(IReadOnlyDictionary<int, XrefEntry> Before, IReadOnlySet<int> Affected, IReadOnlyDictionary<int, List<int>> LeadingTo);
}
