using ESign.Pdf.Document;
using ESign.Pdf.Syntax;
using ESign.Pki.Cms;
using ESign.Pki.Keys;

namespace ESign.Pdf.Verification;

/// <summary>The digests of the byte ranges of all signatures, computed in one pass over the file.</summary>
/// <remarks>
/// Every byte range starts at 0, so one running digest per algorithm serves them all: at a gap it is cloned, and the clone
/// goes on with the bytes after the gap. Memory is flat; the file is read once, however many signatures there are.
/// </remarks>
internal sealed class RangeDigests
{
    private const int Step = 128 << 10;

    private readonly ByteSource _source;
    private readonly Dictionary<(ByteRange Range, DigestAlgorithm Algorithm), byte[]> _digests = [];

    private RangeDigests(ByteSource source) => _source = source;

    /// <summary>Digests every range with its algorithm.</summary>
    public static RangeDigests Compute(ByteSource source, IEnumerable<(ByteRange Range, DigestAlgorithm Algorithm)> wanted, CancellationToken cancellationToken)
    {
        var digests = new RangeDigests(source);
        var waiting = new PriorityQueue<(ByteRange Range, DigestAlgorithm Algorithm), long>(
            wanted.Distinct().Select(each => (each, each.Range.FirstLength)));
        if (waiting.Count > 0)
        {
            digests.Run(waiting, cancellationToken);
        }

        return digests;
    }

    /// <summary>A range as the content of a signature; what was not asked for beforehand is computed when it is needed.</summary>
    public SignedContent ContentOf(ByteRange range) => SignedContent.FromDigester((algorithm, prefix) =>
        prefix.IsEmpty && _digests.TryGetValue((range, algorithm), out byte[]? known) ? known : Recompute(range, algorithm, prefix));

    private void Run(PriorityQueue<(ByteRange Range, DigestAlgorithm Algorithm), long> waiting, CancellationToken cancellationToken)
    {
        Dictionary<DigestAlgorithm, RunningDigest> prefixes = [];
        foreach (((ByteRange _, DigestAlgorithm algorithm), long _) in waiting.UnorderedItems)
        {
            if (!prefixes.ContainsKey(algorithm))
            {
                prefixes[algorithm] = algorithm.Start();
            }
        }

        var tails = new List<Tail>();
        try
        {
            long end = waiting.UnorderedItems.Max(each => Math.Max(each.Element.Range.FirstLength, each.Element.Range.End));
            _source.Pass(Math.Min(end, _source.Length), (position, block) => Take(position, block, waiting, prefixes, tails), cancellationToken);
            Branch(end, waiting, prefixes, tails); // a range that ends where the file does
            Feed(tails, end, []);
        }
        finally
        {
            foreach (RunningDigest digest in prefixes.Values.Concat(tails.Select(tail => tail.Digest)))
            {
                digest.Dispose();
            }
        }
    }

    /// <summary>A block of the pass, in pieces that end at gaps.</summary>
    private void Take(long position, ReadOnlySpan<byte> block, PriorityQueue<(ByteRange Range, DigestAlgorithm Algorithm), long> waiting, Dictionary<DigestAlgorithm, RunningDigest> prefixes, List<Tail> tails)
    {
        while (block.Length > 0)
        {
            Branch(position, waiting, prefixes, tails);
            int length = waiting.TryPeek(out _, out long gap) ? (int)Math.Min(block.Length, gap - position) : block.Length;
            ReadOnlySpan<byte> piece = block[..length];
            if (waiting.Count > 0)
            {
                foreach (RunningDigest prefix in prefixes.Values)
                {
                    prefix.Append(piece);
                }
            }

            Feed(tails, position, piece);
            position += length;
            block = block[length..];
        }
    }

    /// <summary>At a gap the digest of everything before it goes on as a clone.</summary>
    private static void Branch(long position, PriorityQueue<(ByteRange Range, DigestAlgorithm Algorithm), long> waiting, Dictionary<DigestAlgorithm, RunningDigest> prefixes, List<Tail> tails)
    {
        while (waiting.TryPeek(out (ByteRange Range, DigestAlgorithm Algorithm) next, out long gap) && gap == position)
        {
            waiting.Dequeue();
            tails.Add(new Tail(next.Range, prefixes[next.Algorithm].Clone()));
        }
    }

    private void Feed(List<Tail> tails, long position, ReadOnlySpan<byte> bytes)
    {
        for (int i = tails.Count - 1; i >= 0; i--)
        {
            Tail tail = tails[i];
            long from = Math.Max(tail.Range.SecondStart, position);
            long to = Math.Min(tail.Range.End, position + bytes.Length);
            if (from < to)
            {
                tail.Digest.Append(bytes[(int)(from - position)..(int)(to - position)]);
            }

            if (tail.Range.End <= position + bytes.Length)
            {
                _digests[(tail.Range, tail.Digest.Algorithm)] = tail.Digest.GetCurrentDigest();
                tail.Digest.Dispose();
                tails.RemoveAt(i);
            }
        }
    }

    private byte[] Recompute(ByteRange range, DigestAlgorithm algorithm, ReadOnlyMemory<byte> prefix)
    {
        using RunningDigest digest = algorithm.Start();
        digest.Append(prefix.Span);
        Append(digest, 0, range.FirstLength);
        Append(digest, range.SecondStart, range.End);
        return digest.GetCurrentDigest();
    }

    private void Append(RunningDigest digest, long from, long to)
    {
        while (from < to)
        {
            int length = (int)Math.Min(Step, to - from);
            digest.Append(_source.Window(from, length)[..length]);
            from += length;
        }
    }

    private sealed record Tail(ByteRange Range, RunningDigest Digest);
}
