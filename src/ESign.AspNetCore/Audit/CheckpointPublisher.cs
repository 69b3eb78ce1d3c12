using System.Security.Cryptography;
using System.Text;
using ESign.AspNetCore.Authorities;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Pki.Transparency;
using ESign.Tsa;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ESign.AspNetCore.Audit;

/// <summary>Signs a checkpoint whenever the log has grown, has it timestamped, and keeps it.</summary>
/// <remarks>The token over a checkpoint is not itself a record: else every checkpoint would call for the next.</remarks>
internal sealed class CheckpointPublisher(ITransparencyLog log, AuditLogSettings settings, AuditKey key, TimeProvider time, IServiceProvider services, ILogger<CheckpointPublisher> logger)
    : BackgroundService
{
    private readonly SemaphoreSlim _publishing = new(1, 1);

    /// <summary>Publishes now if there is something new.</summary>
    /// <returns>The newest checkpoint.</returns>
    public async ValueTask<SavedCheckpoint> PublishAsync(CancellationToken cancellationToken = default)
    {
        await _publishing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await PublishNewestAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _publishing.Release();
        }
    }

    /// <summary>A checkpoint that was published already.</summary>
    /// <param name="size">How many records it is about.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The checkpoint; null when it is not among the newest thousand.</returns>
    public async ValueTask<SavedCheckpoint?> FindAsync(long size, CancellationToken cancellationToken = default)
    {
        await foreach (SavedCheckpoint checkpoint in log.ListCheckpointsAsync(1000, cancellationToken).ConfigureAwait(false))
        {
            if (checkpoint.Size <= size)
            {
                return checkpoint.Size == size ? checkpoint : null;
            }
        }

        return null;
    }

    public override void Dispose()
    {
        _publishing.Dispose();
        base.Dispose();
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings is { PublicKeyFile: { } file, Key: not null })
        {
            PrivateFile.Write(CredentialFiles.PathOf(settings.Folder, file), Encoding.ASCII.GetBytes(key.ToPem()));
        }

        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await PublishAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.CheckpointInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await TryPublishAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("Publishing checkpoints ends");
        }
    }

    private async ValueTask<SavedCheckpoint> PublishNewestAsync(CancellationToken cancellationToken)
    {
        MerkleTree tree = await log.OpenTreeAsync(cancellationToken).ConfigureAwait(false);
        if (await ReadNewestAsync(cancellationToken).ConfigureAwait(false) is { } newest && newest.Size >= tree.Size)
        {
            return newest;
        }

        byte[] root = await tree.RootAsync(tree.Size, cancellationToken).ConfigureAwait(false);
        string note = await new Checkpoint(settings.Origin, tree.Size, root).SignAsync(key.Key, cancellationToken).ConfigureAwait(false);
        var checkpoint = new SavedCheckpoint(tree.Size, note, await StampAsync(note, cancellationToken).ConfigureAwait(false));
        await log.SaveCheckpointAsync(checkpoint, cancellationToken).ConfigureAwait(false);

        // Another server may have been first: what is kept is what everybody sees, with the token that belongs to it.
        return await ReadNewestAsync(cancellationToken).ConfigureAwait(false) ?? checkpoint;
    }

    private async ValueTask<SavedCheckpoint?> ReadNewestAsync(CancellationToken cancellationToken)
    {
        await foreach (SavedCheckpoint newest in log.ListCheckpointsAsync(1, cancellationToken).ConfigureAwait(false))
        {
            return newest;
        }

        return null;
    }

    private async ValueTask TryPublishAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PublishAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogError(exception, "A checkpoint could not be published; the next attempt is in {Interval}", settings.CheckpointInterval);
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> StampAsync(string note, CancellationToken cancellationToken)
    {
        if (services.GetService<TimestampAuthority>() is not { } authority)
        {
            return default;
        }

        var request = new TimestampRequest(DigestAlgorithm.Sha256, SHA256.HashData(Encoding.UTF8.GetBytes(note)));
        TimestampResponse response = await authority.IssueAsync(request, cancellationToken).ConfigureAwait(false);
        return response.Token?.RawData ?? default;
    }
}
