namespace ESign.Pki.Transparency;

/// <summary>Keeps the hashes of complete subtrees: node <c>(level, index)</c> covers leaves <c>index·2^level</c> to <c>(index+1)·2^level − 1</c>.</summary>
internal interface IMerkleNodeStore
{
    /// <summary>Reads one node.</summary>
    /// <param name="level">0 for leaves.</param>
    /// <param name="index">The position in its level, from 0.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The 32-byte hash; an error is thrown when the node was never written.</returns>
    ValueTask<byte[]> ReadAsync(int level, long index, CancellationToken cancellationToken = default);

    /// <summary>Writes one node, once.</summary>
    /// <param name="level">0 for leaves.</param>
    /// <param name="index">The position in its level, from 0.</param>
    /// <param name="hash">The 32-byte hash.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that ends when the node is kept.</returns>
    ValueTask WriteAsync(int level, long index, byte[] hash, CancellationToken cancellationToken = default);
}
