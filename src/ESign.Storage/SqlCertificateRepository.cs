using System.Data.Common;
using System.Text;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;
using Npgsql;

namespace ESign.Storage;

/// <summary>Certificates in SQLite, the default store and good for one server, or in PostgreSQL, for several that issue and answer together.</summary>
/// <remarks>
/// Times are UTC ticks. Every change is one statement: it is committed when it returns, and two writers cannot both
/// succeed with the same serial number or status change.
/// </remarks>
public sealed class SqlCertificateRepository : ICertificateRepository
{
    private const string Columns =
        "issuer_id, serial, profile, subject, credit_code, pseudonym, key_hash, not_before, not_after, crl_partition, evidence, tbs, intended_at, "
        + "status, certificate, issued_at, revoked_at, reason, invalidity_date, changed_at, refusal";

    private readonly SqlDatabase _database;

    private SqlCertificateRepository(SqlDatabase database) => _database = database;

    /// <summary>Opens the certificates in a SQLite file, making it where it is missing.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <returns>The repository.</returns>
    public static SqlCertificateRepository OpenSqlite(string path) => new(SqlDatabase.OpenSqlite(path));

    /// <summary>Opens the certificates in a PostgreSQL database.</summary>
    /// <param name="source">The database; the caller keeps and disposes it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The repository.</returns>
    public static async Task<SqlCertificateRepository> OpenPostgresAsync(NpgsqlDataSource source, CancellationToken cancellationToken = default) =>
        new(await SqlDatabase.OpenPostgresAsync(source, cancellationToken).ConfigureAwait(false));

    async ValueTask<bool> ICertificateRepository.TryRecordIntentAsync(IssuanceIntent intent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(intent);
        const string Sql =
            "INSERT INTO certificates (issuer_id, serial, profile, subject, credit_code, pseudonym, key_hash, not_before, not_after, crl_partition, evidence, tbs, intended_at, status) "
            + "VALUES (@issuer, @serial, @profile, @subject, @code, @pseudonym, @key, @from, @to, @partition, @evidence, @tbs, @intended, @status) "
            + "ON CONFLICT (issuer_id, serial) DO NOTHING";
        int rows = await _database.ExecuteAsync(
            Sql,
            [
                ("issuer", intent.IssuerId), ("serial", intent.SerialNumber), ("profile", intent.ProfileName), ("subject", intent.SubjectName),
                ("code", intent.CreditCode), ("pseudonym", intent.Pseudonym), ("key", intent.KeyHash), ("from", intent.NotBefore.UtcTicks),
                ("to", intent.NotAfter.UtcTicks), ("partition", intent.Partition), ("evidence", intent.EvidenceReference),
                ("tbs", intent.TbsCertificate.ToArray()), ("intended", intent.IntendedAt.UtcTicks), ("status", (int)CertificateState.Intended),
            ],
            cancellationToken).ConfigureAwait(false);
        return rows == 1;
    }

    ValueTask ICertificateRepository.RecordCertificateAsync(string issuerId, string serialNumber, ReadOnlyMemory<byte> certificate, DateTimeOffset issuedAt, CancellationToken cancellationToken) =>
        SettleAsync("status = @status, certificate = @certificate, issued_at = @at", issuerId, serialNumber,
            [("status", (int)CertificateState.Issued), ("certificate", certificate.ToArray()), ("at", issuedAt.UtcTicks)], cancellationToken);

    ValueTask ICertificateRepository.RecordRefusalAsync(string issuerId, string serialNumber, string reason, CancellationToken cancellationToken) =>
        SettleAsync("status = @status, refusal = @refusal", issuerId, serialNumber,
            [("status", (int)CertificateState.Refused), ("refusal", reason)], cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CertificateRecord?> FindAsync(string issuerId, string serialNumber, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(
            $"SELECT {Columns} FROM certificates WHERE issuer_id = @issuer AND serial = @serial",
            [("issuer", issuerId), ("serial", serialNumber)], ReadRecord, cancellationToken).FirstOrDefaultAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<CertificateRecord> ListAsync(CertificateQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var sql = new StringBuilder($"SELECT {Columns} FROM certificates WHERE 1 = 1");
        var parameters = new List<(string, object?)>();
        AddCondition("issuer_id = @issuer", "issuer", query.IssuerId);
        AddCondition("status = @status", "status", query.Status is { } status ? (int)status : null);
        AddCondition("credit_code = @code", "code", query.CreditCode);
        AddCondition("pseudonym = @pseudonym", "pseudonym", query.Pseudonym);
        AddCondition("not_after < @before", "before", query.NotAfterBefore?.UtcTicks);
        AddCondition("not_after >= @from", "from", query.NotAfterFrom?.UtcTicks);
        if (query.After is { } place)
        {
            AddCondition("(intended_at, serial) > (@place, @last)", "place", place.IntendedAt.UtcTicks);
            parameters.Add(("last", place.SerialNumber));
        }

        sql.Append(" ORDER BY intended_at, serial LIMIT @limit");
        parameters.Add(("limit", query.Limit));
        return _database.ReadAsync(sql.ToString(), parameters, ReadRecord, cancellationToken);

        void AddCondition(string condition, string name, object? value)
        {
            if (value is not null)
            {
                sql.Append(" AND ").Append(condition);
                parameters.Add((name, value));
            }
        }
    }

    async ValueTask<bool> ICertificateRepository.TryChangeStatusAsync(string issuerId, string serialNumber, CertificateState expected, CertificateState status, CertificateRevocation? revocation, DateTimeOffset changedAt, CancellationToken cancellationToken)
    {
        const string Sql =
            "UPDATE certificates SET status = @status, revoked_at = @revoked, reason = @reason, invalidity_date = @invalidity, changed_at = @changed "
            + "WHERE issuer_id = @issuer AND serial = @serial AND status = @expected";
        int rows = await _database.ExecuteAsync(
            Sql,
            [
                ("status", (int)status), ("revoked", revocation?.RevokedAt.UtcTicks), ("reason", revocation is null ? null : (int)revocation.Reason),
                ("invalidity", revocation?.InvalidityDate?.UtcTicks), ("changed", changedAt.UtcTicks),
                ("issuer", issuerId), ("serial", serialNumber), ("expected", (int)expected),
            ],
            cancellationToken).ConfigureAwait(false);
        return rows == 1;
    }

    IAsyncEnumerable<RevokedCertificate> ICertificateRepository.ListRevokedAsync(RevocationQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        string sql = "SELECT serial, revoked_at, reason, invalidity_date, changed_at FROM certificates WHERE issuer_id = @issuer"
            + (query.Partition is null ? "" : " AND crl_partition = @partition")
            + (query.ChangedSince is null ? " AND revoked_at IS NOT NULL" : " AND changed_at >= @since");
        var parameters = new List<(string, object?)> { ("issuer", query.IssuerId) };
        if (query.Partition is { } partition)
        {
            parameters.Add(("partition", partition));
        }

        if (query.ChangedSince is { } since)
        {
            parameters.Add(("since", since.UtcTicks));
        }

        return _database.ReadAsync(sql, parameters, ReadRevoked, cancellationToken);
    }

    async ValueTask<bool> ICertificateRepository.IsKeyCompromisedAsync(string keyHash, CancellationToken cancellationToken)
    {
        object? found = await _database.ScalarAsync(
            "SELECT 1 FROM certificates WHERE key_hash = @key AND reason = @reason LIMIT 1",
            [("key", keyHash), ("reason", (int)RevocationReason.KeyCompromise)], cancellationToken).ConfigureAwait(false);
        return found is not null;
    }

    async ValueTask<long> ICertificateRepository.TakeCrlNumberAsync(string issuerId, CancellationToken cancellationToken)
    {
        object? number = await _database.ScalarAsync(
            "INSERT INTO crl_numbers (issuer_id, last_number) VALUES (@issuer, 1) "
            + "ON CONFLICT (issuer_id) DO UPDATE SET last_number = crl_numbers.last_number + 1 RETURNING last_number",
            [("issuer", issuerId)], cancellationToken).ConfigureAwait(false);
        return (long)number!;
    }

    private static CertificateRecord ReadRecord(DbDataReader row)
    {
        var intent = new IssuanceIntent
        {
            IssuerId = row.GetString(0),
            SerialNumber = row.GetString(1),
            ProfileName = row.GetString(2),
            SubjectName = row.GetString(3),
            CreditCode = row.IsDBNull(4) ? null : row.GetString(4),
            Pseudonym = row.IsDBNull(5) ? null : row.GetString(5),
            KeyHash = row.GetString(6),
            NotBefore = ReadTime(row, 7)!.Value,
            NotAfter = ReadTime(row, 8)!.Value,
            Partition = row.GetInt32(9),
            EvidenceReference = row.IsDBNull(10) ? null : row.GetString(10),
            TbsCertificate = row.GetFieldValue<byte[]>(11),
            IntendedAt = ReadTime(row, 12)!.Value,
        };
        return new CertificateRecord(intent, (CertificateState)row.GetInt32(13))
        {
            Certificate = row.IsDBNull(14) ? default(ReadOnlyMemory<byte>) : row.GetFieldValue<byte[]>(14),
            IssuedAt = ReadTime(row, 15),
            Revocation = ReadTime(row, 16) is { } revokedAt ? new CertificateRevocation(revokedAt, (RevocationReason)row.GetInt32(17), ReadTime(row, 18)) : null,
            StatusChangedAt = ReadTime(row, 19),
            RefusalReason = row.IsDBNull(20) ? null : row.GetString(20),
        };
    }

    private static RevokedCertificate ReadRevoked(DbDataReader row)
    {
        byte[] serial = Convert.FromHexString(row.GetString(0));
        return ReadTime(row, 1) is { } revokedAt
            ? new RevokedCertificate(serial, revokedAt, (RevocationReason)row.GetInt32(2), ReadTime(row, 3))
            : new RevokedCertificate(serial, ReadTime(row, 4)!.Value, RevocationReason.RemoveFromCrl);
    }

    private static DateTimeOffset? ReadTime(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);

    private async ValueTask SettleAsync(string assignments, string issuerId, string serialNumber, (string, object?)[] parameters, CancellationToken cancellationToken)
    {
        int rows = await _database.ExecuteAsync(
            $"UPDATE certificates SET {assignments} WHERE issuer_id = @issuer AND serial = @serial AND status = @intended",
            [.. parameters, ("issuer", issuerId), ("serial", serialNumber), ("intended", (int)CertificateState.Intended)],
            cancellationToken).ConfigureAwait(false);
        if (rows != 1)
        {
            throw new InvalidOperationException($"没有序列号为{serialNumber}的未决签发意向 / There is no open intent with serial number {serialNumber}");
        }
    }
}
