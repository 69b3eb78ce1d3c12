using ESign.Registration.Access;
using ESign.Registration.Records;
using ESign.Testing;
using Microsoft.Data.Sqlite;

namespace ESign.Storage.Tests;

/// <summary>A database of an earlier program is brought up to date when it is opened.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task Records_and_tokens_of_version_5_are_kept_and_the_first_token_is_known_as_such()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathTo("esign.db");
        IRecordStore store = SqlRecordStore.OpenSqlite(path);
        await store.AddAsync(new StoredRecord { Kind = "person", Id = "p1", State = "Approved", Content = "sealed"u8.ToArray() });
        SqlAccessTokenStore tokens = SqlAccessTokenStore.OpenSqlite(path);
        await tokens.AddAsync(Token("aa", "first administrator", AccessRoles.Administrator, login: null));
        await tokens.AddAsync(Token("bb", "first administrator", AccessRoles.Officer, login: null)); // only called so
        await tokens.AddAsync(Token("cc", "张三", AccessRoles.Administrator, login: "zhang.san"));
        Execute(
            path,
            "DROP INDEX certificates_intended; DROP INDEX records_owner; DROP INDEX records_owner_state; ALTER TABLE records DROP COLUMN owner; ALTER TABLE access_tokens DROP COLUMN purpose; ALTER TABLE access_tokens DROP COLUMN responsible; DELETE FROM esign_schema WHERE version > 5");

        store = SqlRecordStore.OpenSqlite(path);
        StoredRecord record = (await store.FindAsync("person", "p1"))!;
        Assert.Equal(("Approved", null), (record.State, record.Owner));
        tokens = SqlAccessTokenStore.OpenSqlite(path);
        Assert.Equal((AccessTokenPurpose.Setup, null), await ReadAsync("aa"));
        Assert.Equal((AccessTokenPurpose.Work, null), await ReadAsync("bb"));
        Assert.Equal((AccessTokenPurpose.Work, "zhang.san"), await ReadAsync("cc"));

        async Task<(AccessTokenPurpose, string?)> ReadAsync(string id)
        {
            AccessToken token = (await tokens.FindAsync(id))!;
            return (token.Purpose, token.Responsible);
        }
    }

    private static AccessToken Token(string id, string name, AccessRoles roles, string? login) =>
        new() { Id = id, Name = name, Roles = roles, SecretHash = new byte[32], CreatedAt = default, ExpiresAt = default, Operator = login };

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection("Pooling=False;Data Source=" + path);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
