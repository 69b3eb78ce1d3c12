using System.Diagnostics;
using System.Net;

namespace ESign.AspNetCore.Tests;

/// <summary>The service as a process of its own: one that can be killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _output = [];

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Starts the program and waits until it is ready, on an address of its own besides those the settings name.</summary>
    public static async Task<ServerProcess> StartAsync(string data, params string[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{RunningServer.FreePort()}");
        string own = address.ToString().TrimEnd('/');
        string[] listen = settings.Any(static setting => setting.StartsWith("--Kestrel:Endpoints", StringComparison.Ordinal)) ? ["--Kestrel:Endpoints:Own:Url", own] : [];
        ServerProcess server = Start(address, [.. settings, "--urls", own, "--ESIGN_DATA", data, "--Limits:Burst", "100000", .. listen]);
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>Starts the program and waits until it ends by itself.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(params string[] arguments)
    {
        using ServerProcess server = Start(new Uri("http://127.0.0.1"), arguments);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await server._process.WaitForExitAsync(patience.Token);
        return (server._process.ExitCode, server.Output);
    }

    private static ServerProcess Start(Uri address, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ESign.Server.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var server = new ServerProcess(Process.Start(start)!, address);
        server._process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>SIGKILL: nothing is flushed, nothing said.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.Add(line);
            }
        }
    }

    private async Task WaitUntilReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        for (int attempt = 0; attempt < 300; attempt++)
        {
            Assert.False(_process.HasExited, Output);
            try
            {
                using HttpResponseMessage ready = await client.GetAsync("/health/ready");
                if (ready.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }

            await Task.Delay(100);
        }

        Assert.Fail("the server does not become ready: " + Output);
    }
}
