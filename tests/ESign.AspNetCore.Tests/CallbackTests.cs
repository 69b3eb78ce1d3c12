using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ESign.AspNetCore.Applications;
using ESign.AspNetCore.Callbacks;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Registration.Records;
using ESign.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ESign.AspNetCore.Tests;

/// <summary>Callbacks (F194–F196, F032): signed, encrypted where asked, again until 200, and never to where they must not go.</summary>
public sealed class CallbackTests : IAsyncLifetime
{
    private const string Token = "token-of-sixteen-and-more";
    private const string Key = "0123456789abcdef0123456789ABCDEF";

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<(string Path, string Signature, byte[] Body)> _received = new();
    private readonly ConcurrentDictionary<string, int> _answers = new(StringComparer.Ordinal);
    private readonly Uri _address = new($"http://127.0.0.1:{RunningServer.FreePort()}");
    private WebApplication _receiver = null!;

    public async ValueTask InitializeAsync()
    {
        _folder.Write("token", Encoding.ASCII.GetBytes(Token + "\n"));
        _folder.Write("key", Encoding.ASCII.GetBytes(Key + "\n"));
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(_address.ToString());
        _receiver = builder.Build();
        _receiver.MapPost("/{name}", async (HttpContext context, string name) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _received.Enqueue((name, context.Request.Headers["Content-Signature"].ToString(), body.ToArray()));
            context.Response.StatusCode = _answers.GetValueOrDefault(name, 200);
            if (context.Response.StatusCode == 302)
            {
                context.Response.Headers.Location = "/elsewhere";
            }
        });
        await _receiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.StopAsync();
        await _receiver.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_message_is_signed_and_encrypted_as_its_receiver_wants_it()
    {
        await using ServiceProvider services = Build(new Clock(), Endpoint("plain"), Endpoint("gcm") with { Format = CallbackFormat.Sealed, KeyFile = "key" }, Endpoint("cbc") with { Format = CallbackFormat.Platform, KeyFile = "key" });
        await RaiseAsync(services, "SealStatusChange");
        Assert.Equal(3, await DeliverAsync(services));
        Dictionary<string, (string Path, string Signature, byte[] Body)> received = _received.ToDictionary(static message => message.Path, StringComparer.Ordinal);
        Assert.All(received.Values, static message => Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Token), message.Body)), message.Signature));

        JsonNode envelope = JsonNode.Parse(received["plain"].Body)!;
        Assert.Equal(["MsgId", "MsgType", "MsgVersion", "MsgData"], envelope.AsObject().Select(static member => member.Key));
        Assert.Equal(("SealStatusChange", "公章"), ((string?)envelope["MsgType"], (string?)envelope["MsgData"]!["SealName"]));

        byte[] sealedBytes = Convert.FromBase64String((string)JsonNode.Parse(received["gcm"].Body)!["encrypt"]!);
        byte[] opened = new byte[sealedBytes.Length - 28];
        using (var gcm = new AesGcm(Encoding.ASCII.GetBytes(Key), 16))
        {
            gcm.Decrypt(sealedBytes.AsSpan(0, 12), sealedBytes.AsSpan(12, opened.Length), sealedBytes.AsSpan(12 + opened.Length), opened);
        }

        Assert.Equal(envelope.ToJsonString(), JsonNode.Parse(opened)!.ToJsonString());

        using var cbc = Aes.Create();
        cbc.Key = Encoding.ASCII.GetBytes(Key);
        byte[] plain = cbc.DecryptCbc(Convert.FromBase64String((string)JsonNode.Parse(received["cbc"].Body)!["encrypt"]!), Encoding.ASCII.GetBytes(Key[..16]));
        Assert.Equal(envelope.ToJsonString(), JsonNode.Parse(plain)!.ToJsonString());
    }

    [Fact]
    public async Task Only_200_ends_the_attempts_which_follow_the_schedule_with_the_same_message_each_time()
    {
        var clock = new Clock();
        await using ServiceProvider services = Build(clock, Endpoint("slow"));
        _answers["slow"] = 302; // not followed, and not 200
        await RaiseAsync(services, "SealStatusChange");
        TimeSpan[] schedule = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];
        foreach (TimeSpan wait in schedule)
        {
            Assert.Equal(1, await DeliverAsync(services));
            clock.Now += wait - TimeSpan.FromSeconds(1);
            Assert.Equal(0, await DeliverAsync(services));
            clock.Now += TimeSpan.FromSeconds(1);
        }

        Assert.Equal(1, await DeliverAsync(services));
        CallbackMessage failed = await SingleAsync(services);
        Assert.Equal((CallbackState.Failed, 7, "answered 302"), (failed.State, failed.Attempts, failed.LastError));
        Assert.Equal(7, _received.Count);
        Assert.Single(_received.Select(static message => Encoding.UTF8.GetString(message.Body)).Distinct(StringComparer.Ordinal));
        clock.Now += TimeSpan.FromDays(2);
        Assert.Equal(0, await DeliverAsync(services));
        Assert.DoesNotContain(_received, static message => message.Path == "elsewhere");
    }

    [Fact]
    public async Task A_message_that_is_told_once_is_told_once()
    {
        var clock = new Clock();
        await using ServiceProvider services = Build(clock, Endpoint("plain"));
        for (int i = 0; i < 3; i++)
        {
            await services.GetRequiredService<CallbackOutbox>().RaiseAsync("CreateOrganization", [], "91350100M000100Y43");
            await DeliverAsync(services);
            clock.Now += TimeSpan.FromDays(40);
        }

        Assert.Single(_received);
        await RaiseAsync(services, "SealStatusChange");
        await RaiseAsync(services, "SealStatusChange");
        await DeliverAsync(services);
        Assert.Equal(3, _received.Select(static message => (string?)JsonNode.Parse(message.Body)!["MsgId"]).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Of_two_servers_one_delivers_and_a_full_queue_drops_and_says_so()
    {
        await using ServiceProvider services = Build(new Clock(), settings => settings with { MaximumPending = 2 }, Endpoint("plain"));
        for (int i = 0; i < 4; i++)
        {
            await RaiseAsync(services, "SealStatusChange");
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DeliverAsync(services)));
        Assert.Equal(2, _received.Count);
    }

    [Fact]
    public async Task A_receiver_gets_the_kinds_it_asked_for()
    {
        await using ServiceProvider services = Build(new Clock(), Endpoint("seals") with { Types = ["SealStatusChange"] }, Endpoint("certificates") with { Types = ["CertificateIssued"] });
        await RaiseAsync(services, "SealStatusChange");
        await DeliverAsync(services);
        Assert.Equal("seals", Assert.Single(_received).Path);
    }

    [Theory]
    [InlineData("https://127.0.0.1:{0}/x")]
    [InlineData("https://localhost:{0}/x")]
    [InlineData("https://[::1]:{0}/x")]
    [InlineData("https://[::ffff:127.0.0.1]:{0}/x")]
    public async Task Private_addresses_are_not_called_whatever_name_they_go_by(string url)
    {
        var address = new Uri(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, _address.Port));
        await using ServiceProvider services = Build(new Clock(), settings => settings with { AllowPrivateAddresses = false, AllowedHosts = [address.IdnHost] }, Endpoint("plain") with { Url = address.ToString() });
        await RaiseAsync(services, "SealStatusChange");
        await DeliverAsync(services);
        Assert.Equal("the host's address is not public", (await SingleAsync(services)).LastError);
        Assert.Empty(_received);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2400:3200::1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.0", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void Public_addresses(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://callbacks.example/x", "callbacks.example", "token", "plain")]
    [InlineData("https://other.example/x", "callbacks.example", "token", "plain")]
    [InlineData("https://user:secret@callbacks.example/x", "callbacks.example", "token", "plain")]
    [InlineData("ftp://callbacks.example/x", "callbacks.example", "token", "plain")]
    [InlineData("https://callbacks.example/x", "callbacks.example", "", "plain")]
    [InlineData("https://callbacks.example/x", "callbacks.example", "token", "Bad Name")]
    public void Unsafe_settings_are_refused(string url, string allowed, string tokenFile, string name)
    {
        var settings = new CallbackSettings { Folder = _folder.Path, AllowedHosts = [allowed], Endpoints = [new CallbackEndpoint { Name = name, Url = url, TokenFile = tokenFile }] };
        Assert.Throws<InvalidOperationException>(() => CallbackReceiver.Load(settings));
    }

    [Fact]
    public void Two_receivers_need_addresses_of_their_own()
    {
        CallbackEndpoint one = new() { Name = "live", Url = "https://callbacks.example/x", TokenFile = "token" };
        var settings = new CallbackSettings { Folder = _folder.Path, AllowedHosts = ["callbacks.example"], Endpoints = [one, one with { Name = "test" }] };
        Assert.Contains("正式环境与测试环境", Assert.Throws<InvalidOperationException>(() => CallbackReceiver.Load(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_tells_what_happened_to_applications_once_each()
    {
        _folder.Write("callback-token", Encoding.ASCII.GetBytes(Token));
        await using ConfiguredServer server = await ConfiguredServer.StartAsync(
            _folder.PathTo("data"),
            ["--Callbacks:Folder", _folder.Path, "--Callbacks:AllowPrivateAddresses", "true", "--Callbacks:AllowedHosts:0", "127.0.0.1", "--Callbacks:Endpoints:0:Name", "platform", "--Callbacks:Endpoints:0:Url", $"{_address}platform", "--Callbacks:Endpoints:0:TokenFile", "callback-token"]);
        string client = await server.CreateTokenAsync("client");
        object person = new { name = "张三", documentKind = "residentIdentityCard", documentNumber = Numbers.ResidentId(), consents = new[] { new { documentId = "协议", version = "1" } } };
        JsonNode made = await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, "/api/v1/applications/persons", client, person), HttpStatusCode.Created);
        for (int i = 0; i < 200 && _received.IsEmpty; i++)
        {
            await Task.Delay(50);
        }

        JsonNode message = JsonNode.Parse(Assert.Single(_received).Body)!;
        Assert.Equal(("PersonVerificationChange", (string?)made["id"], "Approved"), ((string?)message["MsgType"], (string?)message["MsgData"]!["ApplicationId"], (string?)message["MsgData"]!["State"]));
    }

    [Fact]
    public async Task F191_what_ends_in_7_3_1_or_0_days_is_told_once_at_nine_in_the_morning()
    {
        using var key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        var clock = new Clock();
        CertificateAuthority authority = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("示例CA"), key, new CertificateAuthorityOptions { TimeProvider = clock });
        IssuedCertificate issued = await authority.IssueAsync(
            CertificateProfile.Person, new IssuanceRequest { Subject = CertificateSubject.Person("张三", ResidentIdNumber.Parse("11010519491231002X")), SubjectPublicKeyInfo = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256).SubjectPublicKeyInfo });
        var collection = new ServiceCollection();
        collection.AddLogging().AddSingleton<TimeProvider>(clock).AddSingleton(new CallbackSettings { Folder = _folder.Path, AllowPrivateAddresses = true, AllowedHosts = ["127.0.0.1"], Endpoints = [Endpoint("plain")] });
        collection.AddESign().AddCertificateAuthority(authority);
        await using ServiceProvider services = collection.BuildServiceProvider();
        DailyNotifier notifier = services.GetRequiredService<DailyNotifier>();
        for (int day = 9; day >= 0; day--)
        {
            clock.Now = issued.Certificate.NotAfter.AddDays(-day).AddMinutes(-1);
            await notifier.NotifyAsync(default);
            await notifier.NotifyAsync(default);
            await DeliverAsync(services);
        }

        Assert.Equal([7, 3, 1, 0], _received.Select(static message => (int)JsonNode.Parse(message.Body)!["MsgData"]!["DaysLeft"]!));
        Assert.Equal(TimeSpan.FromHours(23), DailyNotifier.UntilNext(new DateTimeOffset(2026, 5, 20, 10, 0, 0, TimeSpan.FromHours(8))));
        Assert.Equal(TimeSpan.FromHours(24), DailyNotifier.UntilNext(new DateTimeOffset(2026, 5, 20, 9, 0, 0, TimeSpan.FromHours(8))));
        Assert.Equal(TimeSpan.FromMinutes(1), DailyNotifier.UntilNext(new DateTimeOffset(2026, 5, 20, 0, 59, 0, TimeSpan.Zero)));
    }

    private static async Task RaiseAsync(ServiceProvider services, string type) =>
        await services.GetRequiredService<CallbackOutbox>().RaiseAsync(type, new JsonObject { ["SealName"] = "公章" });

    private static Task<int> DeliverAsync(ServiceProvider services) => services.GetRequiredService<CallbackDelivery>().DeliverDueAsync(default);

    private static async Task<CallbackMessage> SingleAsync(ServiceProvider services)
    {
        var found = new List<CallbackMessage>();
        await foreach (Versioned<CallbackMessage> message in services.GetRequiredService<CallbackOutbox>().Messages.ListAsync())
        {
            found.Add(message.Value);
        }

        return Assert.Single(found);
    }

    private CallbackEndpoint Endpoint(string name) => new() { Name = name, Url = $"{_address}{name}", TokenFile = "token" };

    private ServiceProvider Build(TimeProvider clock, params CallbackEndpoint[] endpoints) => Build(clock, static settings => settings, endpoints);

    private ServiceProvider Build(TimeProvider clock, Func<CallbackSettings, CallbackSettings> change, params CallbackEndpoint[] endpoints)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(clock);
        services.AddSingleton(change(new CallbackSettings { Folder = _folder.Path, AllowPrivateAddresses = true, AllowedHosts = ["127.0.0.1"], Endpoints = endpoints }));
        services.AddESign();
        return services.BuildServiceProvider();
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 5, 20, 2, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
