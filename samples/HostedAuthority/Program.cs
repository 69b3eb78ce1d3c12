// A certificate authority and a timestamp authority inside an ASP.NET Core application, with stores in memory.
//   dotnet run --project samples/HostedAuthority -- --urls http://127.0.0.1:5080
//   curl -s http://127.0.0.1:5080/ca/ca.pem | openssl x509 -noout -subject
// The hosted service (src/ESign.Server) adds settings, lasting stores, access control and the checks before production.
using ESign.AspNetCore;
using ESign.Tsa;
using Samples;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

// No timestamp leaves while nobody vouches for the clock; here the operator does. NtpClockStatusSource asks servers instead.
var guard = new ClockGuard([new TrustedClockStatusSource(uncertainty: TimeSpan.FromMilliseconds(1))]);
DemoAuthority authority = await DemoAuthority.CreateAsync(guard);
builder.Services.AddESign()
    .AddCertificateAuthority(authority.Issuing)
    .AddTimestampAuthority(authority.Timestamps, guard);

await using WebApplication app = builder.Build();
app.UseESign();
app.UseRouting();
app.MapCertificateAuthority("/ca");
app.MapTimestampAuthority("/tsa");
app.MapESignOperations();
await app.RunAsync();
