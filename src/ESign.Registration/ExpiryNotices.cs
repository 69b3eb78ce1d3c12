using System.Runtime.CompilerServices;
using ESign.Pki.Issuance;

namespace ESign.Registration;

/// <summary>Which certificates end 7, 3 or 1 days from a day, or on it: their holders are told.</summary>
public static class ExpiryNotices
{
    private static readonly int[] DaysAhead = [7, 3, 1, 0];

    /// <summary>The notices due on a day. Run once a day; running twice gives the same notices.</summary>
    /// <param name="repository">The certificates.</param>
    /// <param name="day">The day, in the holders' time zone.</param>
    /// <param name="offset">That zone's offset from UTC; China: eight hours.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Certificates in force and how many days they have left.</returns>
    public static async IAsyncEnumerable<(CertificateRecord Certificate, int DaysLeft)> DueOnAsync(ICertificateRepository repository, DateOnly day, TimeSpan offset, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        foreach (int days in DaysAhead)
        {
            var start = new DateTimeOffset(day.AddDays(days).ToDateTime(TimeOnly.MinValue), offset);
            var query = new CertificateQuery { Status = CertificateState.Issued, NotAfterFrom = start, NotAfterBefore = start.AddDays(1) };
            await foreach (CertificateRecord record in repository.ListAsync(query, cancellationToken).ConfigureAwait(false))
            {
                yield return (record, days);
            }
        }
    }
}
