using System.Data.Common;
using ESign.Cli.Audit;
using ESign.Pki.Keys;
using ESign.Pki.Transparency;
using ESign.Storage;

namespace ESign.Cli;

/// <summary>A service's audit log as an auditor has it: the SQLite file, read only, and the log's public key.</summary>
internal sealed record AuditDatabase(ITransparencyLog Log, byte[] PublicKey, SignatureAlgorithm Algorithm)
{
    /// <summary>Opens the log; damage met while reading is told by <see cref="Damaged"/>.</summary>
    public static AuditDatabase Open(string path, string keyFile)
    {
        if (!File.Exists(path))
        {
            throw new CliException(CliExit.NoInput, $"没有该文件：{path} / no such file: {path}", "请给出服务的 esign.db / give the service's esign.db");
        }

        (byte[] key, SignatureAlgorithm algorithm) = LogKey.Load(keyFile);
        return new AuditDatabase(SqlTransparencyLog.OpenSqliteReadOnly(path), key, algorithm);
    }

    public static CliException Damaged(DbException cause) =>
        new(CliExit.DataError, $"无法读取日志：{cause.Message} / the log cannot be read: {cause.Message}", "give the service's esign.db, or a copy made with esign backup", cause);
}
