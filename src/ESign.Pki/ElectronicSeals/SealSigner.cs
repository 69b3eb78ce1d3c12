using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;

namespace ESign.Pki.ElectronicSeals;

/// <summary>Signs with an electronic seal: whoever may use it (签章者).</summary>
/// <remarks>GB/T 38540-2020, version 4. Thread-safe. The credential stays the caller's. PDF documents: give the seal to a <c>PdfSigner</c>.</remarks>
internal sealed class SealSigner
{
    private readonly SigningCredential _credential;
    private readonly SealSignatureBuilder _builder;
    private readonly TimeProvider _clock;

    /// <summary>Makes a signer.</summary>
    /// <param name="credential">The certificate and key; SM2 by the standard.</param>
    /// <param name="seal">The seal; it must list the certificate.</param>
    /// <param name="clock">The clock for the claimed time; the system's by default.</param>
    /// <exception cref="ArgumentException">The seal does not list the certificate, or the key is for RSA PSS.</exception>
    public SealSigner(SigningCredential credential, ElectronicSeal seal, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(seal);
        _credential = credential;
        _builder = new SealSignatureBuilder(credential.Certificate, credential.Key.Algorithm, seal);
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>How the protected bytes are to be hashed: SM3 for SM2.</summary>
    public DigestAlgorithm DigestAlgorithm => _builder.Algorithm.Digest;

    /// <summary>Signs.</summary>
    /// <param name="dataHash">The hash of the protected bytes by <see cref="DigestAlgorithm"/>.</param>
    /// <param name="propertyInfo">What is protected, in words of the document format; ASCII, not empty.</param>
    /// <param name="timestamps">The timestamp authority, or <see langword="null"/> for no timestamp.</param>
    /// <param name="cancellationToken">Cancels waiting for key and authority.</param>
    /// <returns>The signature.</returns>
    /// <exception cref="ArgumentException">The hash has the wrong length, or the text is not ASCII.</exception>
    /// <exception cref="TimestampUnavailableException">The timestamp authority did not answer.</exception>
    public async ValueTask<SealSignature> SignAsync(ReadOnlyMemory<byte> dataHash, string propertyInfo, ITimestampSource? timestamps = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(propertyInfo);
        byte[] toSign = _builder.EncodeToSign(_clock.GetUtcNow(), dataHash.Span, propertyInfo);
        byte[] value = await _credential.Key.SignAsync(toSign, cancellationToken).ConfigureAwait(false);
        TimestampToken? token = timestamps is null
            ? null
            : await timestamps.GetTimestampAsync(DigestAlgorithm, DigestAlgorithm.Compute(value), cancellationToken).ConfigureAwait(false);
        return SealSignature.Decode(_builder.Assemble(toSign, value, token is null ? default : token.ToDer().Span));
    }
}
