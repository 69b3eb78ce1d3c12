using ESign.Pdf.Document;
using ESign.Pdf.Seals;
using ESign.Pki.Certificates;
using ESign.Pki.Timestamping;

namespace ESign.Pdf.Signing;

/// <summary>Signs PDF documents with one credential: seals, signature, timestamp and validation data in one call.</summary>
/// <remarks>
/// PAdES (EN 319 142-1) in an incremental update (ISO 32000-2 §7.5.6): the original bytes are copied untouched. Thread-safe;
/// one instance signs any number of documents. The credential stays the caller's.
/// </remarks>
public sealed class PdfSigner
{
    private readonly SigningCredential _credential;
    private readonly CmsSignatureMaker _maker;
    private readonly TimeProvider _clock;

    /// <summary>Makes a signer.</summary>
    /// <param name="credential">The certificate, its issuers and its key.</param>
    /// <param name="clock">The clock for the claimed time; the system's by default.</param>
    public PdfSigner(SigningCredential credential, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(credential);
        _credential = credential;
        _clock = clock ?? TimeProvider.System;
        _maker = new CmsSignatureMaker(credential.Certificate, credential.Issuers, credential.Key.Algorithm);
    }

    /// <summary>Signs a document.</summary>
    /// <param name="input">The document; seekable, not changed, not closed.</param>
    /// <param name="output">Where the signed document goes, from its current position; not closed. Nothing stays in it when signing fails and it can seek.</param>
    /// <param name="options">What, where, and for how long; an invisible B-B signature by default.</param>
    /// <param name="cancellationToken">Cancels waiting for keys and services.</param>
    /// <returns>What was signed.</returns>
    /// <exception cref="PdfFormatException">The input is not a PDF that can be read.</exception>
    /// <exception cref="SealPlacementException">A seal cannot go where it was asked for.</exception>
    /// <exception cref="SigningRefusedException">An earlier signature or the document forbids it.</exception>
    /// <exception cref="TimestampUnavailableException">The timestamp authority did not answer, and the options say to fail then.</exception>
    public async Task<SignatureReceipt> SignAsync(Stream input, Stream output, SignatureOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        options ??= new SignatureOptions();
        using var session = new SigningSession(digests => DraftedInput.Open(input, options, digests), _maker, options, _clock);
        return await session.SignAsync(_credential.Key, output, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Signs a file into another; the output appears whole or not at all.</summary>
    /// <param name="inputPath">The document.</param>
    /// <param name="outputPath">The signed document; may be the input, which is then replaced once signing has succeeded.</param>
    /// <param name="options">What, where, and for how long; an invisible B-B signature by default.</param>
    /// <param name="cancellationToken">Cancels waiting for keys and services.</param>
    /// <returns>What was signed.</returns>
    /// <inheritdoc cref="SignAsync(Stream, Stream, SignatureOptions?, CancellationToken)" path="/exception"/>
    public async Task<SignatureReceipt> SignAsync(string inputPath, string outputPath, SignatureOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(inputPath);
        ArgumentException.ThrowIfNullOrEmpty(outputPath);
        return await WholeFile.WriteAsync(inputPath, outputPath, (input, output) => SignAsync(input, output, options, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Signs a file where it lies: it grows by the signature, and not a byte of it is copied.</summary>
    /// <param name="path">The document. Nobody else may write to it meanwhile. Where its cross-reference is damaged it is replaced as a whole.</param>
    /// <param name="options">What, where, and for how long; an invisible B-B signature by default.</param>
    /// <param name="cancellationToken">Cancels waiting for keys and services; the file is then as it was.</param>
    /// <returns>What was signed.</returns>
    /// <remarks>
    /// What is appended is first written to a journal beside the file (its name with <c>.esign-journal</c>). If the process or
    /// the machine dies while the file grows, the next call finds the journal and takes back what is not whole.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be written, or was changed meanwhile; it is as it was.</exception>
    /// <inheritdoc cref="SignAsync(Stream, Stream, SignatureOptions?, CancellationToken)" path="/exception"/>
    public async Task<SignatureReceipt> SignInPlaceAsync(string path, SignatureOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new SignatureOptions();
        FileStream file = AppendJournal.Open(path);
        await using (file.ConfigureAwait(false))
        {
            using var session = new SigningSession(digests => DraftedInput.Open(file, options, digests), _maker, options, _clock);
            if (session.SignsItsInput)
            {
                return await session.SignInPlaceAsync(_credential.Key, file, path, cancellationToken).ConfigureAwait(false);
            }
        }

        return await SignAsync(path, path, options, cancellationToken).ConfigureAwait(false);
    }
}
