using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ESign.AspNetCore.Development;
using ESign.AspNetCore.RemoteSigning;
using ESign.Pki.Keys;
using ESign.Pki.Transparency;
using ESign.Registration.Access;
using ESign.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ESign.AspNetCore.Tests;

/// <summary>Signing by hash, in a host of one's own: a code, an authorisation for exactly these hashes, a signature the certificate verifies.</summary>
public sealed class RemoteSigningTests : IAsyncLifetime, IOneTimeCodeSender
{
    private static readonly byte[] Hash = SHA256.HashData("contract"u8);

    private readonly TestSigner _signer = TestSigner.Shared(SignatureAlgorithm.EcdsaP256Sha256);
    private readonly List<string> _codes = [];
    private WebApplication _app = null!;
    private HttpClient _client = null!;
    private string _owner = "";
    private string _other = "";

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{RunningServer.FreePort()}");
        builder.Services.AddSingleton<IOneTimeCodeSender>(this);
        builder.Services.AddESign().AddRemoteSigning(new RemoteCredential("seal-1", _signer.Credential, Owner: "深圳示例", Recipient: "13800000000"));
        _app = builder.Build();
        _app.UseESign();
        _app.UseRouting();
        _app.MapRemoteSigning();
        await _app.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        _owner = await CreateTokenAsync("深圳示例");
        _other = await CreateTokenAsync("somebody else");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    public ValueTask SendAsync(string recipient, string code, CancellationToken cancellationToken = default)
    {
        Assert.Equal("13800000000", recipient);
        _codes.Add(code);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_code_authorises_a_hash_and_the_certificate_verifies_the_signature()
    {
        Assert.Equal("2.0.0.2", (string?)(await PostAsync("info", _owner, new { }))["specs"]);
        Assert.Equal("seal-1", (string?)(await PostAsync("credentials/list", _owner, new { }))["credentialIDs"]![0]);
        JsonNode info = await PostAsync("credentials/info", _owner, new { credentialID = "seal-1", certificates = "chain", certInfo = true });
        Assert.Equal(2, info["cert"]!["certificates"]!.AsArray().Count);
        Assert.Equal("2", (string?)info["SCAL"]);

        string sad = await AuthorizeAsync(Hash);
        JsonNode signed = await PostAsync("signatures/signHash", _owner, SignBody(sad, Hash));
        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(_signer.Certificate.SubjectPublicKeyInfo.Span, out _);
        Assert.True(key.VerifyHash(Hash, Convert.FromBase64String((string)signed["signatures"]![0]!), DSASignatureFormat.Rfc3279DerSequence));
        Assert.Equal("invalid_sad", (string?)(await PostAsync("signatures/signHash", _owner, SignBody(sad, Hash), HttpStatusCode.BadRequest))["code"]);

        var actions = new List<string>();
        await foreach (LogRecord record in _app.Services.GetRequiredService<ITransparencyLog>().ReadAsync(0, 100, TestContext.Current.CancellationToken))
        {
            actions.Add((string)JsonNode.Parse(record.Content.Span)!["action"]!);
        }

        Assert.Equal(["signature.code-sent", "signature.authorized", "signature.made"], actions[^3..]);
    }

    [Fact]
    public async Task An_authorisation_is_for_its_hashes_and_its_caller_alone()
    {
        string sad = await AuthorizeAsync(Hash);
        Assert.Equal("invalid_sad", (string?)(await PostAsync("signatures/signHash", _owner, SignBody(sad, SHA256.HashData("another"u8)), HttpStatusCode.BadRequest))["code"]);
        Assert.Equal("invalid_sad", (string?)(await PostAsync("signatures/signHash", _owner, SignBody(sad, Hash), HttpStatusCode.BadRequest))["code"]); // used up
        Assert.Equal("invalid_request", (string?)(await PostAsync("signatures/signHash", _other, SignBody(sad, Hash), HttpStatusCode.BadRequest))["code"]);
        Assert.Equal("unauthenticated", (string?)(await PostAsync("credentials/list", null, new { }, HttpStatusCode.Unauthorized))["error"]);
    }

    [Fact]
    public async Task F189_codes_are_not_sent_more_often_than_every_30_seconds_and_five_wrong_ones_end_them()
    {
        Assert.Equal(HttpStatusCode.NoContent, await SendCodeAsync());
        Assert.Equal(HttpStatusCode.TooManyRequests, await SendCodeAsync());
        string wrong = _codes[^1] == "000000" ? "000001" : "000000";
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal("invalid_otp", (string?)(await PostAsync("credentials/authorize", _owner, AuthorizeBody(wrong, Hash), HttpStatusCode.BadRequest))["code"]);
        }

        Assert.Equal("invalid_otp", (string?)(await PostAsync("credentials/authorize", _owner, AuthorizeBody(_codes[^1], Hash), HttpStatusCode.BadRequest))["code"]);
    }

    private static object SignBody(string sad, byte[] hash) =>
        new { credentialID = "seal-1", SAD = sad, hashes = new[] { Convert.ToBase64String(hash) }, hashAlgorithmOID = DigestAlgorithm.Sha256.Oid, signAlgo = "1.2.840.10045.4.3.2" };

    private static object AuthorizeBody(string code, byte[] hash) => new
    {
        credentialID = "seal-1",
        numSignatures = 1,
        hashes = new[] { Convert.ToBase64String(hash) },
        hashAlgorithmOID = DigestAlgorithm.Sha256.Oid,
        authData = new[] { new { id = "OTP", value = code } },
    };

    private async Task<string> AuthorizeAsync(byte[] hash)
    {
        Assert.Equal(HttpStatusCode.NoContent, await SendCodeAsync());
        JsonNode authorized = await PostAsync("credentials/authorize", _owner, AuthorizeBody(_codes[^1], hash));
        Assert.InRange((int)authorized["expiresIn"]!, 1, 300);
        return Assert.IsType<string>((string?)authorized["SAD"]);
    }

    private async Task<HttpStatusCode> SendCodeAsync()
    {
        using HttpResponseMessage response = await RequestAsync("credentials/sendOTP", _owner, new { credentialID = "seal-1" });
        return response.StatusCode;
    }

    private async Task<JsonNode> PostAsync(string method, string? token, object body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using HttpResponseMessage response = await RequestAsync(method, token, body);
        return await RunningServer.ReadAsync(response, expected);
    }

    private Task<HttpResponseMessage> RequestAsync(string method, string? token, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/csc/v2/" + method) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return _client.SendAsync(request);
    }

    // The first token is an administrator's; its text is made into a client's by the store alone, as an operator's import would.
    private async Task<string> CreateTokenAsync(string name)
    {
        IAccessTokenStore store = _app.Services.GetRequiredService<IAccessTokenStore>();
        var fresh = new InMemoryAccessTokenStore();
        string text = (await AdministratorToken.EnsureAsync(fresh, new InMemoryTransparencyLog(), TimeProvider.System))!;
        AccessToken token = (await fresh.FindAsync(text.Split('_')[1]))!;
        await store.AddAsync(token with { Name = name, Roles = AccessRoles.Client });
        return text;
    }
}
