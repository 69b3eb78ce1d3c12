namespace ESign.Pdf.Verification.Modifications;

/// <summary>The keys met so far in each of the dictionaries that are open, one inside another, and the bytes of their values.</summary>
/// <remarks>One table for each depth, emptied for the next dictionary there: updates have thousands of small ones.</remarks>
internal sealed class SeenKeys
{
    /// <summary>Emptying a table takes time with what it has held; one that grew beyond this is not kept.</summary>
    private const int MaxKept = 64;

    private readonly List<Dictionary<string, Range>?> _byDepth = [];

    /// <summary>Begins a dictionary.</summary>
    public void Enter(int depth)
    {
        while (_byDepth.Count <= depth)
        {
            _byDepth.Add(null);
        }

        if (_byDepth[depth] is { Count: <= MaxKept } used)
        {
            used.Clear();
        }
        else
        {
            _byDepth[depth] = new Dictionary<string, Range>(StringComparer.Ordinal);
        }
    }

    /// <summary>Notes a key of the dictionary at a depth.</summary>
    /// <returns>Its first value when it was there already, else null.</returns>
    public Range? Add(int depth, string key, Range value)
    {
        Dictionary<string, Range> keys = _byDepth[depth]!;
        return keys.TryAdd(key, value) ? null : keys[key];
    }
}
