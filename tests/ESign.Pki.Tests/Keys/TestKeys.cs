using System.Security.Cryptography;
using ESign.Pki.Keys;

namespace ESign.Pki.Tests.Keys;

internal static class TestKeys
{
    private static readonly Lazy<byte[]> s_rsa = new(() => RSA.Create(2048).ExportPkcs8PrivateKey());

    /// <summary>A key (RSA: always the same 2048 bits, as making one takes long); skips the calling test where the platform lacks the algorithm.</summary>
    public static LocalSigningKey Create(string algorithmName)
    {
        SignatureAlgorithm algorithm = SignatureAlgorithm.FromName(algorithmName)!;
        try
        {
            return algorithm.CurveOid is null ? LocalSigningKey.FromPkcs8(s_rsa.Value, algorithm) : LocalSigningKey.Create(algorithm);
        }
        catch (PlatformNotSupportedException exception)
        {
            ESign.Testing.Ci.SkipOrFail(exception.Message);
            throw;
        }
    }
}
