using ESign.Pdf.Document;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>The files that several items of a batch sign, each hashed once, when the first item asks for it.</summary>
internal sealed class HashedTemplates : IDisposable
{
    private readonly Dictionary<string, Lazy<Task<RevisionChain>>> _chains = new(StringComparer.Ordinal);

    public HashedTemplates(IEnumerable<BatchItem> items)
    {
        foreach (IGrouping<string, BatchItem> shared in items.GroupBy(item => item.InputPath, StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
        {
            DigestAlgorithm[] digests = [.. shared.SelectMany(item => SigningSession.DigestsNeeded(item.Credential.Key.Algorithm.Digest, item.Options.Level)).Distinct()];
            _chains[shared.Key] = new Lazy<Task<RevisionChain>>(() => HashAsync(shared.Key, digests));
        }
    }

    /// <summary>The hashed chain of a file that several items sign; none for a file of its own.</summary>
    public async ValueTask<RevisionChain?> FindAsync(string path, CancellationToken cancellationToken) =>
        _chains.TryGetValue(path, out Lazy<Task<RevisionChain>>? chain) ? await chain.Value.WaitAsync(cancellationToken).ConfigureAwait(false) : null;

    public void Dispose()
    {
        foreach (Lazy<Task<RevisionChain>> chain in _chains.Values)
        {
            if (chain is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            {
                chain.Value.Result.Dispose();
            }
        }
    }

    private static async Task<RevisionChain> HashAsync(string path, DigestAlgorithm[] digests)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (file.ConfigureAwait(false))
        {
            var chain = new RevisionChain(file, digests);
            await chain.HashOriginalAsync(copyTo: null, CancellationToken.None).ConfigureAwait(false);
            return chain;
        }
    }
}
