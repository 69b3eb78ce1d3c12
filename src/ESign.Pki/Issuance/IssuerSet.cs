using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pki.Issuance;

/// <summary>Several issuing authorities side by side: during a rollover, or for several algorithms.</summary>
internal sealed class IssuerSet
{
    private readonly CertificateAuthority[] _issuers;

    /// <summary>Makes a set.</summary>
    /// <param name="issuers">The authorities; at least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public IssuerSet(IEnumerable<CertificateAuthority> issuers)
    {
        ArgumentNullException.ThrowIfNull(issuers);
        _issuers = [.. issuers];
        if (_issuers.Length == 0)
        {
            throw new ArgumentException("至少需要一个签发者 / At least one issuer is needed", nameof(issuers));
        }
    }

    /// <summary>The authorities.</summary>
    public IReadOnlyList<CertificateAuthority> Issuers => _issuers;

    /// <summary>
    /// The authority to issue with: valid now, of the algorithm asked for, outliving the profile's default validity where
    /// possible, and the newest of those.
    /// </summary>
    /// <param name="profile">What is to be issued.</param>
    /// <param name="algorithm">The issuer's algorithm, when it matters.</param>
    /// <returns>The authority.</returns>
    /// <exception cref="IssuanceRefusedException">None is valid.</exception>
    public CertificateAuthority Select(CertificateProfile profile, SignatureAlgorithm? algorithm = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        CertificateAuthority? best = null;
        bool bestOutlives = false;
        foreach (CertificateAuthority issuer in _issuers)
        {
            DateTimeOffset now = issuer.Options.TimeProvider.GetUtcNow();
            Certificate certificate = issuer.Certificate;
            if (now < certificate.NotBefore || now > certificate.NotAfter || (algorithm is not null && issuer.Key.Algorithm != algorithm))
            {
                continue;
            }

            bool outlives = now + profile.DefaultValidity <= certificate.NotAfter;
            bool isBetter = best is null || (outlives && !bestOutlives) || (outlives == bestOutlives && certificate.NotBefore > best.Certificate.NotBefore);
            if (isBetter)
            {
                best = issuer;
                bestOutlives = outlives;
            }
        }

        return best ?? throw new IssuanceRefusedException("issuer", ["没有可用的签发CA / No issuing authority is valid now for that algorithm"]);
    }
}
