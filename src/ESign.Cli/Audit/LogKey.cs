using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;

namespace ESign.Cli.Audit;

/// <summary>The public key of an audit log, from a PEM file.</summary>
internal static class LogKey
{
    public static (byte[] SubjectPublicKeyInfo, SignatureAlgorithm Algorithm) Load(string file)
    {
        string pem = CliContext.ReadText(file);
        if (!PemEncoding.TryFind(pem, out PemFields fields) || !pem.AsSpan(fields.Label).SequenceEqual("PUBLIC KEY"))
        {
            throw new CliException(CliExit.DataError, $"{file} 中没有 PUBLIC KEY 块 / no PUBLIC KEY block in {file}", "请从服务取得 /audit/key.pem / fetch /audit/key.pem from the service");
        }

        byte[] key = Convert.FromBase64String(pem[fields.Base64Data]);
        try
        {
            return (key, SignatureAlgorithm.FromPublicKey(key) ?? throw new CliException(CliExit.DataError, $"不支持的曲线：{file} / a curve that is not supported: {file}", "请重新取得公钥 / fetch the key again"));
        }
        catch (Asn1FormatException exception)
        {
            throw new CliException(CliExit.DataError, $"公钥已损坏：{exception.Message} / the key is damaged: {exception.Message}", "请从服务取得 /audit/key.pem / fetch /audit/key.pem from the service", exception);
        }
    }
}
