using System.Data.Common;
using ESign.Pki.Transparency;

namespace ESign.Storage;

/// <summary>The nodes of a log's tree inside the transaction that appends to it.</summary>
internal sealed class SqlMerkleNodeStore(DbConnection connection, DbTransaction transaction) : IMerkleNodeStore
{
    public async ValueTask<byte[]> ReadAsync(int level, long index, CancellationToken cancellationToken = default)
    {
        using DbCommand command = SqlDatabase.Create(connection, transaction, SqlMerkleNodeReader.Select, [("level", level), ("position", index)]);
        return (byte[]?)await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) ?? throw SqlMerkleNodeReader.Missing(level, index);
    }

    public async ValueTask WriteAsync(int level, long index, byte[] hash, CancellationToken cancellationToken = default)
    {
        using DbCommand command = SqlDatabase.Create(
            connection, transaction, "INSERT INTO audit_nodes (level, position, hash) VALUES (@level, @position, @hash)", [("level", level), ("position", index), ("hash", hash)]);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
