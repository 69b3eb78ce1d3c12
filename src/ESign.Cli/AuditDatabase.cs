using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using ESign.Pki.Asn1;
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
            throw new CliException(CliExit.NoInput, $"没有该文件：{path} / no such file: {path}", "give the service's esign.db");
        }

        byte[] key = ReadKey(keyFile);
        return new AuditDatabase(SqlTransparencyLog.OpenSqliteReadOnly(path), key, AlgorithmOf(key, keyFile));
    }

    public static CliException Damaged(DbException cause) =>
        new(CliExit.DataError, $"无法读取日志：{cause.Message} / the log cannot be read: {cause.Message}", "give the service's esign.db, or a copy made while the service was stopped", cause);

    private static byte[] ReadKey(string file)
    {
        string pem = Encoding.UTF8.GetString(CliContext.ReadInput(file));
        return PemEncoding.TryFind(pem, out PemFields fields) && pem.AsSpan(fields.Label).SequenceEqual("PUBLIC KEY")
            ? Convert.FromBase64String(pem[fields.Base64Data])
            : throw new CliException(CliExit.DataError, $"不是公钥文件：{file} / no PUBLIC KEY block in {file}", "fetch /api/v1/audit/key from the service");
    }

    private static SignatureAlgorithm AlgorithmOf(byte[] key, string file)
    {
        try
        {
            AlgorithmIdentifier algorithm = SubjectPublicKeyInfo.Decode(key).Algorithm;
            bool isRsa = string.Equals(algorithm.Oid, "1.2.840.113549.1.1.1", StringComparison.Ordinal);
            return (isRsa ? SignatureAlgorithm.RsaPkcs1Sha256 : SignatureAlgorithm.FromCurve(new DerReader(algorithm.Parameters).ReadObjectIdentifier()))
                ?? throw new CliException(CliExit.DataError, $"不支持的曲线：{file} / a curve that is not supported: {file}", "fetch the key again");
        }
        catch (Asn1FormatException exception)
        {
            throw new CliException(CliExit.DataError, $"公钥已损坏：{exception.Message} / the key is damaged: {exception.Message}", "fetch /api/v1/audit/key from the service", exception);
        }
    }
}
