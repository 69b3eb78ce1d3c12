using System.Globalization;
using ESign.AspNetCore.Authorities;
using ESign.Pki.Revocation;

namespace ESign.AspNetCore.Health;

/// <summary>Watches what nobody renews by itself: the CRLs of offline issuers.</summary>
/// <remarks>An expired CRL stops every verifier that insists on one; the ceremony that makes the next takes people and days.</remarks>
internal sealed class CrlWatch(IssuerDirectory issuers, CertificateAuthoritySettings settings, TimeProvider time)
{
    /// <summary>How long each offline issuer's CRL is still good; nothing for one that was never placed, or has no end.</summary>
    public IEnumerable<(string Issuer, TimeSpan Remaining)> Remainders()
    {
        foreach (OfflineIssuer issuer in issuers.Offline)
        {
            if (TryRead(issuer, out _)?.NextUpdate is { } end)
            {
                yield return (issuer.Name, end - time.GetUtcNow());
            }
        }
    }

    /// <summary>What should be seen to, Chinese and English.</summary>
    public IReadOnlyDictionary<string, string> FindWarnings()
    {
        var warnings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (OfflineIssuer issuer in issuers.Offline)
        {
            CertificateRevocationList? crl = TryRead(issuer, out string? fault);
            string? warning = (crl, fault) switch
            {
                (_, { } reason) => reason,
                (null, _) => "尚无吊销列表 / No CRL was placed",
                ({ NextUpdate: { } end }, _) when end <= time.GetUtcNow() => $"吊销列表已于 {Day(end)} 过期 / The CRL expired on {Day(end)}",
                ({ NextUpdate: { } end }, _) when end - time.GetUtcNow() < settings.CrlWarning => $"吊销列表将于 {Day(end)} 过期，请制作并放置下一份 / The CRL expires on {Day(end)}: make and place the next",
                _ => null,
            };
            if (warning is not null)
            {
                warnings["crl " + issuer.Name] = warning;
            }
        }

        return warnings;
    }

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static CertificateRevocationList? TryRead(OfflineIssuer issuer, out string? fault)
    {
        try
        {
            fault = null;
            return issuer.Current;
        }
        catch (InvalidOperationException exception)
        {
            fault = exception.Message;
            return null;
        }
    }
}
