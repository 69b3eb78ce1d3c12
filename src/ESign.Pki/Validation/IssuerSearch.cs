using ESign.Pki.Certificates;
using ESign.Pki.Revocation;

namespace ESign.Pki.Validation;

/// <summary>Fetches the issuers a path lacks, from where its certificates say they are.</summary>
/// <remarks>
/// RFC 5280 §4.2.2.1 (caIssuers), RFC 4158 §7.3. Bounded: each certificate is asked about once, which ends every loop; so many
/// certificates are asked about, and so many kept. What is fetched is a candidate like any other, trusted in nothing.
/// </remarks>
internal sealed class IssuerSearch(IReadOnlyList<IRevocationSource> sources)
{
    /// <summary>The most certificates asked about in one judgement: paths are rarely longer than four.</summary>
    private const int MaximumQuestions = 8;

    /// <summary>The most certificates kept in one judgement.</summary>
    private const int MaximumCertificates = 32;

    private readonly IIssuerSource[] _sources = [.. sources.OfType<IIssuerSource>()];
    private readonly HashSet<Certificate> _asked = [];
    private readonly HashSet<Certificate> _found = [];

    /// <summary>Candidates that were not known before, for the certificates at which the search for a path ended; empty when there are none.</summary>
    public async ValueTask<IReadOnlyList<Certificate>> FindAsync(IEnumerable<Certificate> deadEnds, IReadOnlyList<Certificate> known, CancellationToken cancellationToken)
    {
        var added = new List<Certificate>();
        foreach (Certificate certificate in deadEnds)
        {
            if (_asked.Count >= MaximumQuestions || !_asked.Add(certificate))
            {
                continue;
            }

            foreach (IIssuerSource source in _sources)
            {
                IReadOnlyList<Certificate> candidates = await source.FindIssuersAsync(certificate, cancellationToken).ConfigureAwait(false);
                added.AddRange(candidates.Where(candidate => _found.Count < MaximumCertificates && !known.Contains(candidate) && _found.Add(candidate)));
            }
        }

        return added;
    }
}
