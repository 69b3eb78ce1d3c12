using System.Net;
using System.Net.Sockets;

namespace ESign.Cli.Tests;

/// <summary>A web server on this machine for one test: what certificates point to.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public LocalServer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public Func<string, byte[], Task<byte[]>> Answer { get; set; } = static (_, _) => Task.FromResult<byte[]>([]);

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            try
            {
                await context.Response.OutputStream.WriteAsync(await Answer(context.Request.Url!.AbsolutePath, body.ToArray()));
            }
            catch (Exception)
            {
                context.Response.StatusCode = 500;
            }

            context.Response.Close();
        }
    }
}
