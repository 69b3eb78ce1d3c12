using ESign.Pdf.Document;

namespace ESign.Pdf.Verification;

/// <summary>Judges every signature of a PDF, and what was done to the document after each. Immutable and thread-safe.</summary>
/// <remarks>
/// ISO 32000-2 §12.8, ETSI EN 319 142-1 and EN 319 102-1. A bad signature is a verdict, never an exception. The file is
/// read once, whatever number of signatures it has; memory stays flat.
/// </remarks>
public sealed class PdfVerifier
{
    private readonly VerificationPolicy _policy;

    /// <summary>Makes a verifier.</summary>
    /// <param name="policy">Whom to trust and what to demand; <see langword="null"/> trusts nobody and judges for the present.</param>
    public PdfVerifier(VerificationPolicy? policy = null) => _policy = policy ?? new VerificationPolicy();

    /// <summary>Judges a document.</summary>
    /// <param name="pdf">A readable, seekable stream holding the file from its position 0; left open.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>A verdict for every signature.</returns>
    /// <exception cref="PdfFormatException">It is not a PDF, is damaged beyond repair, needs a password, or exceeds a limit.</exception>
    public async Task<VerificationResult> VerifyAsync(Stream pdf, CancellationToken cancellationToken = default)
    {
        using PdfDocument document = PdfDocument.Open(pdf, new PdfOpenOptions { Password = _policy.Password });
        return await new DocumentVerification(_policy, document).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Judges a document in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>A verdict for every signature.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="PdfFormatException">It is not a PDF, is damaged beyond repair, needs a password, or exceeds a limit.</exception>
    public async Task<VerificationResult> VerifyAsync(string path, CancellationToken cancellationToken = default)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: false);
        return await VerifyAsync(stream, cancellationToken).ConfigureAwait(false);
    }
}
