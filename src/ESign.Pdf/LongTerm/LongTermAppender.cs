using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.ElectronicSeals;
using ESign.Pki.Keys;
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
    /// <param name="cancellationToken">Cancels waiting for services.</param>
    /// <returns>The document timestamp: for archives, and where a signature had no timestamp yet.</returns>
    public async ValueTask<TimestampToken?> AppendAsync(RevisionChain chain, PdfDocument document, IReadOnlyList<Certificate> knownCertificates, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string VriKey, ValidationEvidence Evidence)> evidence = await CollectAsync(document, knownCertificates, cancellationToken).ConfigureAwait(false);
        if (!_level.IsArchive && TimestampCoverage.IsComplete(document))
        {
            chain.Append(BuildStore(document, evidence));
            return null;
        }

        int room = _level.Timestamps!.MaximumTokenSize;
        for (int round = 1; ; round++)
        {
            SignatureRevision revision = BuildTimestamp(document, evidence, room);
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
    }

    private async ValueTask<IReadOnlyList<(string VriKey, ValidationEvidence Evidence)>> CollectAsync(PdfDocument document, IReadOnlyList<Certificate> knownCertificates, CancellationToken cancellationToken)
    {
        if (_level.Revocation is not { } source)
        {
            return [];
        }

        StoredEvidence stored = StoredEvidence.Read(document);
        var found = new List<(string, ValidationEvidence)>();
        foreach (SignatureField field in document.SignatureFields)
        {
            if (field.Value is not { } signature || document.Resolve(signature["Contents"]) is not PdfString contents)
            {
                continue;
            }

            bool isCms = SignedData.TryDecode(contents.Bytes, out SignedData? signedData, out _);
            SealSignature? seal = null;
            string key = DssWriter.VriKey(contents.Bytes.Span);
            if ((!isCms && !SealSignature.TryDecode(contents.Bytes, out seal, out _)) || found.Exists(entry => string.Equals(entry.Item1, key, StringComparison.Ordinal)))
            {
                continue; // several fields may share one signature
            }

            var collector = new EvidenceCollector(source, stored, knownCertificates);
            await (isCms
                ? collector.AddAsync(signedData!, cancellationToken)
                : collector.AddAsync(seal!, CertificatesOf(document, signature), cancellationToken)).ConfigureAwait(false);
            found.Add((key, collector.Evidence));
        }

        return found;
    }

    /// <summary>/Cert (table 255): a byte string, or an array of them.</summary>
    private static IEnumerable<Certificate> CertificatesOf(PdfDocument document, PdfDictionary signature)
    {
        const int Maximum = 64;
        PdfObject written = document.Resolve(signature["Cert"]);
        foreach (PdfString encoded in (written is PdfArray several ? several.Take(Maximum).Select(document.Resolve) : [written]).OfType<PdfString>())
        {
            if (Certificate.TryDecode(encoded.Bytes, out Certificate? certificate))
            {
                yield return certificate;
            }
        }
    }

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
