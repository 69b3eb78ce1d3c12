using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ESign.Testing;

namespace ESign.Cli.Tests.Commands;

public sealed class ServeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_terminated_service_ends_in_good_order()
    {
        int port = FreePort();
        var start = new ProcessStartInfo("dotnet", [typeof(CliExit).Assembly.Location, "serve", "--data", _folder.PathTo("data"), "--urls", $"http://127.0.0.1:{port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process service = Process.Start(start)!;
        service.OutputDataReceived += static (_, _) => { };
        service.ErrorDataReceived += static (_, _) => { };
        service.BeginOutputReadLine();
        service.BeginErrorReadLine();
        try
        {
            await AnswersAsync(port);
            Assert.Equal(0, Tool.Run("bash", "-c", $"kill -TERM {service.Id}").ExitCode);
            await service.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            Assert.Equal(0, service.ExitCode);
        }
        finally
        {
            if (!service.HasExited)
            {
                service.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task AnswersAsync(int port)
    {
        using var client = new HttpClient();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"http://127.0.0.1:{port}/health/live", TestContext.Current.CancellationToken)).StatusCode);
                return;
            }
            catch (HttpRequestException) when (attempt < 120)
            {
                await Task.Delay(250, TestContext.Current.CancellationToken); // it is still starting
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
