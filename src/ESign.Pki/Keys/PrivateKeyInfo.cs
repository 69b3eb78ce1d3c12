using System.Formats.Asn1;
using System.Security.Cryptography;
using ESign.Pki.Asn1;

namespace ESign.Pki.Keys;

/// <summary>Imports PKCS#8 into the platform's keys, whichever way its writer named the algorithm.</summary>
/// <remarks>
/// RFC 5958 §2 (version 0 or 1); RSA: RFC 8017 A.1.2, also under id-RSASSA-PSS (RFC 4055 §1.2); EC: RFC 5915;
/// SM2: also with the curve as the algorithm in place of id-ecPublicKey.
/// </remarks>
internal static class PrivateKeyInfo
{
    /// <summary>Imports an unencrypted PrivateKeyInfo.</summary>
    /// <returns>An <see cref="RSA"/> or <see cref="ECDsa"/> key.</returns>
    /// <exception cref="Asn1FormatException">The bytes are no PrivateKeyInfo.</exception>
    /// <exception cref="NotSupportedException">The key is of a kind ESign does not sign with.</exception>
    /// <exception cref="CryptographicException">The key's numbers are refused by the platform.</exception>
    public static AsymmetricAlgorithm Import(ReadOnlyMemory<byte> pkcs8)
    {
        DerReader sequence = DerReader.OpenSequence(pkcs8);
        int version = sequence.ReadInt32();
        if (version is not (0 or 1))
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, $"PrivateKeyInfo version {version}");
        }

        AlgorithmIdentifier algorithm = AlgorithmIdentifier.Read(sequence);
        ReadOnlyMemory<byte> key = sequence.ReadOctetString();
        switch (algorithm.Oid)
        {
            case Oids.RsaEncryption:
            case Oids.RsaPss:
                return Import(RSA.Create(), key, static (rsa, bytes) => rsa.ImportRSAPrivateKey(bytes, out _));
            case Oids.EcPublicKey:
                return Import(ECDsa.Create(), pkcs8, static (ec, bytes) => ec.ImportPkcs8PrivateKey(bytes, out _));
            case Oids.Sm2Curve:
                return ImportSm2(key);
            default:
                throw new NotSupportedException($"不支持的私钥类型{algorithm.Oid} / Private keys of type {algorithm.Oid} are not supported.");
        }
    }

    private static ECDsa ImportSm2(ReadOnlyMemory<byte> ecPrivateKey)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, ecPrivateKey.Length + 64);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.EcPublicKey);
                writer.WriteObjectIdentifier(Oids.Sm2Curve);
            }

            writer.WriteOctetString(ecPrivateKey.Span);
        }

        byte[] rewritten = writer.Encode();
        writer.Reset();
        try
        {
            return Import(ECDsa.Create(), rewritten, static (ec, bytes) => ec.ImportPkcs8PrivateKey(bytes, out _));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(rewritten);
        }
    }

    private static T Import<T>(T key, ReadOnlyMemory<byte> encoded, Action<T, ReadOnlySpan<byte>> import)
        where T : AsymmetricAlgorithm
    {
        try
        {
            import(key, encoded.Span);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
