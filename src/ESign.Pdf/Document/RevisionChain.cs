using System.Buffers;
using ESign.Pdf.Syntax;
using ESign.Pki.Keys;
using Microsoft.Win32.SafeHandles;

namespace ESign.Pdf.Document;

/// <summary>An original file and the revisions appended to it so far, with running digests over all of it.</summary>
/// <remarks>
/// The original is read once, whatever number of signatures and timestamps follow: every <c>/ByteRange</c> starts at 0, so each
/// needs only the running digest so far and the bytes appended since. The original is never held in memory.
/// </remarks>
internal sealed class RevisionChain : IDisposable
{
    private const int ChunkSize = 256 * 1024;

    private const string BecameShorter = "The input became shorter while it was being signed.";

    private readonly Stream _original;
    private readonly List<AppendedSection> _appended = [];
    private readonly RunningDigest[] _digests;
    private bool _originalHashed;

    /// <summary>Starts a chain.</summary>
    /// <param name="original">The original file; seekable, read from 0, never closed.</param>
    /// <param name="algorithms">The digests that signatures and timestamps of this chain will need.</param>
    public RevisionChain(Stream original, params IEnumerable<DigestAlgorithm> algorithms)
    {
        _original = original;
        OriginalLength = original.Length;
        _digests = [.. algorithms.Distinct().Select(algorithm => algorithm.Start())];
    }

    private RevisionChain(RevisionChain template, Stream original)
    {
        _original = original;
        OriginalLength = template.OriginalLength;
        _digests = [.. template._digests.Select(digest => digest.Clone())];
        _originalHashed = template._originalHashed;
    }

    /// <summary>The finished revisions, oldest first.</summary>
    public IReadOnlyList<AppendedSection> Appended => _appended;

    /// <summary>The length of the original.</summary>
    public long OriginalLength { get; }

    /// <summary>The length of the file with everything appended so far.</summary>
    public long Length { get; private set; }

    /// <summary>
    /// A new chain on the same, already hashed original: what makes signing one template many times cheap. Safe for use by
    /// many threads, each with a stream of its own over the same bytes.
    /// </summary>
    /// <param name="original">The same file.</param>
    public RevisionChain Fork(Stream original)
    {
        if (_appended.Count > 0 || !_originalHashed || original.Length != OriginalLength)
        {
            throw new InvalidOperationException("Only a hashed chain without revisions can be forked, over the same file.");
        }

        lock (_digests)
        {
            return new RevisionChain(this, original) { Length = Length };
        }
    }

    /// <summary>Whether hashing goes on beside the caller and leaves the position of the original's stream alone.</summary>
    /// <param name="copyTo">As it is given to <see cref="HashOriginalAsync"/>.</param>
    public bool CanBeReadWhileHashed(Stream? copyTo) =>
        OriginalLength >= OriginalCopy.WorthwhileFrom && FilePass.IsPlainFile(_original) && (copyTo is null || FilePass.IsPlainFile(copyTo));

    /// <summary>Reads the original once: hashes it and, when asked to, copies it.</summary>
    public async ValueTask HashOriginalAsync(Stream? copyTo, CancellationToken cancellationToken)
    {
        if (_originalHashed)
        {
            if (copyTo is not null)
            {
                await CopyOriginalAsync(copyTo, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        if (copyTo is not null && OriginalCopy.TryStart(_original, OriginalLength, copyTo, cancellationToken) is { } copying)
        {
            // Both are waited for whatever becomes of either: nobody may touch the streams after this returns.
            await Task.WhenAll(copying, ReadOriginalAsync(hash: true, copyTo: null, cancellationToken).AsTask()).ConfigureAwait(false);
        }
        else
        {
            await ReadOriginalAsync(hash: true, copyTo, cancellationToken).ConfigureAwait(false);
        }

        _originalHashed = true;
        Length = OriginalLength;
    }

    /// <summary>Appends a finished revision, whose bytes will not change any more, and disposes of it in the end.</summary>
    public void Append(AppendedSection revision)
    {
        Hash(revision.Bytes.Span);

        _appended.Add(revision);
        Length += revision.Bytes.Length;
    }

    /// <summary>The digest of the file so far followed by the covered parts of a revision that is about to be appended.</summary>
    public byte[] DigestWith(DigestAlgorithm algorithm, ReadOnlySpan<byte> beforeGap, ReadOnlySpan<byte> afterGap)
    {
        using RunningDigest digest = _digests.First(running => running.Algorithm == algorithm).Clone();
        digest.Append(beforeGap);
        digest.Append(afterGap);
        return digest.GetCurrentDigest();
    }

    /// <summary>Copies the original bytes, untouched.</summary>
    public ValueTask CopyOriginalAsync(Stream output, CancellationToken cancellationToken) =>
        OriginalCopy.TryStart(_original, OriginalLength, output, cancellationToken) is { } copying
            ? new ValueTask(copying)
            : ReadOriginalAsync(hash: false, output, cancellationToken);

    /// <summary>Writes everything appended.</summary>
    public async ValueTask WriteAppendedAsync(Stream output, CancellationToken cancellationToken)
    {
        if (_appended is [AppendedSection only])
        {
            await WriteAsync(output, only.Bytes, cancellationToken).ConfigureAwait(false);
            return;
        }

        // In one piece: each write to a file may cost two changes of threads.
        using OutputBuffer all = CopyAppended();
        await WriteAsync(output, all.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A copy of everything appended, the caller's to dispose of.</summary>
    public OutputBuffer CopyAppended()
    {
        var all = new OutputBuffer((int)Math.Min(_appended.Sum(revision => (long)revision.Bytes.Length), Array.MaxLength));
        foreach (AppendedSection revision in _appended)
        {
            all.Write(revision.Bytes.Span);
        }

        return all;
    }

    public void Dispose()
    {
        foreach (RunningDigest digest in _digests)
        {
            digest.Dispose();
        }

        foreach (AppendedSection revision in _appended)
        {
            revision.Dispose();
        }
    }

    private async ValueTask ReadOriginalAsync(bool hash, Stream? copyTo, CancellationToken cancellationToken)
    {
        if (_original is MemoryStream memory && memory.TryGetBuffer(out ArraySegment<byte> all))
        {
            // Piece by piece: what was just hashed is still in the processor's cache when it is copied.
            Memory<byte> rest = all.AsMemory(0, checked((int)OriginalLength));
            while (rest.Length > 0)
            {
                int length = Math.Min(ChunkSize, rest.Length);
                await TakeAsync(rest[..length], hash, copyTo, cancellationToken).ConfigureAwait(false);
                rest = rest[length..];
            }

            return;
        }

        if (FilePass.IsPlainFile(_original) && (copyTo is null || FilePass.IsPlainFile(copyTo)))
        {
            SafeFileHandle file = ((FileStream)_original).SafeFileHandle; // to ask for it touches the stream's buffer, which is this thread's
            if (OriginalLength < OriginalCopy.WorthwhileFrom)
            {
                ReadFile(file, hash, (FileStream?)copyTo, cancellationToken);
            }
            else
            {
                await Task.Run(() => CopyFile(file, hash, (FileStream?)copyTo, cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(OriginalLength, 1, ChunkSize));
        try
        {
            _original.Position = 0;
            for (long left = OriginalLength; left > 0;)
            {
                int read = await _original.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    throw new EndOfStreamException(BecameShorter);
                }

                await TakeAsync(buffer.AsMemory(0, read), hash, copyTo, cancellationToken).ConfigureAwait(false);
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Shares the original's blocks with the output where that can be, otherwise copies them into room reserved at once.</summary>
    private void CopyFile(SafeFileHandle file, bool hash, FileStream? copyTo, CancellationToken cancellationToken)
    {
        long start = copyTo?.Position ?? 0;
        bool isShared = copyTo is not null && OriginalCopy.TryShare(file, OriginalLength, copyTo);
        if (copyTo is not null && !isShared)
        {
            OriginalCopy.Reserve(copyTo, OriginalLength);
        }

        ReadFile(file, hash, isShared ? null : copyTo, cancellationToken);
        if (copyTo is not null)
        {
            copyTo.Position = start + OriginalLength;
        }
    }

    /// <summary>
    /// Without a change of threads for every block, which is what asynchronous reading of a file is. Where a processor is free for
    /// it, another thread reads ahead, and copies what it has read while it is still in its cache.
    /// </summary>
    private void ReadFile(SafeFileHandle file, bool hash, FileStream? copyTo, CancellationToken cancellationToken)
    {
        if (hash && Environment.ProcessorCount > 1 && OriginalLength >= (copyTo is null ? FilePass.WorthwhileFrom : OriginalCopy.WorthwhileFrom))
        {
            long start = copyTo?.Position ?? 0;
            SafeFileHandle? output = copyTo?.SafeFileHandle;
            FilePass.Run(file, 0, OriginalLength, (_, bytes) => Hash(bytes), cancellationToken, output is null ? null : (position, bytes) => RandomAccess.Write(output, bytes, start + position));
        }
        else if (hash || copyTo is not null)
        {
            ReadBlocks(file, hash, copyTo, cancellationToken);
        }
    }

    private void ReadBlocks(SafeFileHandle file, bool hash, FileStream? copyTo, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(OriginalLength, 1, ChunkSize));
        try
        {
            for (long position = 0; position < OriginalLength;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, OriginalLength - position)), position);
                if (read == 0)
                {
                    throw new EndOfStreamException(BecameShorter);
                }

                if (hash)
                {
                    Hash(buffer.AsSpan(0, read));
                }

                copyTo?.Write(buffer.AsSpan(0, read));
                position += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Hash(ReadOnlySpan<byte> bytes)
    {
        foreach (RunningDigest digest in _digests)
        {
            digest.Append(bytes);
        }
    }

    /// <summary>A few kilobytes reach a file sooner than another thread would be there to write them.</summary>
    private static ValueTask WriteAsync(Stream output, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (bytes.Length >= OriginalCopy.WorthwhileFrom || !FilePass.IsPlainFile(output))
        {
            return output.WriteAsync(bytes, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        output.Write(bytes.Span);
        return ValueTask.CompletedTask;
    }

    private ValueTask TakeAsync(ReadOnlyMemory<byte> bytes, bool hash, Stream? copyTo, CancellationToken cancellationToken)
    {
        if (hash)
        {
            Hash(bytes.Span);
        }

        return copyTo is null ? ValueTask.CompletedTask : copyTo.WriteAsync(bytes, cancellationToken);
    }
}
