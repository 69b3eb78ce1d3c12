using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ESign.AspNetCore.Tests;

/// <summary>The service in a host made small (<see cref="WebApplication.CreateSlimBuilder()"/>), which leaves parts of routing out.</summary>
public sealed class SlimHostTests
{
    [Fact]
    public async Task The_API_answers_and_describes_itself()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{RunningServer.FreePort()}");
        builder.Services.AddESign();
        await using WebApplication app = builder.Build();
        app.UseESign();
        app.UseRouting();
        app.MapESignApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Contains("/api/v1/", await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using HttpResponseMessage refused = await client.GetAsync("/api/v1/tokens", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }
}
