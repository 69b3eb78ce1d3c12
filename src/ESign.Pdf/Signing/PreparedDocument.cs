using System.Text.Json;
using ESign.Pdf.Document;
using ESign.Pki.Cms;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>A document that waits for a whole CMS container, made where key and certificate are: neither is known yet.</summary>
/// <remarks>
/// For services that return a finished container for a document digest. Where the certificate is known beforehand,
/// <see cref="DeferredPdfSigner"/> needs the key operation alone. Any time and any process may lie between the two steps.
/// </remarks>
public sealed record PreparedDocument
{
    /// <summary>Room for a container with a chain of four RSA certificates and a timestamp.</summary>
    private const int DefaultCapacity = 16 * 1024;

    /// <summary>The fully qualified name of the signature field.</summary>
    public required string FieldName { get; init; }

    /// <summary>What the signature covers in the draft.</summary>
    public required ByteRange ByteRange { get; init; }

    /// <summary>How many bytes the container may have.</summary>
    public required int Capacity { get; init; }

    /// <summary>How <see cref="Digest"/> is computed; the container must use the same.</summary>
    public required DigestAlgorithm DigestAlgorithm { get; init; }

    /// <summary>The digest of the covered bytes of the draft: the container's message-digest attribute.</summary>
    public required ReadOnlyMemory<byte> Digest { get; init; }

    /// <summary>What the document says the container is. Under <see cref="SignatureProfile.Pades"/> it must name its certificate in a signed attribute.</summary>
    public required SignatureProfile Profile { get; init; }

    /// <summary>What the caller should know: a file that was normalised first. Not part of the JSON.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Writes the document with room for a container.</summary>
    /// <param name="input">The document; seekable, not changed, not closed.</param>
    /// <param name="draft">Where the prepared document goes, from its position 0; not closed. Nothing stays in it when preparing fails and it can seek.</param>
    /// <param name="digestAlgorithm">How the document is digested.</param>
    /// <param name="capacity">How many bytes to reserve; 16 KiB by default.</param>
    /// <param name="options">What and where; the level is the container's own affair.</param>
    /// <param name="clock">The clock for the claimed time; the system's by default.</param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    /// <returns>The digest to sign, and what is needed to complete the draft.</returns>
    /// <inheritdoc cref="DeferredPdfSigner.PrepareAsync" path="/exception"/>
    public static async Task<PreparedDocument> PrepareAsync(
        Stream input, Stream draft, DigestAlgorithm digestAlgorithm, int? capacity = null, SignatureOptions? options = null, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(digestAlgorithm);
        options ??= new SignatureOptions();
        if (options.Profile?.ElectronicSeal is not null)
        {
            throw new ArgumentException("电子签章不是 CMS 容器 / A seal signature is no CMS container (GB/T 38540).", nameof(options));
        }

        using DraftedInput opened = DraftedInput.Open(input, options, [digestAlgorithm]);
        SignatureProfile profile = opened.Draft.ChooseProfile(digestAlgorithm == DigestAlgorithm.Sm3 ? SignatureProfile.AdobePkcs7 : SignatureProfile.Pades, digestAlgorithm, signer: []);
        long start = draft.CanSeek ? draft.Position : 0;
        try
        {
            await opened.Chain.HashOriginalAsync(draft, cancellationToken).ConfigureAwait(false);
            SignatureRevision revision = opened.Draft.Build(profile, options.SignerName ?? "", options.ClaimedTime ?? (clock ?? TimeProvider.System).GetLocalNow(), capacity ?? DefaultCapacity);
            byte[] digest = opened.Chain.DigestWith(digestAlgorithm, revision.BeforeGap, revision.AfterGap);
            opened.Chain.Append(revision.Section);
            await opened.Chain.WriteAppendedAsync(draft, cancellationToken).ConfigureAwait(false);
            return new PreparedDocument
            {
                FieldName = opened.Draft.FieldName,
                ByteRange = revision.ByteRange,
                Capacity = revision.Capacity,
                DigestAlgorithm = digestAlgorithm,
                Digest = digest,
                Profile = profile,
                Notes = opened.Notes,
            };
        }
        catch when (draft.CanSeek)
        {
            draft.SetLength(start);
            throw;
        }
    }

    /// <summary>Completes the draft in place with a container.</summary>
    /// <param name="draft">The prepared document; readable, writable, seekable; not closed.</param>
    /// <param name="container">A detached CMS SignedData with one signer and its certificate.</param>
    /// <param name="cancellationToken">Cancels reading the draft.</param>
    /// <returns>A task that ends when the container stands in the draft.</returns>
    /// <exception cref="SigningRefusedException">The draft is not the one prepared, is completed already, or the container does not sign it. The draft is unchanged.</exception>
    public async Task CompleteAsync(Stream draft, ReadOnlyMemory<byte> container, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        RefuseWrong(container);
        await PreparedDraft.CheckAsync(draft, this, cancellationToken).ConfigureAwait(false);
        await PreparedDraft.EmbedAsync(draft, this, container, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The prepared document as JSON; see <see cref="FromJson"/>.</summary>
    /// <returns>An object with <c>version</c>, <c>fieldName</c>, <c>byteRange</c>, <c>capacity</c>, <c>digestAlgorithm</c>, base64 <c>digest</c>, and <c>subFilter</c>.</returns>
    public string ToJson() => JsonSerializer.Serialize(PreparedDocumentJson.From(this), PreparedSignatureJsonContext.Default.PreparedDocumentJson);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The prepared document.</returns>
    /// <exception cref="FormatException">The text is not such JSON.</exception>
    public static PreparedDocument FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize(json, PreparedSignatureJsonContext.Default.PreparedDocumentJson)?.ToPrepared()
                ?? throw new FormatException("The JSON is null.");
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new FormatException($"不是已准备的文件：{exception.Message} / Not a prepared document: {exception.Message}", exception);
        }
    }

    /// <exception cref="SigningRefusedException">The container is not the signature of this document.</exception>
    internal void RefuseWrong(ReadOnlyMemory<byte> container)
    {
        if (!SignedData.TryDecode(container, out SignedData? signedData, out int consumed) || consumed != container.Length)
        {
            throw Wrong("不是 CMS SignedData，或其后还有多余字节", "it is no CMS SignedData, or bytes follow it");
        }

        if (signedData.Content is not null || signedData.SignerInfos is not [var signer])
        {
            throw Wrong("必须是分离式，且只有一个签名者", "it must be detached and have one signer");
        }

        SignerVerdict verdict = signedData.Verify(signer, SignedContent.FromDigest(DigestAlgorithm, Digest));
        if (!verdict.IsIntact)
        {
            string digest = $"{Convert.ToHexString(Digest.Span)} ({DigestAlgorithm})";
            throw Wrong(
                $"所签的不是摘要 {digest}：消息摘要 {verdict.MessageDigest}，签名值 {verdict.SignatureValue}",
                $"it does not sign the digest {digest}: message digest {verdict.MessageDigest}, value {verdict.SignatureValue}");
        }

        if (verdict.CertificateBinding == CmsCheck.Failed || (Profile == SignatureProfile.Pades && verdict.CertificateBinding == CmsCheck.Absent))
        {
            throw Wrong("签名属性没有指明其证书（EN 319 142-1 §6.3，signing-certificate-v2）", "it does not name its certificate in a signed attribute (EN 319 142-1 §6.3, signing-certificate-v2)");
        }
    }

    private static SigningRefusedException Wrong(string chinese, string english) => new(
        SigningRefusal.WrongSignatureValue,
        $"签名容器与文件不匹配：{chinese} / The container is not the signature of this document: {english}.");
}
