// What the service's load figures are compared with: Kestrel that echoes, Kestrel that signs once, and the bare key operation.
//   ESign.HttpFloor --urls http://127.0.0.1:5081      POST /echo, POST /sign, POST /sign-verify; the authority alone, without a service
//                                                     around it: POST /tsa, POST /tsa-sampled
//   ESign.HttpFloor --raw                             P-256 signatures and verifications per second, one thread
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Tsa;

using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
byte[] hash = SHA256.HashData("floor"u8);
if (args is ["--raw"])
{
    byte[] signature = key.SignHash(hash);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Rate(() => key.SignHash(hash)):0} {Rate(() => key.VerifyHash(hash, signature)):0}"));
    return;
}

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
WebApplication app = builder.Build();

// An answer of the size the service gives: what is measured is the work, not the wire.
byte[] answer = new byte[1024];
app.MapPost("/echo", async context =>
{
    await ReadAsync(context);
    await SendAsync(context, answer);
});
app.MapPost("/sign", async context =>
{
    byte[] signature = key.SignHash(SHA256.HashData(await ReadAsync(context)));
    await SendAsync(context, [.. signature, .. answer.AsSpan(signature.Length)]);
});
app.MapPost("/sign-verify", async context =>
{
    byte[] digest = SHA256.HashData(await ReadAsync(context));
    byte[] signature = key.SignHash(digest);
    if (!key.VerifyHash(digest, signature))
    {
        throw new CryptographicException("The signature does not verify.");
    }

    await SendAsync(context, [.. signature, .. answer.AsSpan(signature.Length)]);
});
SigningCredential timestamper = await CreateTimestamperAsync();
var policies = new TimestampAuthorityOptions { Policies = [new TimestampPolicy("2.25.178693465734123")] };
var authority = new TimestampAuthority(timestamper, policies);
var sampled = new TimestampAuthority(timestamper, policies with { VerifyOneIn = 64 });
app.MapPost("/tsa", async context => await SendAsync(context, await authority.RespondAsync(await ReadAsync(context))));
app.MapPost("/tsa-sampled", async context => await SendAsync(context, await sampled.RespondAsync(await ReadAsync(context))));
app.Run();

static async Task<SigningCredential> CreateTimestamperAsync()
{
    CertificateAuthority root = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("Load Root"), LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256));
    LocalSigningKey key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
    var request = new IssuanceRequest { Subject = CertificateSubject.Service("Load TSA"), SubjectPublicKeyInfo = key.SubjectPublicKeyInfo };
    return (await root.IssueAsync(CertificateProfile.TimestampAuthority, request)).WithKey(key);
}

static async Task<byte[]> ReadAsync(HttpContext context)
{
    byte[] body = new byte[context.Request.ContentLength ?? 0];
    await context.Request.Body.ReadExactlyAsync(body);
    return body;
}

static async Task SendAsync(HttpContext context, byte[] body)
{
    context.Response.ContentLength = body.Length;
    await context.Response.Body.WriteAsync(body);
}

static double Rate(Action operation)
{
    for (int i = 0; i < 2000; i++)
    {
        operation();
    }

    var watch = Stopwatch.StartNew();
    int count = 0;
    for (; watch.Elapsed < TimeSpan.FromSeconds(2); count++)
    {
        operation();
    }

    return count / watch.Elapsed.TotalSeconds;
}
