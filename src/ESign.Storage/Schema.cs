using System.Data.Common;
using System.Globalization;

namespace ESign.Storage;

/// <summary>The tables, step by step: a step once released is never changed, only followed by another.</summary>
internal static class Schema
{
    // {blob} is the only word in which the two databases differ.
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE certificates (
            issuer_id TEXT NOT NULL,
            serial TEXT NOT NULL,
            profile TEXT NOT NULL,
            subject TEXT NOT NULL,
            credit_code TEXT,
            pseudonym TEXT,
            key_hash TEXT NOT NULL,
            not_before BIGINT NOT NULL,
            not_after BIGINT NOT NULL,
            crl_partition INTEGER NOT NULL,
            evidence TEXT,
            tbs {blob} NOT NULL,
            intended_at BIGINT NOT NULL,
            status INTEGER NOT NULL,
            certificate {blob},
            issued_at BIGINT,
            revoked_at BIGINT,
            reason INTEGER,
            invalidity_date BIGINT,
            changed_at BIGINT,
            refusal TEXT,
            PRIMARY KEY (issuer_id, serial)
        );
        CREATE INDEX certificates_changed ON certificates (issuer_id, changed_at) WHERE changed_at IS NOT NULL;
        CREATE INDEX certificates_compromised ON certificates (key_hash) WHERE reason = 1;
        CREATE INDEX certificates_code ON certificates (credit_code) WHERE credit_code IS NOT NULL;
        CREATE INDEX certificates_person ON certificates (pseudonym) WHERE pseudonym IS NOT NULL;
        CREATE INDEX certificates_end ON certificates (not_after);
        CREATE TABLE crl_numbers (issuer_id TEXT PRIMARY KEY, last_number BIGINT NOT NULL);
        """,
        """
        CREATE TABLE audit_records (position BIGINT PRIMARY KEY, record {blob} NOT NULL);
        CREATE TABLE audit_nodes (level INTEGER NOT NULL, position BIGINT NOT NULL, hash {blob} NOT NULL, PRIMARY KEY (level, position));
        CREATE TABLE audit_checkpoints (size BIGINT PRIMARY KEY, note TEXT NOT NULL, token {blob});
        CREATE TABLE access_tokens (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            roles INTEGER NOT NULL,
            secret_hash {blob} NOT NULL,
            created_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            issuer TEXT,
            revoked_at BIGINT,
            enrolment {blob},
            enrolled INTEGER NOT NULL
        );
        """,
        """
        CREATE TABLE applications (
            kind INTEGER NOT NULL,
            id TEXT NOT NULL,
            credit_code TEXT,
            state INTEGER NOT NULL,
            version BIGINT NOT NULL,
            content {blob} NOT NULL,
            PRIMARY KEY (kind, id)
        );
        CREATE INDEX applications_state ON applications (kind, state);
        CREATE UNIQUE INDEX applications_account ON applications (credit_code) WHERE kind = 2 AND state = 2;
        """,

        // The tree in tiles of 256 hashes in place of one row a hash; SqlTransparencyLog makes them from the records once.
        """
        DROP TABLE audit_nodes;
        CREATE TABLE audit_tiles (level INTEGER NOT NULL, position BIGINT NOT NULL, hashes {blob} NOT NULL, PRIMARY KEY (level, position));
        """,

        // Sealed records take the place of applications in clear, which no program of this project ever wrote.
        """
        DROP TABLE applications;
        CREATE TABLE records (
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            version BIGINT NOT NULL,
            state TEXT NOT NULL,
            due_at BIGINT,
            content {blob} NOT NULL,
            PRIMARY KEY (kind, id)
        );
        CREATE INDEX records_state ON records (kind, state, id);
        CREATE INDEX records_due ON records (kind, due_at) WHERE due_at IS NOT NULL;
        CREATE TABLE record_keys (
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            value TEXT NOT NULL,
            is_unique INTEGER NOT NULL,
            PRIMARY KEY (kind, value, id)
        );
        CREATE INDEX record_keys_of ON record_keys (kind, id);
        CREATE UNIQUE INDEX record_keys_unique ON record_keys (kind, value) WHERE is_unique = 1;
        ALTER TABLE access_tokens ADD COLUMN operator TEXT;
        """,

        // Whose a record is, so that a page of one client's is read by an index. What is there gets its owner from the service, which has the keys.
        """
        ALTER TABLE records ADD COLUMN owner TEXT;
        CREATE INDEX records_owner ON records (kind, owner, id);
        CREATE INDEX records_owner_state ON records (kind, owner, state, id);
        """,

        // Who answers for a token, and which ones only set administrators up: earlier programs named those.
        """
        ALTER TABLE access_tokens ADD COLUMN responsible TEXT;
        ALTER TABLE access_tokens ADD COLUMN purpose INTEGER NOT NULL DEFAULT 0;
        UPDATE access_tokens SET responsible = operator;
        UPDATE access_tokens SET purpose = 1 WHERE operator IS NULL AND roles = 8 AND name IN ('first administrator', 'recovered administrator');
        """,

        // What an authority issued is listed page by page, the oldest first: each page is read by an index.
        """
        CREATE INDEX certificates_intended ON certificates (issuer_id, intended_at, serial);
        """,
    ];

    /// <summary>Brings an open database up to date. The caller holds a lock against other migrations.</summary>
    /// <param name="connection">The connection, inside the caller's transaction.</param>
    /// <param name="transaction">That transaction.</param>
    /// <param name="blobType">BLOB or BYTEA.</param>
    public static void Migrate(DbConnection connection, DbTransaction transaction, string blobType)
    {
        Execute("CREATE TABLE IF NOT EXISTS esign_schema (version INTEGER NOT NULL)");
        object? current = Scalar("SELECT MAX(version) FROM esign_schema");
        int version = current is null or DBNull ? 0 : Convert.ToInt32(current, CultureInfo.InvariantCulture);
        if (version > Steps.Length)
        {
            throw new InvalidOperationException($"数据库版本 {version} 比本程序（{Steps.Length}）新 / The database has schema version {version}, newer than this program's {Steps.Length}");
        }

        for (; version < Steps.Length; version++)
        {
            Execute(Steps[version].Replace("{blob}", blobType, StringComparison.Ordinal));
            Execute(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO esign_schema (version) VALUES ({version + 1})"));
        }

        void Execute(string sql)
        {
            using DbCommand command = Create(sql);
            command.ExecuteNonQuery();
        }

        object? Scalar(string sql)
        {
            using DbCommand command = Create(sql);
            return command.ExecuteScalar();
        }

        DbCommand Create(string sql)
        {
            DbCommand command = connection.CreateCommand();
            command.CommandText = sql;
            command.Transaction = transaction;
            return command;
        }
    }
}
