using ESign.Tsa;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ESign.AspNetCore.Timestamps;

/// <summary>Renews the clock guard's lease every minute and logs what the sources said (EN 319 421 §7.7.2).</summary>
internal sealed class ClockRefresh(ClockGuard guard, TimeProvider time, ILogger<ClockRefresh> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await RefreshAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("Checking the clock ends");
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (ClockStatus status in await guard.RefreshAsync(cancellationToken).ConfigureAwait(false))
        {
            if (status.IsSynchronized)
            {
                logger.LogInformation("Clock checked: offset {Offset}, uncertainty {Uncertainty}, leap {Leap}", status.Offset, status.Uncertainty, status.Leap);
            }
            else
            {
                logger.LogWarning("Clock not vouched for: {Explanation}", status.Explanation);
            }
        }

        if (!guard.IsInSync)
        {
            logger.LogError("The clock is in doubt; no timestamps are issued");
        }
    }
}
