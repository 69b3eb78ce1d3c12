using System.Collections.Concurrent;

namespace ESign.Pki.Transparency;

/// <summary>Keeps the nodes in memory: for tests, and for trees rebuilt from their records.</summary>
internal sealed class InMemoryMerkleNodeStore : IMerkleNodeStore
{
    private readonly ConcurrentDictionary<(int Level, long Index), byte[]> _nodes = new();

    /// <inheritdoc/>
    public ValueTask<byte[]> ReadAsync(int level, long index, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_nodes[(level, index)]);

    /// <inheritdoc/>
    public ValueTask WriteAsync(int level, long index, byte[] hash, CancellationToken cancellationToken = default)
    {
        _nodes[(level, index)] = hash;
        return ValueTask.CompletedTask;
    }
}
