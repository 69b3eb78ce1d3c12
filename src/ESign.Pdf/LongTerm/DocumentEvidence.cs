using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.ElectronicSeals;
using ESign.Pki.Revocation;

namespace ESign.Pdf.LongTerm;

/// <summary>The evidence for every signature of a document, and what could not be had.</summary>
internal sealed class DocumentEvidence
{
    /// <summary>Certificates read from one <c>/Cert</c>.</summary>
    private const int MaximumListed = 64;

    private readonly PdfDocument _document;
    private readonly IRevocationSource _source;
    private readonly StoredEvidence _stored;
    private readonly List<(string VriKey, ValidationEvidence Evidence)> _entries = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];

    private DocumentEvidence(PdfDocument document, IRevocationSource source, IReadOnlyList<Certificate> known)
    {
        _document = document;
        _source = source;
        _stored = StoredEvidence.Read(document);
        Pool = new IssuerPool([.. known, .. _stored.Certificates]);
    }

    /// <summary>What was found, by the key of the signature it is for.</summary>
    public IReadOnlyList<(string VriKey, ValidationEvidence Evidence)> Entries => _entries;

    /// <summary>What the caller should know: signatures without evidence, certificates that are revoked.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Why a signature that had to have evidence has none; null when all have.</summary>
    public RevocationUnavailableException? Gap { get; private set; }

    /// <summary>A certificate of the field's own signature that is revoked.</summary>
    public Certificate? Revoked { get; private set; }

    /// <summary>All certificates at hand.</summary>
    public IssuerPool Pool { get; }

    /// <summary>Collects for every signature.</summary>
    /// <param name="document">The document.</param>
    /// <param name="source">Where revocation answers come from.</param>
    /// <param name="known">Certificates that may be needed and are not in the document.</param>
    /// <param name="field">The field whose signature must have evidence; all must when null.</param>
    /// <param name="cancellationToken">Cancels waiting for services.</param>
    public static async ValueTask<DocumentEvidence> CollectAsync(PdfDocument document, IRevocationSource source, IReadOnlyList<Certificate> known, string? field, CancellationToken cancellationToken)
    {
        var evidence = new DocumentEvidence(document, source, known);
        foreach (SignatureField signed in document.SignatureFields.Where(signed => signed.IsSigned).OrderByDescending(signed => signed.Name == field))
        {
            await evidence.AddAsync(signed, isNeeded: field is null || field == signed.Name, isOwn: field == signed.Name, cancellationToken).ConfigureAwait(false);
        }

        return evidence;
    }

    private async ValueTask AddAsync(SignatureField field, bool isNeeded, bool isOwn, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> contents = _document.Resolve(field.Value!["Contents"]) is PdfString value ? value.Bytes : default;
        string key = DssWriter.VriKey(contents.Span);
        if (!_seen.Add(key))
        {
            return; // several fields may share one signature
        }

        var collector = new EvidenceCollector(field.Name, _source, _stored, Pool);
        try
        {
            await CollectAsync(collector, field, contents, cancellationToken).ConfigureAwait(false);
            _entries.Add((key, collector.Evidence));
            _notes.AddRange(collector.Notes.Except(_notes, StringComparer.Ordinal).ToArray());
            Revoked ??= isOwn ? collector.Revoked : null;
        }
        catch (RevocationUnavailableException exception)
        {
            _notes.Add(exception.Message);
            Gap ??= isNeeded ? exception : null;
        }
    }

    private ValueTask CollectAsync(EvidenceCollector collector, SignatureField field, ReadOnlyMemory<byte> contents, CancellationToken cancellationToken)
    {
        if (SignedData.TryDecode(contents, out SignedData? signedData, out _) && signedData.SignerInfos.Count > 0)
        {
            return collector.AddAsync(signedData, cancellationToken);
        }

        Certificate[] listed = [.. Listed(field.Value!)];
        return SealSignature.TryDecode(contents, out SealSignature? seal, out _) ? collector.AddAsync(seal, listed, cancellationToken)
            : listed.Length > 0 ? collector.AddAsync(listed, cancellationToken)
            : throw new RevocationUnavailableException($"签名“{field.Name}”无法读取 / The signature \"{field.Name}\" cannot be read.");
    }

    /// <summary>/Cert (table 255): a byte string, or an array of them.</summary>
    private IEnumerable<Certificate> Listed(PdfDictionary signature)
    {
        PdfObject written = _document.Resolve(signature["Cert"]);
        foreach (PdfString encoded in (written is PdfArray several ? several.Take(MaximumListed).Select(_document.Resolve) : [written]).OfType<PdfString>())
        {
            if (Certificate.TryDecode(encoded.Bytes, out Certificate? certificate))
            {
                yield return certificate;
            }
        }
    }
}
