using System.Security.Cryptography;
using System.Text;
using ESign.Registration.Protection;
using ESign.Registration.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ESign.AspNetCore.Applications;

/// <summary>Lets servers on one store change the key that seals while they run.</summary>
/// <remarks>
/// <para>A server started with <c>DataKeys:Rotate</c> puts a key into its file and announces it in the store; nobody seals with it yet. At every
/// beat each server takes over the keys it finds in its file, and says in the store, for as long as it lives, which keys its file has and with which
/// it seals. Once every living server has the announced key, the check record is sealed with it, and so every server seals with it from its next beat
/// on. Once all do, what other keys sealed is sealed anew, until a pass finds nothing more.</para>
/// <para>A server that starts says so before it looks at what is announced, and whoever announced looks at the servers afterwards: of two that start
/// and rotate at the same moment one sees the other. Clocks of servers may differ by less than <see cref="Life"/> less a beat.</para>
/// </remarks>
internal sealed class DataKeyRotation(IRecordStore store, DataKeyRing keys, TimeProvider time, ILogger<DataKeyRotation> logger) : BackgroundService
{
    /// <summary>The state of the check record while a key waits to be known everywhere; its id follows.</summary>
    public const string Announced = "announced:";

    private const string Resealing = "resealing";
    private const string ServerPrefix = "server-";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>A server that has not been heard of for so long is not waited for. When it comes back it reads its file first.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _beating = new(1, 1);
    private readonly string _own = ServerPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <exception cref="InvalidOperationException">A key is announced that the file has not.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (keys.File is null)
        {
            return; // the keys of one process
        }

        await BeatAsync(cancellationToken).ConfigureAwait(false);
        StoredRecord check = await FindCheckAsync(cancellationToken).ConfigureAwait(false);
        string needed = AnnouncedKey(check) ?? DataKeyRing.KeyIdOf(check.Content.Span)!;
        if (!keys.KeyIds.Contains(needed, StringComparer.Ordinal))
        {
            await store.RemoveAsync(DataKeys.Kind, _own, CancellationToken.None).ConfigureAwait(false);
            throw new InvalidOperationException($"正在启用新的数据密钥{needed}，请先从轮换密钥的服务器复制数据密钥文件到 {keys.File} / A new data key, {needed}, is being introduced: copy the file of the data keys from the server that rotates to {keys.File} first");
        }

        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await store.RemoveAsync(DataKeys.Kind, _own, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One look at the file and the store, and one step of a rotation if it is time for it. One follows the other: none acts on what was so before another's step.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        await _beating.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _beating.Release();
        }
    }

    public override void Dispose()
    {
        _beating.Dispose();
        base.Dispose();
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        ReadFile();
        StoredRecord check = await FindCheckAsync(cancellationToken).ConfigureAwait(false);
        keys.Use(DataKeyRing.KeyIdOf(check.Content.Span)!);
        await SayAliveAsync(cancellationToken).ConfigureAwait(false);
        if (AnnouncedKey(check) is { } announced)
        {
            await SwitchAsync(check, announced, cancellationToken).ConfigureAwait(false);
        }
        else if (string.Equals(check.State, Resealing, StringComparison.Ordinal))
        {
            await ResealAsync(check, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await BeatAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested) // whatever store and file throw: the next beat comes
            {
                logger.LogError(exception, "数据密钥检查失败 / The data keys could not be looked after");
            }
        }
    }

    private static string? AnnouncedKey(StoredRecord check) => check.State.StartsWith(Announced, StringComparison.Ordinal) ? check.State[Announced.Length..] : null;

    // Two servers that rotate at the same time may overwrite each other's file: a key counts as known when the file has it.
    private void ReadFile()
    {
        using DataKeyRing file = DataKeyRing.Load(keys.File!);
        if (keys.Adopt(file))
        {
            keys.Save(keys.File!);
        }
    }

    private async Task SayAliveAsync(CancellationToken cancellationToken)
    {
        StoredRecord? last = await store.FindAsync(DataKeys.Kind, _own, cancellationToken).ConfigureAwait(false);
        var now = new StoredRecord
        {
            Kind = DataKeys.Kind,
            Id = _own,
            Version = last?.Version ?? 1,
            State = keys.CurrentKeyId,
            DueAt = time.GetUtcNow() + Life,
            Content = keys.Seal(Encoding.ASCII.GetBytes(string.Join(',', keys.KeyIds)), DataKeyRing.ContextOf(DataKeys.Kind, _own)),
        };
        RecordOutcome outcome = last is null ? await store.AddAsync(now, cancellationToken).ConfigureAwait(false) : await store.ReplaceAsync(now, cancellationToken).ConfigureAwait(false);
        if (outcome != RecordOutcome.Done)
        {
            logger.LogDebug("The record of this server was being sealed anew; the next beat says so again");
        }
    }

    private async Task SwitchAsync(StoredRecord check, string announced, CancellationToken cancellationToken)
    {
        List<string> lacking = [];
        foreach (StoredRecord server in await ListServersAsync(cancellationToken).ConfigureAwait(false))
        {
            string known = Encoding.ASCII.GetString(keys.Open(server.Content.Span, DataKeyRing.ContextOf(DataKeys.Kind, server.Id)));
            if (!known.Split(',').Contains(announced, StringComparer.Ordinal))
            {
                lacking.Add(server.Id);
            }
        }

        if (lacking.Count > 0)
        {
            logger.LogWarning("新数据密钥{Key}尚未启用，请把密钥文件复制到其他服务器 / The new data key is not used yet: copy the file of the data keys to {Servers}", announced, string.Join(", ", lacking));
            return;
        }

        RecordOutcome outcome = await store.ReplaceAsync(DataKeys.CreateCheck(keys, announced) with { Version = check.Version, State = Resealing }, cancellationToken).ConfigureAwait(false);
        if (outcome != RecordOutcome.Done)
        {
            return; // another server was faster
        }

        logger.LogInformation("启用新数据密钥 / This data key seals from now on: {Key}", announced);
    }

    private async Task ResealAsync(StoredRecord check, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredRecord> servers = await ListServersAsync(cancellationToken).ConfigureAwait(false);
        if (!servers.All(server => string.Equals(server.State, keys.CurrentKeyId, StringComparison.Ordinal)))
        {
            return;
        }

        int count = await keys.ResealAsync(store, cancellationToken).ConfigureAwait(false);
        if (count == 0)
        {
            await store.ReplaceAsync(check with { State = "" }, cancellationToken).ConfigureAwait(false);
        }

        logger.LogInformation("已用新数据密钥重新加密 / Sealed anew with {Key}: {Count} records", keys.CurrentKeyId, count);
    }

    private async Task<StoredRecord> FindCheckAsync(CancellationToken cancellationToken) =>
        await store.FindAsync(DataKeys.Kind, DataKeys.Id, cancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException("数据密钥检查记录丢失 / The check record of the data keys is gone from the database");

    /// <summary>The servers that live; those long gone are forgotten.</summary>
    private async Task<IReadOnlyList<StoredRecord>> ListServersAsync(CancellationToken cancellationToken)
    {
        var living = new List<StoredRecord>();
        await foreach (StoredRecord record in store.ListAsync(new RecordQuery { Kind = DataKeys.Kind, After = ServerPrefix }, cancellationToken).ConfigureAwait(false))
        {
            if (record.DueAt > time.GetUtcNow())
            {
                living.Add(record);
            }
            else
            {
                await store.RemoveAsync(record.Kind, record.Id, cancellationToken).ConfigureAwait(false);
            }
        }

        return living;
    }
}
