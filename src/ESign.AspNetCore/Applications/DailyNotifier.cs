using System.Globalization;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Callbacks;
using ESign.Pki.Issuance;
using ESign.Registration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ESign.AspNetCore.Applications;

/// <summary>Tells, at nine in the morning in China, which certificates end 7, 3 or 1 days ahead and on the day itself, and which applications should have been decided on.</summary>
/// <remarks>Every server looks; each notice is told once, because its message is kept under the certificate and the days.</remarks>
internal sealed class DailyNotifier(IssuerDirectory issuers, RegistrationDesk desk, CallbackOutbox outbox, AuditLog audit, TimeProvider time, ILogger<DailyNotifier> logger) : BackgroundService
{
    private static readonly TimeSpan NineInTheMorning = TimeSpan.FromHours(9);

    /// <summary>Tells what is due today.</summary>
    /// <returns>How many certificates end within the week's notices.</returns>
    public async Task<int> NotifyAsync(CancellationToken cancellationToken)
    {
        DateOnly today = ChinaTime.DayOf(time.GetUtcNow());
        int count = 0;
        foreach (HostedIssuer issuer in issuers.All)
        {
            await foreach ((CertificateRecord certificate, int left) in ExpiryNotices.DueOnAsync(issuer.Authority.Repository, today, ChinaTime.Offset, cancellationToken).ConfigureAwait(false))
            {
                if (!string.Equals(certificate.Intent.IssuerId, issuer.Authority.Id, StringComparison.Ordinal) || string.Equals(certificate.Intent.ProfileName, CertificateProfile.OcspResponder.Name, StringComparison.Ordinal))
                {
                    continue; // another issuer's of the same store, or the service's own, which it renews itself
                }

                count++;
                await outbox.RaiseAsync(
                    "CertificateExpiring",
                    new() { ["Issuer"] = issuer.Name, ["SerialNumber"] = certificate.SerialNumber, ["Subject"] = certificate.Intent.SubjectName, ["NotAfter"] = certificate.Intent.NotAfter.ToString("O", CultureInfo.InvariantCulture), ["DaysLeft"] = left, ["Evidence"] = certificate.Intent.EvidenceReference },
                    $"{issuer.Name}/{certificate.SerialNumber}/{left}", cancellationToken).ConfigureAwait(false);
            }
        }

        return count;
    }

    /// <summary>Tells which applications a reviewer should have decided on: each once a day.</summary>
    public async Task RemindAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var overdue = new ApplicationQuery { ReviewDueBy = now };
        await foreach (StoredApplication<PersonApplication> person in desk.Applications.ListPersonsAsync(overdue, cancellationToken).ConfigureAwait(false))
        {
            await RemindAsync("person", person.Application, now, cancellationToken).ConfigureAwait(false);
        }

        await foreach (StoredApplication<EnterpriseApplication> enterprise in desk.Applications.ListEnterprisesAsync(overdue, cancellationToken).ConfigureAwait(false))
        {
            await RemindAsync("enterprise", enterprise.Application, now, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The next time it is nine in the morning.</summary>
    internal static TimeSpan UntilNext(DateTimeOffset now)
    {
        DateTimeOffset local = now.ToOffset(ChinaTime.Offset);
        DateTimeOffset next = new DateTimeOffset(local.Date, ChinaTime.Offset) + NineInTheMorning;
        return (next > local ? next : next.AddDays(1)) - local;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(UntilNext(time.GetUtcNow()), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            try
            {
                int count = await NotifyAsync(stoppingToken).ConfigureAwait(false);
                await audit.RecordAsync(new AuditEntry("expiry.notified", "service", "certificates") { Details = [("count", count.ToString(CultureInfo.InvariantCulture))] }).ConfigureAwait(false);
                await RemindAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested) // whatever the store throws: tomorrow is another day
            {
                logger.LogError(exception, "Notices of what expires or is overdue could not be given");
            }
        }
    }

    private ValueTask RemindAsync(string kind, IApplication application, DateTimeOffset now, CancellationToken cancellationToken) => outbox.RaiseAsync(
        "ReviewOverdue",
        new() { ["ApplicationId"] = application.Id, ["Kind"] = kind, ["ReviewDueAt"] = application.ReviewDueAt?.ToString("O", CultureInfo.InvariantCulture) },
        string.Create(CultureInfo.InvariantCulture, $"{application.Id}/{ChinaTime.DayOf(now):yyyy-MM-dd}"), cancellationToken);
}
