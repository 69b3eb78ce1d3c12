using System.Collections.Concurrent;
using ESign.Pdf.Document;
using ESign.Pki.Certificates;

namespace ESign.Pdf.Signing;

/// <summary>Signs many documents, or one document many times, hashing what they have in common once.</summary>
/// <remarks>
/// Every signature covers its file from the first byte, so the running digest of a shared beginning is computed once and
/// continued for each signature. Thread-safe; credentials stay the caller's.
/// </remarks>
public sealed class BatchSigner
{
    private readonly int _maximumParallelism;
    private readonly TimeProvider _clock;

    /// <summary>Makes a batch signer.</summary>
    /// <param name="maximumParallelism">How many items are signed at once; as many as there are processors by default. Remote keys and timestamp authorities may bear more.</param>
    /// <param name="clock">The clock for claimed times; the system's by default.</param>
    public BatchSigner(int? maximumParallelism = null, TimeProvider? clock = null)
    {
        _maximumParallelism = maximumParallelism ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_maximumParallelism, nameof(maximumParallelism));
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Signs all items, several at once. An item that fails does not stop the others.</summary>
    /// <param name="items">What to sign: any mixture of documents, signers and recipients.</param>
    /// <param name="progress">Told of every item when it is done, one at a time; calls may come from any thread.</param>
    /// <param name="cancellationToken">Stops: items under way leave no file, items done keep theirs.</param>
    /// <returns>A result for every item, in their order.</returns>
    /// <exception cref="ArgumentException">Two items write the same file, or one writes what another signs.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; <paramref name="progress"/> has told which items are done.</exception>
    public async Task<IReadOnlyList<BatchResult>> SignAsync(IReadOnlyList<BatchItem> items, IProgress<BatchResult>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        RefuseCollisions(items);
        var results = new BatchResult[items.Count];
        var makers = new ConcurrentDictionary<SigningCredential, CmsSignatureMaker>(ReferenceEqualityComparer.Instance);
        using var templates = new HashedTemplates(items);
        var reporting = new Lock();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _maximumParallelism, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, items.Count, parallel, async (index, token) =>
        {
            BatchResult result = await SignOneAsync(items[index], templates, makers, token).ConfigureAwait(false);
            results[index] = result;
            lock (reporting)
            {
                progress?.Report(result);
            }
        }).ConfigureAwait(false);
        return results;
    }

    /// <summary>Signs one document for several parties in turn, in one pass over its bytes; the output appears whole or not at all.</summary>
    /// <param name="inputPath">The document, best written by a <see cref="SigningPlan"/>.</param>
    /// <param name="outputPath">The document with all signatures; may be the input.</param>
    /// <param name="parties">Who signs in which order, and what and where; of a plan: <see cref="SigningPlan.OptionsFor"/>. Credentials stay the caller's.</param>
    /// <param name="progress">Told the number of parties that have signed.</param>
    /// <param name="cancellationToken">Stops; nothing is written then.</param>
    /// <returns>A receipt for every party. Its <see cref="SignatureReceipt.Length"/> is that of the file when the party had signed.</returns>
    /// <exception cref="ArgumentException">There are no parties.</exception>
    /// <inheritdoc cref="PdfSigner.SignAsync(Stream, Stream, SignatureOptions?, CancellationToken)" path="/exception"/>
    public Task<IReadOnlyList<SignatureReceipt>> SignInTurnAsync(
        string inputPath, string outputPath, IReadOnlyList<(SigningCredential Credential, SignatureOptions Options)> parties, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(inputPath);
        ArgumentException.ThrowIfNullOrEmpty(outputPath);
        ArgumentNullException.ThrowIfNull(parties);
        ArgumentOutOfRangeException.ThrowIfZero(parties.Count, nameof(parties));
        return WholeFile.WriteAsync(inputPath, outputPath, (input, output) => SignInTurnAsync(input, output, parties, progress, cancellationToken));
    }

    /// <summary>Items run in any order, so that none may depend on another.</summary>
    private static void RefuseCollisions(IReadOnlyList<BatchItem> items)
    {
        var inputs = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (BatchItem item in items)
        {
            string input = Path.GetFullPath(item.InputPath);
            inputs[input] = inputs.GetValueOrDefault(input) + 1;
        }

        var outputs = new HashSet<string>(StringComparer.Ordinal);
        foreach (BatchItem item in items)
        {
            string output = Path.GetFullPath(item.OutputPath);
            int others = inputs.GetValueOrDefault(output) - (Path.GetFullPath(item.InputPath) == output ? 1 : 0);
            if (!outputs.Add(output) || others > 0)
            {
                throw new ArgumentException($"{item.OutputPath} 是多个批次项的输出，或是另一项的输入 / {item.OutputPath} is written by several items, or signed by another item.", nameof(items));
            }
        }
    }

    private async Task<IReadOnlyList<SignatureReceipt>> SignInTurnAsync(Stream input, Stream output, IReadOnlyList<(SigningCredential Credential, SignatureOptions Options)> parties, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        using AppendableDocument file = AppendableDocument.Open(input, parties[0].Options.Password);
        using var chain = new RevisionChain(file.Stream, parties.SelectMany(party => SigningSession.DigestsNeeded(party.Credential.Key.Algorithm.Digest, party.Options.Level)));
        await chain.HashOriginalAsync(copyTo: output, cancellationToken).ConfigureAwait(false);
        var receipts = new List<SignatureReceipt>(parties.Count);
        foreach ((SigningCredential Credential, SignatureOptions Options) party in parties)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var session = new SigningSession(_ => DraftedInput.Continue(file, chain, party.Options), MakerOf(party.Credential), party.Options, _clock);
            SignatureReceipt receipt = await session.AppendAsync(party.Credential.Key, hashing: Task.CompletedTask, cancellationToken).ConfigureAwait(false);
            receipts.Add(receipts.Count == 0 ? receipt with { Notes = [.. file.Notes(), .. receipt.Notes] } : receipt);
            progress?.Report(receipts.Count);
        }

        await chain.WriteAppendedAsync(output, cancellationToken).ConfigureAwait(false);
        return receipts;
    }

    private async Task<BatchResult> SignOneAsync(BatchItem item, HashedTemplates templates, ConcurrentDictionary<SigningCredential, CmsSignatureMaker> makers, CancellationToken cancellationToken)
    {
        try
        {
            CmsSignatureMaker maker = makers.GetOrAdd(item.Credential, MakerOf);
            RevisionChain? hashed = await templates.FindAsync(item.InputPath, cancellationToken).ConfigureAwait(false);
            SignatureReceipt receipt = await WholeFile.WriteAsync(item.InputPath, item.OutputPath, async (input, output) =>
            {
                using var session = new SigningSession(digests => DraftedInput.Open(input, item.Options, digests, hashed), maker, item.Options, _clock);
                return await session.SignAsync(item.Credential.Key, output, cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
            return new BatchResult(item, receipt, Error: null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new BatchResult(item, Receipt: null, exception);
        }
    }

    private static CmsSignatureMaker MakerOf(SigningCredential credential) => new(credential.Certificate, credential.Issuers, credential.Key.Algorithm);
}
