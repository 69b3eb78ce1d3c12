using System.Security.Cryptography;
using ESign.Pki.Keys.Gm;

namespace ESign.Pki.Keys;

/// <summary>A private key of the platform's cryptography and the one algorithm it signs with.</summary>
internal sealed class PlatformKey : IDisposable
{
    private readonly RSA? _rsa;
    private readonly ECDsa? _ec;
    private readonly RSASignaturePadding _padding;
    private readonly HashAlgorithmName _digest;
    private readonly byte[]? _sm2Z;

    private PlatformKey(AsymmetricAlgorithm key, SignatureAlgorithm algorithm)
    {
        Algorithm = algorithm;
        _rsa = key as RSA;
        _ec = key as ECDsa;
        _padding = algorithm.Scheme == SignatureScheme.RsaPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        _digest = algorithm.Digest.Native ?? default;
        SubjectPublicKeyInfo = key.ExportSubjectPublicKeyInfo();
        if (algorithm.Scheme == SignatureScheme.Sm2)
        {
            Sm2.ThrowIfNotAvailable();
            ECParameters parameters = _ec!.ExportParameters(includePrivateParameters: false);
            _sm2Z = Sm2.ComputeZ([.. parameters.Q.X!, .. parameters.Q.Y!], algorithm.Sm2UserId ?? Sm2.DefaultUserId);
        }
    }

    public SignatureAlgorithm Algorithm { get; }

    public byte[] SubjectPublicKeyInfo { get; }

    public AsymmetricAlgorithm Key => (AsymmetricAlgorithm?)_rsa ?? _ec!;

    /// <summary>Takes a key over, and disposes of it when it does not fit.</summary>
    /// <param name="key">An <see cref="RSA"/> or <see cref="ECDsa"/> key.</param>
    /// <param name="algorithm">What to sign with; null for the key's usual algorithm.</param>
    /// <exception cref="ArgumentException">The key does not fit <paramref name="algorithm"/>.</exception>
    public static PlatformKey Own(AsymmetricAlgorithm key, SignatureAlgorithm? algorithm)
    {
        try
        {
            SignatureAlgorithm chosen = algorithm ?? SignatureKeyType.DefaultAlgorithm(key);
            SignatureKeyType.ThrowIfUnfit(key, chosen);
            return new PlatformKey(key, chosen);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        if (_rsa is not null)
        {
            return _rsa.SignData(data, _digest, _padding);
        }

        if (_sm2Z is null)
        {
            return _ec!.SignData(data, _digest, DSASignatureFormat.Rfc3279DerSequence);
        }

        Span<byte> e = stackalloc byte[Sm3Digest.SizeInBytes];
        Sm2.ComputeE(_sm2Z, data, e);
        return _ec!.SignHash(e, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Signs a digest made elsewhere, of the algorithm's own digest; for SM2 that is e, which includes Z (GB/T 32918.2 §6.1).</summary>
    public byte[] SignDigest(ReadOnlySpan<byte> digest)
    {
        if (digest.Length != Algorithm.Digest.SizeInBytes)
        {
            throw new ArgumentException($"{Algorithm.Digest.Name}摘要应为{Algorithm.Digest.SizeInBytes}字节，实际为{digest.Length}字节 / A {Algorithm.Digest.Name} digest has {Algorithm.Digest.SizeInBytes} bytes, not {digest.Length}", nameof(digest));
        }

        return _rsa?.SignHash(digest, _digest, _padding) ?? _ec!.SignHash(digest, DSASignatureFormat.Rfc3279DerSequence);
    }

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<byte[]>(cancellationToken) : new(Sign(data.Span));

    public void Dispose() => Key.Dispose();
}
