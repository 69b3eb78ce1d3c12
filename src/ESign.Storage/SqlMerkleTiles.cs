using System.Data.Common;
using ESign.Pki.Transparency;

namespace ESign.Storage;

/// <summary>The nodes of a log's tree, read from and written to tiles. Every tile is read once; what is written stays here until <see cref="FlushAsync"/>.</summary>
internal sealed class SqlMerkleTiles(SqlDatabase database, DbConnection? connection = null, DbTransaction? transaction = null) : IMerkleNodeStore
{
    private const string Select = "SELECT hashes FROM audit_tiles WHERE level = @level AND position = @position";
    private const string Upsert =
        "INSERT INTO audit_tiles (level, position, hashes) VALUES (@level, @position, @hashes) ON CONFLICT (level, position) DO UPDATE SET hashes = excluded.hashes";

    private readonly Dictionary<(int Level, long Position), MerkleTile> _tiles = [];

    public async ValueTask<byte[]> ReadAsync(int level, long index, CancellationToken cancellationToken = default)
    {
        int above = level % MerkleTile.Height; // how many levels of the tile itself lie between
        long first = index << above;
        MerkleTile tile = await FindAsync(level / MerkleTile.Height, first / MerkleTile.Width, cancellationToken).ConfigureAwait(false);
        return tile.Root((int)(first % MerkleTile.Width), 1 << above)
            ?? throw new KeyNotFoundException($"哈希树缺少节点({level}, {index}) / The tree lacks node ({level}, {index})");
    }

    public async ValueTask WriteAsync(int level, long index, byte[] hash, CancellationToken cancellationToken = default)
    {
        if (transaction is null)
        {
            throw new InvalidOperationException("只读的哈希树 / A tree opened for reading does not grow");
        }

        if (level % MerkleTile.Height == 0) // the levels between follow from these
        {
            MerkleTile tile = await FindAsync(level / MerkleTile.Height, index / MerkleTile.Width, cancellationToken).ConfigureAwait(false);
            tile.Set((int)(index % MerkleTile.Width), hash);
        }
    }

    /// <summary>Stores what was written.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        foreach (((int level, long position), MerkleTile tile) in _tiles)
        {
            if (tile.IsDirty)
            {
                using DbCommand command = SqlDatabase.Create(connection!, transaction, Upsert, [("level", level), ("position", position), ("hashes", tile.Encode())]);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                tile.IsDirty = false;
            }
        }
    }

    private async ValueTask<MerkleTile> FindAsync(int level, long position, CancellationToken cancellationToken)
    {
        if (_tiles.TryGetValue((level, position), out MerkleTile? tile))
        {
            return tile;
        }

        byte[] stored = await ReadTileAsync([("level", level), ("position", position)], cancellationToken).ConfigureAwait(false) ?? [];
        return _tiles[(level, position)] = new MerkleTile(stored);
    }

    private async ValueTask<byte[]?> ReadTileAsync(IEnumerable<(string, object?)> parameters, CancellationToken cancellationToken)
    {
        if (connection is not null)
        {
            using DbCommand command = SqlDatabase.Create(connection, transaction, Select, parameters);
            return (byte[]?)await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }

        return (byte[]?)await database.ScalarAsync(Select, parameters, cancellationToken).ConfigureAwait(false);
    }
}
