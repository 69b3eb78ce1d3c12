using System.Formats.Asn1;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Revocation;

namespace ESign.Pdf.Verification;

/// <summary>All certificates and revocation evidence that a document carries, each with the revision that first has it.</summary>
/// <remarks>
/// ISO 32000-2 §12.8.4.3 (DSS and VRI), RFC 5652 §10.2 (inside signatures), ISO 32000-1 §12.8.3.3.2 (the attribute of Adobe).
/// The revision tells which document timestamps prove that the evidence existed.
/// </remarks>
internal sealed class LongTermMaterial
{
    /// <summary>Objects read from document security stores; archives of decades stay below.</summary>
    private const int MaximumItems = 20_000;

    private readonly Dictionary<ReadOnlyMemory<byte>, int> _firstRevision = new(OctetsComparer.Instance);
    private readonly Dictionary<ReadOnlyMemory<byte>, int> _firstStore = new(OctetsComparer.Instance);
    private readonly HashSet<long> _readStreams = [];
    private readonly HashSet<Certificate> _certificates = [];
    private readonly List<CertificateRevocationList> _crls = [];
    private readonly List<OcspResponse> _ocspResponses = [];

    /// <summary>Every certificate, from whatever place.</summary>
    public IReadOnlyCollection<Certificate> Certificates => _certificates;

    public IReadOnlyList<CertificateRevocationList> Crls => _crls;

    public IReadOnlyList<OcspResponse> OcspResponses => _ocspResponses;

    /// <summary>The keys of the VRI dictionaries in the newest store.</summary>
    public IReadOnlySet<string> VriKeys { get; private set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Reads the stores of all revisions, oldest first.</summary>
    public static LongTermMaterial Read(DocumentHistory history)
    {
        var material = new LongTermMaterial();
        PdfDictionary? previous = null;
        for (int revision = 0; revision < history.Count; revision++)
        {
            PdfDocument view = history[revision];
            if (view.Resolve(view.Catalog["DSS"]) is not PdfDictionary store)
            {
                continue;
            }

            if (!store.Equals(previous) || HasReferences(store))
            {
                material.ReadStore(view, store, revision);
            }

            previous = store;
        }

        return material;
    }

    /// <summary>The first revision that has these bytes as evidence; null when the document does not have them.</summary>
    public int? RevisionOf(ReadOnlyMemory<byte> evidence) => _firstRevision.TryGetValue(evidence, out int revision) ? revision : null;

    /// <summary>The first revision whose document security store has these bytes; null when none has, though a signature may enclose them.</summary>
    public int? StoreRevisionOf(ReadOnlyMemory<byte> evidence) => _firstStore.TryGetValue(evidence, out int revision) ? revision : null;

    /// <summary>Takes what a signature encloses.</summary>
    public void AddFrom(SignedData signedData, int revision)
    {
        foreach (Certificate certificate in signedData.Certificates)
        {
            AddCertificate(certificate);
        }

        foreach (ReadOnlyMemory<byte> crl in signedData.RevocationLists)
        {
            AddCrl(crl, revision);
        }

        foreach (ReadOnlyMemory<byte> response in signedData.OcspResponses)
        {
            AddOcsp(response, revision);
        }

        foreach (SignerInfo signer in signedData.SignerInfos)
        {
            if (signer.FindSignedAttribute(Oids.AdobeRevocationInfoArchival) is { Values: [var value, ..] })
            {
                AddArchival(value, revision);
            }
        }
    }

    public void AddCertificate(Certificate certificate) => _certificates.Add(certificate);

    /// <summary>Evidence that the caller gave: known to exist now, no earlier.</summary>
    public void AddGiven(VerificationPolicy policy)
    {
        _certificates.UnionWith(policy.Certificates);
        _crls.AddRange(policy.RevocationLists);
        _ocspResponses.AddRange(policy.OcspResponses);
        foreach (OcspResponse response in policy.OcspResponses)
        {
            _certificates.UnionWith(response.Certificates);
        }
    }

    private static bool HasReferences(PdfDictionary store) => store.Any(entry => entry.Value is PdfReference);

    private void ReadStore(PdfDocument view, PdfDictionary store, int revision)
    {
        ReadArrays(view, store, "Certs", "CRLs", "OCSPs", revision);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string key, PdfObject value) in (view.Resolve(store["VRI"]) as PdfDictionary ?? PdfDictionary.Empty).Take(MaximumItems))
        {
            if (view.Resolve(value) is PdfDictionary entry)
            {
                keys.Add(key);
                ReadArrays(view, entry, "Cert", "CRL", "OCSP", revision);
            }
        }

        VriKeys = keys;
    }

    private void ReadArrays(PdfDocument view, PdfDictionary dictionary, string certificates, string crls, string ocsps, int revision)
    {
        foreach (ReadOnlyMemory<byte> encoded in Streams(view, dictionary[certificates]))
        {
            if (Certificate.TryDecode(encoded, out Certificate? certificate))
            {
                AddCertificate(certificate);
            }
        }

        foreach (ReadOnlyMemory<byte> encoded in Streams(view, dictionary[crls]))
        {
            _firstStore.TryAdd(encoded, revision);
            AddCrl(encoded, revision);
        }

        foreach (ReadOnlyMemory<byte> encoded in Streams(view, dictionary[ocsps]))
        {
            _firstStore.TryAdd(encoded, revision);
            AddOcsp(encoded, revision);
        }
    }

    /// <summary>The decoded streams of an array that were not read before; damaged ones are no evidence.</summary>
    private IEnumerable<ReadOnlyMemory<byte>> Streams(PdfDocument view, PdfObject? array)
    {
        foreach (PdfObject item in (view.Resolve(array) as PdfArray ?? PdfArray.Empty).Take(MaximumItems))
        {
            if (_readStreams.Count < MaximumItems
                && view.Resolve(item) is PdfStream stream
                && (stream.Data is not StoredStreamData stored || _readStreams.Add(stored.Position))
                && TryDecode(view, stream) is { } decoded)
            {
                yield return decoded;
            }
        }
    }

    private static ReadOnlyMemory<byte>? TryDecode(PdfDocument view, PdfStream stream)
    {
        try
        {
            return view.Decode(stream);
        }
        catch (PdfFormatException)
        {
            return null;
        }
    }

    private void AddCrl(ReadOnlyMemory<byte> encoded, int revision)
    {
        if (_firstRevision.TryAdd(encoded, revision) && CertificateRevocationList.TryDecode(encoded, out CertificateRevocationList? crl))
        {
            _crls.Add(crl);
        }
    }

    private void AddOcsp(ReadOnlyMemory<byte> encoded, int revision)
    {
        if (_firstRevision.TryAdd(encoded, revision) && OcspResponse.TryDecode(encoded, out OcspResponse? response))
        {
            _ocspResponses.Add(response);
            _certificates.UnionWith(response.Certificates);
        }
    }

    // RevocationInfoArchival ::= SEQUENCE { crl [0] EXPLICIT SEQUENCE OF CRL OPTIONAL, ocsp [1] EXPLICIT SEQUENCE OF OCSPResponse OPTIONAL, … }
    private void AddArchival(ReadOnlyMemory<byte> value, int revision)
    {
        try
        {
            DerReader fields = DerReader.OpenSequence(value, AsnEncodingRules.BER);
            if (fields.NextIsContext(0))
            {
                ReadEach(fields.ReadExplicit(0), encoded => AddCrl(encoded, revision));
            }

            if (fields.NextIsContext(1))
            {
                ReadEach(fields.ReadExplicit(1), encoded => AddOcsp(encoded, revision));
            }
        }
        catch (Asn1FormatException)
        {
            // A malformed attribute is no evidence; the signature does not depend on it.
        }
    }

    private static void ReadEach(DerReader wrapper, Action<ReadOnlyMemory<byte>> add)
    {
        DerReader items = wrapper.ReadSequence();
        for (int i = 0; items.HasData && i < MaximumItems; i++)
        {
            add(items.ReadEncodedValue());
        }
    }
}
