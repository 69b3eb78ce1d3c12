using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ESign.Pki.Issuance;
using ESign.Pki.Transparency;
using ESign.Registration.Access;
using ESign.Registration.Operators;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ESign.AspNetCore.Tests;

/// <summary>An account set up at a moment at which the audit log takes no records: the secret nobody saw is none.</summary>
public sealed class SetupRetryTests
{
    [Fact]
    public async Task A_setup_code_is_good_again_when_the_set_up_could_not_be_recorded()
    {
        var log = new FailingLog();
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{RunningServer.FreePort()}");
        builder.Services.AddESign().UseStores(new InMemoryCertificateRepository(), log, new InMemoryAccessTokenStore());
        await using WebApplication app = builder.Build();
        app.UseESign();
        app.UseRouting();
        app.MapESignApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        OperatorDesk desk = app.Services.GetRequiredService<OperatorDesk>();
        string setupCode = OperatorDesk.NewSetupCode();
        await desk.InviteAsync("zhang.san", "张三", AccessRoles.Officer, setupCode, "test", TestContext.Current.CancellationToken);

        log.IsFailing = true;
        Assert.Equal(HttpStatusCode.InternalServerError, (await SetUpAsync()).StatusCode);
        log.IsFailing = false;
        JsonNode done = await RunningServer.ReadAsync(await SetUpAsync(), HttpStatusCode.OK);
        Assert.StartsWith("otpauth://", (string?)done["otpAuthUri"], StringComparison.Ordinal);

        Task<HttpResponseMessage> SetUpAsync() =>
            client.PostAsJsonAsync("/api/v1/login/setup", new { login = "zhang.san", setupCode, password = "correct horse battery" }, TestContext.Current.CancellationToken);
    }

    private sealed class FailingLog : ITransparencyLog
    {
        private readonly InMemoryTransparencyLog _log = new();

        public bool IsFailing { get; set; }

        ValueTask<long> ITransparencyLog.AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> records, CancellationToken cancellationToken) =>
            IsFailing ? throw new IOException("The disk is full") : ((ITransparencyLog)_log).AppendAsync(records, cancellationToken);

        ValueTask<MerkleTree> ITransparencyLog.OpenTreeAsync(CancellationToken cancellationToken) => ((ITransparencyLog)_log).OpenTreeAsync(cancellationToken);

        IAsyncEnumerable<LogRecord> ITransparencyLog.ReadAsync(long start, long count, CancellationToken cancellationToken) => ((ITransparencyLog)_log).ReadAsync(start, count, cancellationToken);

        ValueTask ITransparencyLog.SaveCheckpointAsync(SavedCheckpoint checkpoint, CancellationToken cancellationToken) => ((ITransparencyLog)_log).SaveCheckpointAsync(checkpoint, cancellationToken);

        IAsyncEnumerable<SavedCheckpoint> ITransparencyLog.ListCheckpointsAsync(int limit, CancellationToken cancellationToken) => ((ITransparencyLog)_log).ListCheckpointsAsync(limit, cancellationToken);
    }
}
