namespace ESign.Pki.Keys;

/// <summary>A private key that signs: local, in a hardware module, or at a remote service.</summary>
public interface ISigningKey
{
    /// <summary>The algorithm every signature of this key uses.</summary>
    SignatureAlgorithm Algorithm { get; }

    /// <summary>The public key as DER <c>SubjectPublicKeyInfo</c> (RFC 5280 §4.1.2.7).</summary>
    ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Signs data; the key hashes it as <see cref="Algorithm"/> says.</summary>
    /// <param name="data">The bytes to sign, not their digest.</param>
    /// <param name="cancellationToken">Cancels a remote call.</param>
    /// <returns>The signature value as CMS and X.509 carry it (ECDSA and SM2: DER).</returns>
    ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default);
}
