using ESign.Pki.Certificates;
using ESign.Pki.Names;

namespace ESign.Pki.Validation;

/// <summary>Certificates to be found by their subject: thousands may be at hand, and every step of a search asks.</summary>
internal sealed class CertificateIndex
{
    private readonly HashSet<Certificate> _all;
    private readonly Dictionary<DistinguishedName, List<Certificate>> _bySubject = [];

    public CertificateIndex(IEnumerable<Certificate> certificates)
    {
        _all = [.. certificates];
        foreach (Certificate certificate in _all)
        {
            if (!_bySubject.TryGetValue(certificate.Subject, out List<Certificate>? list))
            {
                _bySubject[certificate.Subject] = list = [];
            }

            list.Add(certificate);
        }
    }

    /// <summary>Every certificate once.</summary>
    public IReadOnlyCollection<Certificate> All => _all;

    public bool Contains(Certificate certificate) => _all.Contains(certificate);

    public IReadOnlyList<Certificate> FindBySubject(DistinguishedName subject) =>
        _bySubject.TryGetValue(subject, out List<Certificate>? list) ? list : [];
}
