using ESign.Pki.Transparency;

namespace ESign.Storage;

/// <summary>The nodes of a log's tree for roots and proofs: read only.</summary>
internal sealed class SqlMerkleNodeReader(SqlDatabase database) : IMerkleNodeStore
{
    public const string Select = "SELECT hash FROM audit_nodes WHERE level = @level AND position = @position";

    public async ValueTask<byte[]> ReadAsync(int level, long index, CancellationToken cancellationToken = default)
    {
        await foreach (byte[] hash in database.ReadAsync(Select, [("level", level), ("position", index)], static row => row.GetFieldValue<byte[]>(0), cancellationToken).ConfigureAwait(false))
        {
            return hash;
        }

        throw Missing(level, index);
    }

    public ValueTask WriteAsync(int level, long index, byte[] hash, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("只读的哈希树 / A tree opened for reading does not grow");

    public static KeyNotFoundException Missing(int level, long index) =>
        new($"哈希树缺少节点({level}, {index}) / The tree lacks node ({level}, {index})");
}
