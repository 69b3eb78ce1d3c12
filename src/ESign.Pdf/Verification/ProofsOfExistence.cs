namespace ESign.Pdf.Verification;

/// <summary>Since when what a revision holds is proven to exist, by the document timestamps made after it.</summary>
/// <remarks>ETSI EN 319 102-1 §5.6.2.3: a timestamp proves everything it covers, signatures, evidence and older timestamps alike.</remarks>
internal sealed class ProofsOfExistence
{
    private readonly List<(int Revision, DateTimeOffset Time)> _timestamps = [];

    /// <summary>Takes a document timestamp that was found good.</summary>
    /// <param name="revision">The index of the revision it covers, its own.</param>
    /// <param name="time">Its time.</param>
    public void Add(int revision, DateTimeOffset time) => _timestamps.Add((revision, time));

    /// <summary>The earliest proof for a signature of a revision; its own revision's timestamp is itself. Null without one.</summary>
    public DateTimeOffset? OfSignature(int revision) => Earliest(revision + 1);

    /// <summary>The earliest proof for other content of a revision, which a timestamp in the same revision covers too.</summary>
    public DateTimeOffset? OfContent(int revision) => Earliest(revision);

    private DateTimeOffset? Earliest(int fromRevision)
    {
        DateTimeOffset? earliest = null;
        foreach ((int revision, DateTimeOffset time) in _timestamps)
        {
            if (revision >= fromRevision && (earliest is null || time < earliest))
            {
                earliest = time;
            }
        }

        return earliest;
    }
}
