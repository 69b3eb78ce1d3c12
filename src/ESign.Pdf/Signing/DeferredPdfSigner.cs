using ESign.Pdf.Seals;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>Signs in two steps, for keys elsewhere: a remote service, a phone, a card in another machine.</summary>
/// <remarks>
/// <see cref="PrepareAsync"/> writes the document with an empty signature and says what the key has to sign;
/// <see cref="PreparedSignature.CompleteAsync(Stream, ReadOnlyMemory{byte}, CancellationToken)"/> fills it in. Any time and any process may lie in between. Thread-safe.
/// </remarks>
public sealed class DeferredPdfSigner
{
    private readonly CmsSignatureMaker _maker;
    private readonly TimeProvider _clock;

    /// <summary>Makes a signer for a key that is elsewhere.</summary>
    /// <param name="certificate">The certificate of the key.</param>
    /// <param name="issuers">The certificates above it, to be embedded.</param>
    /// <param name="algorithm">The algorithm the key will sign with.</param>
    /// <param name="clock">The clock for the claimed time; the system's by default.</param>
    public DeferredPdfSigner(Certificate certificate, IReadOnlyList<Certificate> issuers, SignatureAlgorithm algorithm, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(issuers);
        ArgumentNullException.ThrowIfNull(algorithm);
        _maker = new CmsSignatureMaker(certificate, issuers, algorithm);
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Writes the document with room for a signature.</summary>
    /// <param name="input">The document; seekable, not changed, not closed.</param>
    /// <param name="draft">Where the prepared document goes, from its position 0; not closed. Nothing stays in it when preparing fails and it can seek.</param>
    /// <param name="options">What and where. A level with a timestamp reserves room for it; levels above B-T are reached with <see cref="LongTerm.PdfExtender"/>.</param>
    /// <param name="cancellationToken">Cancels the copy.</param>
    /// <returns>What the key has to sign, and what is needed to complete the draft.</returns>
    /// <exception cref="PdfFormatException">The input is not a PDF that can be read.</exception>
    /// <exception cref="SealPlacementException">A seal cannot go where it was asked for; nothing was written.</exception>
    /// <exception cref="SigningRefusedException">An earlier signature or the document forbids it; nothing was written.</exception>
    public async Task<PreparedSignature> PrepareAsync(Stream input, Stream draft, SignatureOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(draft);
        if (options?.Profile?.ElectronicSeal is not null)
        {
            throw new ArgumentException("电子签章不能分两步签署，请使用PdfSigner和远程ISigningKey / A seal signature is made in one step: use PdfSigner with an ISigningKey that calls the remote key.", nameof(options));
        }

        options ??= new SignatureOptions();
        using var session = new SigningSession(digests => DraftedInput.Open(input, options, digests), _maker, options, _clock);
        return await session.PrepareAsync(draft, cancellationToken).ConfigureAwait(false);
    }
}
