using ESign.Pki.Keys;

namespace ESign.Pki.Cms;

/// <summary>Signed attributes that wait for their signature value.</summary>
/// <remarks>RFC 5652 §5.4: what is signed is the DER of the attributes as a SET OF (tag 0x31), not as they are transmitted.</remarks>
internal sealed class PreparedSignedData
{
    private readonly SignedDataBuilder _builder;
    private readonly byte[] _signedAttributes;

    internal PreparedSignedData(SignedDataBuilder builder, byte[] signedAttributes)
    {
        _builder = builder;
        _signedAttributes = signedAttributes;
    }

    /// <summary>The bytes to sign: the DER of the signed attributes. Give them to <see cref="ISigningKey.SignAsync"/>.</summary>
    public ReadOnlyMemory<byte> BytesToSign => _signedAttributes;

    /// <summary>The digest of <see cref="BytesToSign"/>, for keys that sign digests. Not for SM2, which puts Z before the bytes.</summary>
    /// <exception cref="NotSupportedException">The algorithm is SM2.</exception>
    public byte[] ComputeDigestToSign() => _builder.Algorithm.Scheme == SignatureScheme.Sm2
        ? throw new NotSupportedException("SM2 signs SM3(Z ‖ bytes); give BytesToSign to the key (GB/T 32918.2 §6.1).")
        : _builder.Algorithm.Digest.Compute(_signedAttributes);

    /// <summary>Puts the signature together.</summary>
    /// <param name="signature">The signature value over <see cref="BytesToSign"/> (ECDSA and SM2: DER).</param>
    /// <param name="unsignedAttributes">Unsigned attributes, for example <see cref="SignatureTimestamp"/>.</param>
    /// <param name="content">The content, when it is to be embedded; empty leaves it detached.</param>
    /// <returns>The DER of the ContentInfo.</returns>
    /// <exception cref="ArgumentException">The signature value is empty or longer than the key can make.</exception>
    public byte[] Complete(ReadOnlySpan<byte> signature, IReadOnlyList<CmsAttribute>? unsignedAttributes = null, ReadOnlyMemory<byte> content = default)
    {
        if (signature.IsEmpty || signature.Length > _builder.MaximumSignatureSize)
        {
            throw new ArgumentException($"A signature value of {signature.Length} bytes; this key makes at most {_builder.MaximumSignatureSize}.", nameof(signature));
        }

        return _builder.Assemble(_signedAttributes, signature, unsignedAttributes, content.Span);
    }

    /// <summary>The unsigned attribute that carries a timestamp over the signature value.</summary>
    /// <param name="token">The DER of the timestamp token.</param>
    public static CmsAttribute SignatureTimestamp(ReadOnlyMemory<byte> token) => new(Asn1.Oids.SignatureTimestamp, token);
}
