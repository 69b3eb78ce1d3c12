using System.IO.Compression;
using System.Security.Cryptography;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.LongTerm;

/// <summary>Adds validation evidence to the document security store.</summary>
/// <remarks>
/// ISO 32000-2 §12.8.4.3; EN 319 142-1 §5.4.2. The store only grows: existing streams and VRI entries are never rewritten or
/// removed, and what is already there is not written again. Values are compressed streams, one per certificate, CRL or response.
/// </remarks>
internal sealed class DssWriter
{
    private readonly PdfDocument _document;
    private readonly IncrementalUpdate _update;
    private readonly PdfDictionary _existing;
    private readonly Dictionary<string, PdfReference> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<PdfObject>> _arrays = new(StringComparer.Ordinal);
    private readonly List<(string Key, PdfObject Value)> _vri = [];

    public DssWriter(PdfDocument document, IncrementalUpdate update)
    {
        _document = document;
        _update = update;
        _existing = document.Resolve(document.Catalog["DSS"]) as PdfDictionary ?? PdfDictionary.Empty;
        foreach (string name in (ReadOnlySpan<string>)["Certs", "CRLs", "OCSPs"])
        {
            _arrays[name] = [.. document.Resolve(_existing[name]) as PdfArray ?? PdfArray.Empty];
            foreach (PdfObject item in _arrays[name])
            {
                if (item is PdfReference reference && StoredEvidence.TryDecode(document, reference) is { } value)
                {
                    _known.TryAdd(Key(value.Span), reference);
                }
            }
        }
    }

    /// <summary>The VRI key of a signature: upper-case hexadecimal SHA-1 over the whole <c>/Contents</c> value, padding included.</summary>
    public static string VriKey(ReadOnlySpan<byte> contents) => Convert.ToHexString(SHA1.HashData(contents));

    /// <summary>Adds evidence, and an entry that says which signature it is for.</summary>
    public void Add(ValidationEvidence evidence, string vriKey)
    {
        PdfArray certificates = Store("Certs", evidence.Certificates);
        PdfArray crls = Store("CRLs", evidence.Crls);
        PdfArray responses = Store("OCSPs", evidence.OcspResponses);
        _vri.Add((vriKey, new PdfDictionary(
            ("Type", new PdfName("VRI")),
            ("Cert", OrNull(certificates)),
            ("CRL", OrNull(crls)),
            ("OCSP", OrNull(responses)))));
    }

    /// <summary>Writes the store and returns what the catalog's <c>/DSS</c> must be.</summary>
    public PdfObject Finish()
    {
        PdfDictionary store = _existing.With("Type", new PdfName("DSS"));
        foreach ((string name, List<PdfObject> items) in _arrays)
        {
            if (items.Count > 0)
            {
                store = store.With(name, new PdfArray(items));
            }
        }

        var vri = _document.Resolve(_existing["VRI"]) as PdfDictionary ?? PdfDictionary.Empty;
        foreach ((string key, PdfObject value) in _vri)
        {
            if (!vri.ContainsKey(key))
            {
                vri = vri.With(key, value);
            }
        }

        store = store.With("VRI", vri);
        if (_document.Catalog["DSS"] is PdfReference reference)
        {
            _update.Set(reference, store);
            return reference;
        }

        return _update.Add(store);
    }

    private PdfArray Store(string name, IReadOnlyList<ReadOnlyMemory<byte>> values)
    {
        var references = new List<PdfObject>(values.Count);
        foreach (ReadOnlyMemory<byte> value in values)
        {
            string key = Key(value.Span);
            if (!_known.TryGetValue(key, out PdfReference? reference))
            {
                reference = _update.Add(Compressed(value.Span));
                _known[key] = reference;
            }

            if (!_arrays[name].Contains(reference))
            {
                _arrays[name].Add(reference);
            }

            if (!references.Contains(reference))
            {
                references.Add(reference);
            }
        }

        return new PdfArray(references);
    }

    private static PdfStream Compressed(ReadOnlySpan<byte> value)
    {
        using var compressed = new MemoryStream(value.Length);
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(value);
        }

        return new PdfStream(new PdfDictionary(("Filter", new PdfName("FlateDecode"))), compressed.ToArray());
    }

    private static string Key(ReadOnlySpan<byte> value) => Convert.ToHexString(SHA256.HashData(value));

    private static PdfObject OrNull(PdfArray array) => array.Count > 0 ? array : PdfNull.Instance;
}
