using System.Globalization;
using System.Security.Cryptography;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Validation;

namespace ESign.Pdf.Reporting;

/// <summary>The validation objects of a report: certificates, CRLs, OCSP responses, timestamps; each once, with its identifier.</summary>
/// <remarks>ETSI TS 119 102-2 §4.4. Identifiers are the kind and a part of the SHA-256 digest: the same object has the same one in every report.</remarks>
internal sealed class EtsiObjects
{
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly List<Entry> _order = [];

    public IReadOnlyList<Entry> All => _order;

    public string Add(Certificate certificate) => Add("C", EtsiNames.CertificateObject, certificate.RawData);

    public string? Add(TimestampResult timestamp) =>
        timestamp.Token is { } token ? Add("T", EtsiNames.TimestampObject, token.RawData, timestamp) : null;

    /// <summary>The evidence of a status: the identifiers of its CRLs and OCSP response.</summary>
    public IReadOnlyList<string> Add(CertificateStatus status)
    {
        List<string> ids = [.. status.Crls.Select(crl => Add("R", EtsiNames.CrlObject, crl.RawData))];
        if (status.OcspResponse is { } response)
        {
            ids.Add(Add("O", EtsiNames.OcspObject, response.RawData));
        }

        return ids;
    }

    private string Add(string prefix, string type, ReadOnlyMemory<byte> data, TimestampResult? timestamp = null)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Convert.ToHexString(SHA256.HashData(data.Span).AsSpan(0, 16))}");
        if (!_entries.ContainsKey(id))
        {
            var entry = new Entry(id, type, data, timestamp);
            _entries.Add(id, entry);
            _order.Add(entry);
        }

        return id;
    }

    /// <param name="Id">The identifier; an XML name.</param>
    /// <param name="Type">The URI of its kind.</param>
    /// <param name="Data">The encoded object.</param>
    /// <param name="Timestamp">What became of it when it is a timestamp.</param>
    internal sealed record Entry(string Id, string Type, ReadOnlyMemory<byte> Data, TimestampResult? Timestamp);
}
