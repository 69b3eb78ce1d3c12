using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>Compares values of two revisions deeply: by what they say, not by how they are written.</summary>
/// <remarks>
/// Null is the same as missing, direct the same as indirect, 1 the same as 1.0; a stream is the same if it stores or decodes
/// to the same bytes. Pages, fields, annotations and the catalog are compared on their own, each in its place; a reference to
/// one of these, as what it is, is the same when it refers to the same one.
/// </remarks>
internal sealed class ObjectComparer(RevisionState before, RevisionState after, IReadOnlySet<int> affected, AnalysisBudget budget)
{
    /// <summary>Producers that write a document anew round its numbers; nobody sees a ten-thousandth of a point.</summary>
    private const double Rounding = 0.0001;

    private readonly HashSet<(int Before, int After, ValueContext Context)> _same = [];

    /// <summary>The first difference between two values, or null when they are the same.</summary>
    public Difference? Compare(PdfObject? old, PdfObject? now, string key = "")
    {
        Trail start = Trail.From(key);
        if (IsSameAtOnce(old, now, start.Context))
        {
            budget.Spend();
            return null;
        }

        var compared = new HashSet<(int, int, ValueContext)>();
        var stack = new Stack<(PdfObject? Old, PdfObject? Now, Trail Trail)>([(old, now, start)]);
        while (stack.TryPop(out (PdfObject? Old, PdfObject? Now, Trail Trail) at))
        {
            budget.Spend();
            Trail trail = at.Trail;
            if (at.Old is PdfReference oldReference && at.Now is PdfReference newReference)
            {
                if (IsSameObject(oldReference, newReference, trail.Context))
                {
                    continue;
                }

                (int, int, ValueContext) pair = (oldReference.Number, newReference.Number, trail.Context);
                if (_same.Contains(pair) || !compared.Add(pair))
                {
                    continue;
                }
            }

            trail = at.Now is PdfReference reference ? trail.At(reference) : at.Old is PdfReference lost ? trail.At(lost) : trail;
            if (!Push(before.View.Resolve(at.Old), after.View.Resolve(at.Now), trail, stack))
            {
                return new Difference(trail.ToString(), trail.Object);
            }
        }

        _same.UnionWith(compared);
        return null;
    }

    public bool Same(PdfObject? old, PdfObject? now, string key = "") => Compare(old, now, key) is null;

    /// <summary>Whether two values are the same without looking into anything: most entries of most dictionaries are.</summary>
    private bool IsSameAtOnce(PdfObject? old, PdfObject? now, ValueContext context) => (old, now) switch
    {
        (PdfReference a, PdfReference b) => IsSameObject(a, b, context),
        (PdfName or PdfInteger or PdfString, _) => old.Equals(now),
        _ => false,
    };

    /// <summary>
    /// What is compared in its own place is the same where it is meant as that. A field or comment that serves as something
    /// else besides is looked into here too: changes that it may undergo in its own place are none of this one's.
    /// </summary>
    private bool IsSameObject(PdfReference old, PdfReference now, ValueContext context) =>
        old.Equals(now)
        && ((before.IsNode(now.Number, context) && after.IsNode(now.Number, context))
            || !(affected.Contains(now.Number) || before.IsNode(now.Number)));

    /// <summary>Compares two resolved values and queues what is inside them; false when they differ already here.</summary>
    private bool Push(PdfObject old, PdfObject now, Trail trail, Stack<(PdfObject?, PdfObject?, Trail)> stack)
    {
        switch (old, now)
        {
            case (PdfArray a, PdfArray b):
                if (a.Count != b.Count)
                {
                    return false;
                }

                for (int i = a.Count - 1; i >= 0; i--)
                {
                    stack.Push((a[i], b[i], trail.Index(i)));
                }

                return true;
            case (PdfDictionary a, PdfDictionary b):
                PushEntries(a, b, trail, stack, key => trail.Context.LeadsUp(key) && a[key] is PdfReference up && up.Equals(b[key]));
                return true;
            case (PdfStream a, PdfStream b):
                return PushStreams(a, b, trail, stack);
            case (PdfReal or PdfInteger, PdfReal or PdfInteger):
                return Math.Abs(Number(old) - Number(now)) <= Rounding;
            default:
                return old.Equals(now);
        }
    }

    private static double Number(PdfObject value) => value is PdfInteger integer ? integer.Value : ((PdfReal)value).Value;

    private static void PushEntries(PdfDictionary old, PdfDictionary now, Trail trail, Stack<(PdfObject?, PdfObject?, Trail)> stack, Func<string, bool> isLeftOut)
    {
        foreach ((string key, PdfObject value) in old)
        {
            if (!isLeftOut(key))
            {
                stack.Push((value, now[key], trail.Key(key)));
            }
        }

        foreach ((string key, PdfObject value) in now)
        {
            if (!old.ContainsKey(key) && !isLeftOut(key))
            {
                stack.Push((null, value, trail.Key(key)));
            }
        }
    }

    private bool PushStreams(PdfStream old, PdfStream now, Trail trail, Stack<(PdfObject?, PdfObject?, Trail)> stack)
    {
        if (old.Data is StoredStreamData a && now.Data is StoredStreamData b && a.Position == b.Position && a.StoredLength == b.StoredLength)
        {
            PushEntries(old.Dictionary, now.Dictionary, trail, stack, static key => key == "Length");
            return true;
        }

        bool isStoredAlike = old.Data.Length == now.Data.Length && old.Data.ToMemory().Span.SequenceEqual(now.Data.ToMemory().Span);
        budget.Spend((old.Data.Length + now.Data.Length) >> 10);
        if (isStoredAlike)
        {
            PushEntries(old.Dictionary, now.Dictionary, trail, stack, static key => key == "Length");
            return true;
        }

        PushEntries(old.Dictionary, now.Dictionary, trail, stack, static key => key is "Length" or "Filter" or "DecodeParms" or "DL");
        ReadOnlyMemory<byte> oldContent = before.View.Decode(old);
        ReadOnlyMemory<byte> newContent = after.View.Decode(now);
        budget.Spend((oldContent.Length + newContent.Length) >> 10);
        return oldContent.Span.SequenceEqual(newContent.Span) && PushImageFilters(old, now, trail, stack);
    }

    /// <summary>Image filters are not decoded: from the first of them on, what is stored must be read the same way.</summary>
    private bool PushImageFilters(PdfStream old, PdfStream now, Trail trail, Stack<(PdfObject?, PdfObject?, Trail)> stack)
    {
        List<(string Name, PdfObject? Parameters)> were = ImageFilters(before, old);
        List<(string Name, PdfObject? Parameters)> are = ImageFilters(after, now);
        if (!were.Select(filter => filter.Name).SequenceEqual(are.Select(filter => filter.Name), StringComparer.Ordinal))
        {
            return false;
        }

        for (int i = 0; i < were.Count; i++)
        {
            stack.Push((were[i].Parameters, are[i].Parameters, trail.Key("DecodeParms")));
        }

        return true;
    }

    private static List<(string Name, PdfObject? Parameters)> ImageFilters(RevisionState state, PdfStream stream)
    {
        PdfObject filter = state.View.Resolve(stream.Dictionary["Filter"]);
        PdfArray names = filter as PdfArray ?? new PdfArray(filter);
        PdfObject parameters = state.View.Resolve(stream.Dictionary["DecodeParms"]);
        var found = new List<(string, PdfObject?)>();
        for (int i = 0; i < names.Count; i++)
        {
            string name = (state.View.Resolve(names[i]) as PdfName)?.Value ?? "";
            if (found.Count > 0 || name is "DCTDecode" or "JPXDecode" or "CCITTFaxDecode" or "JBIG2Decode" or "DCT" or "CCF")
            {
                found.Add((name, parameters is PdfArray each ? (i < each.Count ? each[i] : null) : parameters));
            }
        }

        return found;
    }

    /// <summary>Where two values differ.</summary>
    /// <param name="Path">The way there from where the comparison began; empty when they differ at once.</param>
    /// <param name="Object">The last indirect object on that way.</param>
    internal sealed record Difference(string Path, PdfReference? Object);
}
