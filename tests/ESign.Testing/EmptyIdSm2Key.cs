using ESign.Pki.Keys;
using ESign.Pki.Keys.Gm;

namespace ESign.Testing;

/// <summary>An SM2 key that signs under the empty user id, as OpenSSL does unless it is told another.</summary>
public sealed class EmptyIdSm2Key : ISigningKey
{
    private readonly LocalSigningKey _key = LocalSigningKey.Create(SignatureAlgorithm.Sm2Sm3);

    public SignatureAlgorithm Algorithm => _key.Algorithm;

    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => _key.SubjectPublicKeyInfo;

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        Span<byte> e = stackalloc byte[Sm3Digest.SizeInBytes];
        Sm2.ComputeE(Sm2.ComputeZ(SubjectPublicKeyInfo.Span[^64..], userId: []), data.Span, e);
        return new(((IDigestSigner)_key).SignDigest(e));
    }
}
