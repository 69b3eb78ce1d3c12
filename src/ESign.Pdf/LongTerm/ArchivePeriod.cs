using ESign.Pki.Certificates;
using ESign.Pki.Timestamping;

namespace ESign.Pdf.LongTerm;

/// <summary>How long a document timestamp protects, and when to renew it.</summary>
internal static class ArchivePeriod
{
    public static (DateTimeOffset? ValidUntil, DateTimeOffset? RenewBefore) Of(TimestampToken? token)
    {
        if (token?.SignedData.SignerInfos is not [var signer, ..]
            || token.SignedData.Certificates.FirstOrDefault(signer.Identifies) is not { } authority)
        {
            return (null, null);
        }

        DateTimeOffset end = authority.NotAfter;
        return (end, end - ((end - token.Time) / 10));
    }
}
