using ESign.Pki.Certificates;
using ESign.Pki.Names;

namespace ESign.Pki.Validation;

/// <summary>The certificates a judgement starts from: trusted because the caller says so.</summary>
/// <remarks>RFC 5280 §6.1.1 (d). An anchor need not be self-signed. Its own constraints are honoured (RFC 5937 §3).</remarks>
public sealed class TrustAnchors
{
    private readonly CertificateIndex _index;

    /// <summary>Trusts these certificates.</summary>
    /// <param name="certificates">The anchors, in any order.</param>
    public TrustAnchors(IEnumerable<Certificate> certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        _index = new CertificateIndex(certificates);
    }

    /// <summary>Trusts nobody.</summary>
    public static TrustAnchors None { get; } = new([]);

    /// <summary>The anchors.</summary>
    public IReadOnlyCollection<Certificate> Certificates => _index.All;

    /// <summary>Trusts every certificate of a file.</summary>
    /// <param name="path">A file with certificates as PEM, DER or PKCS#7.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="Asn1.Asn1FormatException">The file holds no certificate, or a malformed one.</exception>
    public static TrustAnchors FromPemFile(string path) => new(Certificate.LoadMany(File.ReadAllBytes(path)));

    /// <summary>Whether exactly this certificate is an anchor.</summary>
    /// <param name="certificate">A certificate.</param>
    public bool Contains(Certificate certificate) => _index.Contains(certificate);

    internal IReadOnlyList<Certificate> FindBySubject(DistinguishedName subject) => _index.FindBySubject(subject);
}
