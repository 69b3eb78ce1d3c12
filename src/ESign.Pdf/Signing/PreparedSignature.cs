using System.Text.Json;
using ESign.Pdf.Document;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>A signature that waits for its value: everything needed to complete the draft, in any process.</summary>
/// <remarks>
/// It carries the digest of the prepared bytes, so that a draft which changed in between is refused, and so is a second
/// completion: the room for the value must still be empty.
/// </remarks>
public sealed record PreparedSignature
{
    /// <summary>The fully qualified name of the signature field.</summary>
    public required string FieldName { get; init; }

    /// <summary>What the signature covers in the draft.</summary>
    public required ByteRange ByteRange { get; init; }

    /// <summary>How many bytes the CMS container may have.</summary>
    public required int Capacity { get; init; }

    /// <summary>The algorithm of the key.</summary>
    public required SignatureAlgorithm Algorithm { get; init; }

    /// <summary>The digest of the covered bytes of the draft, by <see cref="Algorithm"/>'s digest algorithm.</summary>
    public required ReadOnlyMemory<byte> Digest { get; init; }

    /// <summary>What the key signs: the DER of the signed attributes (RFC 5652 §5.4). The key hashes it itself.</summary>
    public required ReadOnlyMemory<byte> SignedAttributes { get; init; }

    /// <summary>The signer's certificate.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>The certificates above it, to be embedded.</summary>
    public required IReadOnlyList<Certificate> Issuers { get; init; }

    /// <summary>Whether the field demands a timestamp (ISO 32000-2 table 237), without which the signature is not completed.</summary>
    public bool NeedsTimestamp { get; init; }

    /// <summary>What the caller should know: a file that was normalised first. Not part of the JSON.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The digest of <see cref="SignedAttributes"/>, for keys that sign digests. SM2 keys need <see cref="SignedAttributes"/>.</summary>
    /// <returns>The digest by <see cref="Algorithm"/>'s digest algorithm.</returns>
    /// <exception cref="NotSupportedException">The algorithm is SM2.</exception>
    public byte[] ComputeDigestToSign() => Builder().Resume(SignedAttributes).ComputeDigestToSign();

    /// <summary>Completes the draft in place.</summary>
    /// <param name="draft">The prepared document; readable, writable, seekable; not closed.</param>
    /// <param name="signatureValue">The signature over <see cref="SignedAttributes"/> (ECDSA and SM2: DER).</param>
    /// <param name="cancellationToken">Cancels reading the draft.</param>
    /// <returns>A task that ends when the value stands in the draft.</returns>
    /// <exception cref="SigningRefusedException">The draft is not the one prepared, is completed already, or the value does not verify with the certificate. The draft is unchanged.</exception>
    public Task CompleteAsync(Stream draft, ReadOnlyMemory<byte> signatureValue, CancellationToken cancellationToken = default) =>
        CompleteAsync(draft, signatureValue, timestamps: null, cancellationToken);

    /// <summary>Completes the draft in place and adds a signature timestamp (B-T).</summary>
    /// <param name="draft">The prepared document; readable, writable, seekable; not closed.</param>
    /// <param name="signatureValue">The signature over <see cref="SignedAttributes"/> (ECDSA and SM2: DER).</param>
    /// <param name="timestamps">The timestamp authority; the signature was prepared with room for its token. None for B-B.</param>
    /// <param name="cancellationToken">Cancels reading the draft.</param>
    /// <returns>A task that ends when the value stands in the draft.</returns>
    /// <exception cref="SigningRefusedException">The draft is not the one prepared, is completed already, or the value does not verify with the certificate. The draft is unchanged.</exception>
    public async Task CompleteAsync(Stream draft, ReadOnlyMemory<byte> signatureValue, Pki.Timestamping.ITimestampSource? timestamps, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        SignatureCheck check = SignatureVerifier.Check(
            Certificate.SubjectPublicKeyInfo.Span, Algorithm.Identifier, SignedAttributes.Span, signatureValue.Span, sm2UserId: Algorithm.Sm2UserId);
        if (!check.IsValid)
        {
            throw new SigningRefusedException(
                SigningRefusal.WrongSignatureValue,
                $"签名值与证书 {Certificate.Subject} 不匹配 / The signature value does not verify with the certificate of {Certificate.Subject}.");
        }

        if (NeedsTimestamp && timestamps is null)
        {
            throw new SigningRefusedException(SigningRefusal.SeedValue, $"签名域“{FieldName}”要求时间戳 / The field \"{FieldName}\" demands a timestamp.");
        }

        PreparedSignedData prepared = Builder().Resume(SignedAttributes);
        Document.RefuseWrong(prepared.Complete(signatureValue.Span));
        await PreparedDraft.CheckAsync(draft, Document, cancellationToken).ConfigureAwait(false);
        CmsAttribute[]? unsigned = null;
        if (timestamps is not null)
        {
            byte[] imprint = DigestAlgorithm.Sha256.Compute(signatureValue.Span);
            Pki.Timestamping.TimestampToken token = await timestamps.GetTimestampAsync(DigestAlgorithm.Sha256, imprint, cancellationToken).ConfigureAwait(false);
            unsigned = [PreparedSignedData.SignatureTimestamp(token.ToDer())];
        }

        byte[] cms = prepared.Complete(signatureValue.Span, unsigned);
        await PreparedDraft.EmbedAsync(draft, Document, cms, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The prepared signature as JSON; see <see cref="FromJson"/>.</summary>
    /// <returns>An object with <c>version</c>, <c>fieldName</c>, <c>byteRange</c>, <c>capacity</c>, <c>algorithm</c>, and base64 <c>digest</c>, <c>signedAttributes</c>, <c>certificate</c>, <c>issuers</c>; <c>needsTimestamp</c>.</returns>
    public string ToJson() => JsonSerializer.Serialize(PreparedSignatureJson.From(this), PreparedSignatureJsonContext.Default.PreparedSignatureJson);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The prepared signature.</returns>
    /// <exception cref="FormatException">The text is not such JSON.</exception>
    public static PreparedSignature FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize(json, PreparedSignatureJsonContext.Default.PreparedSignatureJson)?.ToPrepared()
                ?? throw new FormatException("The JSON is null.");
        }
        catch (Exception exception) when (exception is JsonException or Pki.Asn1.Asn1FormatException or FormatException)
        {
            throw new FormatException($"不是已准备的签名：{exception.Message} / Not a prepared signature: {exception.Message}", exception);
        }
    }

    /// <summary>The same for a whole container.</summary>
    private PreparedDocument Document => new()
    {
        FieldName = FieldName,
        ByteRange = ByteRange,
        Capacity = Capacity,
        DigestAlgorithm = Algorithm.Digest,
        Digest = Digest,
        Profile = SignatureProfile.Pades,
    };

    private SignedDataBuilder Builder() => new(Certificate, Issuers, Algorithm);
}
