using System.Globalization;

namespace ESign.Pki.Validation;

/// <summary>Whether a CRL or an OCSP answer is of the right age to tell about a time.</summary>
/// <remarks>
/// Issued not after the evidence time, and still current at the time in question: newer than it, or its nextUpdate not
/// passed. A list without nextUpdate is current as long as the maximum age allows (RFC 5280 §5.1.2.5).
/// </remarks>
internal sealed class EvidenceFreshness(PathPolicy policy, DateTimeOffset evidenceTime)
{
    public DateTimeOffset EvidenceTime => evidenceTime;

    /// <summary>Whether the evidence can be used; if not, says why.</summary>
    public bool Suits(string kind, DateTimeOffset thisUpdate, DateTimeOffset? nextUpdate, DateTimeOffset time, EvidenceRemarks remarks)
    {
        if (thisUpdate > evidenceTime)
        {
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{kind}: thisUpdate {thisUpdate:yyyy-MM-dd'T'HH:mm:ss'Z'} is in the future"));
            return false;
        }

        if (nextUpdate < thisUpdate)
        {
            remarks.Add($"{kind}: nextUpdate is earlier than thisUpdate");
            return false;
        }

        bool current = thisUpdate >= time || nextUpdate is null || nextUpdate >= time;
        bool young = policy.MaximumRevocationAge is not { } age || time - thisUpdate <= age;
        if (!current || !young)
        {
            remarks.AddStale(string.Create(CultureInfo.InvariantCulture, $"{kind}: stale (thisUpdate {thisUpdate:yyyy-MM-dd}, nextUpdate {nextUpdate:yyyy-MM-dd})"));
        }

        return current && young;
    }
}
