using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;

namespace ESign.Pdf.LongTerm;

/// <summary>Appends one revision with validation evidence for every signature and, for archives, a document timestamp over all of it.</summary>
/// <remarks>EN 319 142-1 §5.4.2 (DSS), §5.4.3 (document timestamp); ISO 32000-2 §12.8.4 and §12.8.5.</remarks>
internal sealed class LongTermAppender
{
    private readonly PadesLevel _level;

    public LongTermAppender(PadesLevel level) => _level = level;

    /// <summary>How timestamp imprints are computed.</summary>
    public static DigestAlgorithm TimestampDigest => DigestAlgorithm.Sha256;

    /// <summary>Appends to the chain.</summary>
    /// <param name="chain">The file so far; hashed with <see cref="TimestampDigest"/> for archives.</param>
    /// <param name="document">The document with everything the chain has appended so far.</param>
    /// <param name="knownCertificates">Certificates that may be needed and are not in the document.</param>
    /// <param name="field">The field whose signature is brought to the level; those of all fields when null.</param>
    /// <param name="cancellationToken">Cancels waiting for services.</param>
    /// <returns>What was reached: a document timestamp is added for archives, and where a signature had no timestamp yet.</returns>
    /// <exception cref="RevocationUnavailableException">Evidence is missing, and the level may not be lower or there is nothing to append.</exception>
    /// <exception cref="TimestampUnavailableException">There is no timestamp, and the level may not be lower or there is nothing to append.</exception>
    public async ValueTask<LongTermOutcome> AppendAsync(RevisionChain chain, PdfDocument document, IReadOnlyList<Certificate> knownCertificates, string? field, CancellationToken cancellationToken)
    {
        DocumentEvidence evidence = await DocumentEvidence.CollectAsync(document, _level.Revocation!, knownCertificates, field, cancellationToken).ConfigureAwait(false);
        bool isCovered = TimestampCoverage.IsComplete(document);
        bool addsTimestamp = _level.IsArchive || !isCovered;
        if (evidence.Gap is { } gap && !(_level.MayBeLower && (addsTimestamp || evidence.Entries.Count > 0)))
        {
            throw gap;
        }

        List<string> notes = [.. evidence.Notes];
        TimestampToken? token = null;
        if (addsTimestamp)
        {
            try
            {
                token = await AppendTimestampAsync(chain, document, evidence, cancellationToken).ConfigureAwait(false);
            }
            catch (TimestampUnavailableException exception) when (_level.MayBeLower && evidence.Entries.Count > 0)
            {
                notes.Add("未能取得文档时间戳 / No document timestamp could be had.");
                notes.Add(exception.Message);
            }
        }

        if (token is null)
        {
            chain.Append(BuildStore(document, evidence.Entries));
        }

        // A signature that was just made brought its own timestamp.
        string level = (evidence.Gap, token, isCovered || field is not null) switch
        {
            (null, not null, _) => "B-LTA",
            (null, null, true) => "B-LT",
            (_, null, false) => "B-B",
            _ => "B-T",
        };
        if (IsClosed(document))
        {
            notes.Add("认证不允许任何更改（P=1），其后追加的验证数据虽合乎标准，个别阅读器仍会判为更改 / The certification allows no changes (P=1); the standard permits the validation data added after it, yet some readers call it a change. Prefer P=2.");
        }

        return new LongTermOutcome(level, token?.Time, ArchivePeriod.Of(token, evidence.Pool), notes, evidence.Revoked);
    }

    private async ValueTask<TimestampToken> AppendTimestampAsync(RevisionChain chain, PdfDocument document, DocumentEvidence evidence, CancellationToken cancellationToken)
    {
        int room = _level.Timestamps!.MaximumTokenSize;
        for (int round = 1; ; round++)
        {
            SignatureRevision revision = BuildTimestamp(document, evidence.Entries, room);
            try
            {
                byte[] imprint = chain.DigestWith(TimestampDigest, revision.BeforeGap, revision.AfterGap);
                TimestampToken token = await _level.Timestamps.GetTimestampAsync(TimestampDigest, imprint, cancellationToken).ConfigureAwait(false);
                ReadOnlyMemory<byte> der = token.ToDer();
                if (ContentsReservation.MissingRoom(der.Length, revision.Capacity, round) is { } missing)
                {
                    room += missing;
                    revision.Dispose();
                    continue;
                }

                revision.Embed(der.Span);
                chain.Append(revision.Section);
                return token;
            }
            catch
            {
                revision.Dispose();
                throw;
            }
        }
    }

    /// <summary>Whether the document is certified and allows no changes (ISO 32000-2 §12.8.2.2).</summary>
    private static bool IsClosed(PdfDocument document) =>
        document.Resolve(document.Catalog["Perms"]) is PdfDictionary permissions
        && document.Resolve(permissions["DocMDP"]) is PdfDictionary certification
        && document.Resolve(certification["Reference"]) is PdfArray references
        && references.Any(item => document.Resolve(item) is PdfDictionary reference
            && document.Resolve(reference["TransformParams"]) is PdfDictionary parameters
            && document.Resolve(parameters["P"]) is PdfInteger { Value: 1 });

    private static AppendedSection BuildStore(PdfDocument document, IReadOnlyList<(string VriKey, ValidationEvidence Evidence)> evidence)
    {
        var update = new IncrementalUpdate(document);
        WriteStore(document, update, evidence);
        return update.Build();
    }

    private static SignatureRevision BuildTimestamp(PdfDocument document, IReadOnlyList<(string VriKey, ValidationEvidence Evidence)> evidence, int room)
    {
        var update = new IncrementalUpdate(document);
        var form = new FormEditor(document, update);
        WriteStore(document, update, evidence);
        PdfPlaceholder byteRange = PdfPlaceholder.ByteRange();
        PdfPlaceholder contents = PdfPlaceholder.Contents(room);
        PdfReference value = update.Add(new PdfDictionary(
            ("Type", new PdfName("DocTimeStamp")),
            ("Filter", new PdfName("Adobe.PPKLite")),
            ("SubFilter", new PdfName("ETSI.RFC3161")),
            ("ByteRange", byteRange),
            ("Contents", contents)));
        Page page = document.GetPage(1);
        PdfReference field = update.Add(WidgetDictionary.SignatureField(FieldNames.Free(document, "Timestamp"), update.ReferenceOf(page), default, 0, update.Add(WidgetDictionary.Empty()), "文档时间戳 / Document timestamp")
            .With("V", value));
        form.AddField(field);
        form.AddWidget(page, field);
        form.MarkSigned();
        form.Finish();
        return SignatureRevision.Create(update, byteRange, contents);
    }

    private static void WriteStore(PdfDocument document, IncrementalUpdate update, IReadOnlyList<(string VriKey, ValidationEvidence Evidence)> evidence)
    {
        if (evidence.Count == 0)
        {
            return;
        }

        var store = new DssWriter(document, update);
        foreach ((string key, ValidationEvidence found) in evidence)
        {
            store.Add(found, key);
        }

        update.SetCatalogEntry("DSS", store.Finish());
    }
}
