using System.Net;
using System.Text.Json.Nodes;
using ESign.AspNetCore.Applications;
using ESign.Registration.Protection;
using ESign.Registration.Records;
using ESign.Storage;
using ESign.Storage.Tests;
using ESign.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ESign.AspNetCore.Tests;

/// <summary>A new data key is introduced while servers run: nobody meets a record it cannot open, and at the end everything is sealed with it.</summary>
public sealed class DataKeyRotationTests(PostgresServer database) : IClassFixture<PostgresServer>
{
    private const string Persons = "/api/v1/applications/persons";

    [Fact]
    public async Task Two_servers_on_one_PostgreSQL_change_the_key_while_they_work()
    {
        if (database.Source is null)
        {
            Ci.SkipOrFail(database.MissingReason!);
        }

        using var folder = new TemporaryFolder();
        string data = folder.PathTo("data");
        string[] store = ["--ConnectionStrings:PostgreSql", database.Source!.ConnectionString];
        string firstFile = folder.PathTo("data/keys/data-keys"), secondFile = folder.PathTo("second-keys");
        string officer;
        await using (ConfiguredServer once = await ConfiguredServer.StartAsync(data, store))
        {
            officer = await once.CreateTokenAsync("officer");
            await ApplyAsync(once, officer);
        }

        File.Copy(firstFile, secondFile);
        await using ConfiguredServer second = await ConfiguredServer.StartAsync(data, [.. store, "--CertificateAuthority:InstanceId", "2", "--DataKeys:File", secondFile]);
        await using ConfiguredServer first = await ConfiguredServer.StartAsync(data, [.. store, "--DataKeys:Rotate", "true"]);
        DataKeyRing firstKeys = KeysOf(first), secondKeys = KeysOf(second);
        string former = secondKeys.CurrentKeyId;
        string added = Assert.Single(firstKeys.KeyIds, id => id != former);

        // The second server lacks the key: nobody seals with it, and a server that starts with the old file is turned away.
        await RotationOf(first).BeatAsync(default);
        await RotationOf(first).BeatAsync(default);
        Assert.Equal((former, former), (firstKeys.CurrentKeyId, secondKeys.CurrentKeyId));
        string between = await ApplyAsync(first, officer);
        await AssertReadableAsync(second, officer, between);
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ConfiguredServer.StartAsync(data, [.. store, "--CertificateAuthority:InstanceId", "3", "--DataKeys:File", secondFile]));
        Assert.Contains(added, refused.Message, StringComparison.Ordinal);

        // Once it has the file both use the key, the one sooner than the other, and either reads what the other wrote.
        File.Copy(firstFile, secondFile, overwrite: true);
        await RotationOf(second).BeatAsync(default); // takes the key over, and as all have it now, switches
        await RotationOf(first).BeatAsync(default);
        Assert.Equal(added, firstKeys.CurrentKeyId);
        string after = await ApplyAsync(first, officer);
        await AssertReadableAsync(second, officer, after);
        await AssertReadableAsync(first, officer, await ApplyAsync(second, officer));

        IRecordStore records = await SqlRecordStore.OpenPostgresAsync(database.Source, TestContext.Current.CancellationToken);
        for (int beat = 0; beat < 5; beat++)
        {
            await RotationOf(second).BeatAsync(default);
            await RotationOf(first).BeatAsync(default);
        }

        await foreach (StoredRecord record in records.ListAsync(new RecordQuery()))
        {
            Assert.Equal(added, DataKeyRing.KeyIdOf(record.Content.Span));
        }

        Assert.Equal("", (await records.FindAsync(DataKeys.Kind, DataKeys.Id))!.State);
        foreach (string id in (string[])[between, after])
        {
            await AssertReadableAsync(first, officer, id);
            await AssertReadableAsync(second, officer, id);
        }
    }

    [Fact]
    public async Task A_server_that_died_is_waited_for_a_minute()
    {
        using var folder = new TemporaryFolder();
        var clock = new Clock();
        var store = new InMemoryRecordStore();
        string path = folder.PathTo("data-keys");
        using DataKeyRing dead = await DataKeys.OpenAsync(path, store, rotate: false);
        await RotationWith(store, dead, clock).BeatAsync(default);
        File.Copy(path, folder.PathTo("rotated"));
        using DataKeyRing keys = await DataKeys.OpenAsync(folder.PathTo("rotated"), store, rotate: true);
        DataKeyRotation rotation = RotationWith(store, keys, clock);
        await rotation.BeatAsync(default);
        Assert.Equal(dead.CurrentKeyId, keys.CurrentKeyId);
        clock.Now += DataKeyRotation.Life;
        await rotation.BeatAsync(default);
        await rotation.BeatAsync(default);
        Assert.NotEqual(dead.CurrentKeyId, keys.CurrentKeyId);
    }

    [Fact]
    public async Task A_second_rotation_before_the_first_is_over_adds_no_key_and_an_older_file_put_back_loses_none()
    {
        using var folder = new TemporaryFolder();
        var clock = new Clock();
        var store = new InMemoryRecordStore();
        string path = folder.PathTo("data-keys");
        (await DataKeys.OpenAsync(path, store, rotate: false)).Dispose();
        using DataKeyRing first = await DataKeys.OpenAsync(path, store, rotate: true);
        byte[] announced = File.ReadAllBytes(path);
        using DataKeyRing second = await DataKeys.OpenAsync(path, store, rotate: true); // the rotation is not over: no further key
        Assert.Equal(announced, File.ReadAllBytes(path));
        File.WriteAllLines(path, File.ReadAllLines(path)[..^1]); // and somebody put an older file back
        await RotationWith(store, first, clock).BeatAsync(default);
        Assert.Equal(announced, File.ReadAllBytes(path)); // the server that has the key saves it again before it is used
    }

    private static DataKeyRotation RotationWith(InMemoryRecordStore store, DataKeyRing keys, TimeProvider clock) => new(store, keys, clock, NullLogger<DataKeyRotation>.Instance);

    private static DataKeyRing KeysOf(ConfiguredServer server) => server.App.Services.GetRequiredService<DataKeyRing>();

    private static DataKeyRotation RotationOf(ConfiguredServer server) => server.App.Services.GetRequiredService<DataKeyRotation>();

    private static async Task<string> ApplyAsync(ConfiguredServer server, string token)
    {
        object body = new { name = "张三", documentKind = "residentIdentityCard", documentNumber = Numbers.ResidentId(), mobile = Numbers.Mobile(), consents = new[] { new { documentId = "协议", version = "3" } } };
        JsonNode made = await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, Persons, token, body), HttpStatusCode.Created);
        return (string)made["id"]!;
    }

    private static async Task AssertReadableAsync(ConfiguredServer server, string token, string id) =>
        Assert.Equal("张*", (string?)(await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, $"{Persons}/{id}", token)))["name"]);

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 5, 20, 2, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
