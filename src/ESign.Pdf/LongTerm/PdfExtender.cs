using ESign.Pdf.Document;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;

namespace ESign.Pdf.LongTerm;

/// <summary>Makes the signatures of a document last: adds validation data, and renews document timestamps before they expire.</summary>
/// <remarks>EN 319 142-1 §6.2: to B-LT and B-LTA; calling it again adds evidence for the previous document timestamp and a new one.</remarks>
public sealed class PdfExtender
{
    private readonly PadesLevel _level;
    private readonly IReadOnlyList<Certificate> _certificates;

    /// <summary>Makes an extender.</summary>
    /// <param name="level">
    /// <see cref="PadesLevel.LT"/> or <see cref="PadesLevel.LTA"/>; with <see cref="PadesLevel.OrLower"/> what can be had is added
    /// when something cannot, and the receipt says so.
    /// </param>
    /// <param name="certificates">Certificates that may be needed to complete chains and are not in the documents.</param>
    /// <exception cref="ArgumentException">The level needs no long-term data.</exception>
    public PdfExtender(PadesLevel level, params IReadOnlyList<Certificate> certificates)
    {
        ArgumentNullException.ThrowIfNull(level);
        if (level.Revocation is null)
        {
            throw new ArgumentException($"只能延长到 B-LT 或 B-LTA，不能是 {level.Name} / A document is extended to B-LT or B-LTA, not {level.Name}.", nameof(level));
        }

        _level = level;
        _certificates = [.. certificates];
    }

    /// <summary>Extends a document.</summary>
    /// <param name="input">The signed document; seekable, not changed, not closed.</param>
    /// <param name="output">Where the extended document goes; not closed.</param>
    /// <param name="password">The password of an encrypted document.</param>
    /// <param name="cancellationToken">Cancels waiting for services.</param>
    /// <returns>What was added, and until when it lasts.</returns>
    /// <exception cref="PdfFormatException">The input is not a PDF that can be read.</exception>
    /// <exception cref="InvalidOperationException">The document has no signature.</exception>
    /// <exception cref="RevocationUnavailableException">Evidence could not be had; nothing was written.</exception>
    /// <exception cref="TimestampUnavailableException">No timestamp could be had; nothing was written.</exception>
    public async Task<ExtensionReceipt> ExtendAsync(Stream input, Stream output, string? password = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        using AppendableDocument file = AppendableDocument.OpenAsItIs(input, password);
        RefuseUnsigned(file.Document);
        using var chain = new RevisionChain(input, LongTermAppender.TimestampDigest);
        await chain.HashOriginalAsync(copyTo: null, cancellationToken).ConfigureAwait(false);
        LongTermOutcome outcome = await new LongTermAppender(_level).AppendAsync(chain, file.Document, _certificates, field: null, cancellationToken).ConfigureAwait(false);
        await chain.CopyOriginalAsync(output, cancellationToken).ConfigureAwait(false);
        await chain.WriteAppendedAsync(output, cancellationToken).ConfigureAwait(false);
        return new ExtensionReceipt
        {
            Level = outcome.Level,
            TimestampTime = outcome.TimestampTime,
            ValidUntil = outcome.Period.ValidUntil,
            RenewBefore = outcome.Period.RenewBefore,
            Length = chain.Length,
            Notes = outcome.Notes,
        };
    }

    /// <summary>Extends a file into another; the output appears whole or not at all.</summary>
    /// <param name="inputPath">The signed document.</param>
    /// <param name="outputPath">The extended document; may be the input.</param>
    /// <param name="password">The password of an encrypted document.</param>
    /// <param name="cancellationToken">Cancels waiting for services.</param>
    /// <returns>What was added, and until when it lasts.</returns>
    /// <inheritdoc cref="ExtendAsync(Stream, Stream, string?, CancellationToken)" path="/exception"/>
    public Task<ExtensionReceipt> ExtendAsync(string inputPath, string outputPath, string? password = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(inputPath);
        ArgumentException.ThrowIfNullOrEmpty(outputPath);
        return WholeFile.WriteAsync(inputPath, outputPath, (input, output) => ExtendAsync(input, output, password, cancellationToken));
    }

    private static void RefuseUnsigned(PdfDocument document)
    {
        if (!document.SignatureFields.Any(field => field.IsSigned))
        {
            throw new InvalidOperationException("文件没有签名，无可延长 / The document has no signature to extend.");
        }
    }
}
