using ESign.Pki.Certificates;
using ESign.Pki.Timestamping;

namespace ESign.Pdf.LongTerm;

/// <summary>How long a document timestamp protects, and when to renew it.</summary>
/// <param name="ValidUntil">The end of the first certificate to end on the way from the authority's up to its root.</param>
/// <param name="RenewBefore">A tenth of the protection before it ends.</param>
internal readonly record struct ArchivePeriod(DateTimeOffset? ValidUntil, DateTimeOffset? RenewBefore)
{
    /// <summary>Longer paths do not occur; a loop of cross-certificates ends here.</summary>
    private const int MaximumPath = 16;

    /// <param name="token">The document timestamp; none protects for no time.</param>
    /// <param name="pool">Certificates among which the token's issuers may be, beside those in the token.</param>
    public static ArchivePeriod Of(TimestampToken? token, IssuerPool pool)
    {
        if (token?.SignedData.SignerInfos is not [var signer, ..]
            || token.SignedData.Certificates.FirstOrDefault(signer.Identifies) is not { } authority)
        {
            return default;
        }

        pool.Add(token.SignedData.Certificates);
        DateTimeOffset end = authority.NotAfter;
        Certificate? issuer = pool.FindIssuer(authority);
        for (int length = 0; length < MaximumPath && issuer is not null && !pool.IsSelfSigned(issuer); length++)
        {
            end = issuer.NotAfter < end ? issuer.NotAfter : end;
            issuer = pool.FindIssuer(issuer);
        }

        return new ArchivePeriod(end, end - ((end - token.Time) / 10));
    }
}
