using System.Net;
using System.Net.Sockets;
using ESign.Pki.Keys;

namespace RemoteSigning;

/// <summary>Holds a key and signs what it is sent, on the loopback interface. A real one knows who asks, and asks the signer.</summary>
internal sealed class RemoteKeyService : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _loop;

    private RemoteKeyService(LocalSigningKey key, HttpListener listener, Uri address)
    {
        Key = key;
        Address = address;
        _listener = listener;
        _loop = ServeAsync();
    }

    /// <summary>Its public half goes into the certificate.</summary>
    public LocalSigningKey Key { get; }

    public Uri Address { get; }

    public static RemoteKeyService Start(LocalSigningKey key)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0); // a free port
        probe.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/sign/");
        probe.Stop();
        var listener = new HttpListener();
        listener.Prefixes.Add(address.AbsoluteUri);
        listener.Start();
        return new RemoteKeyService(key, listener, address);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
        Key.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using var request = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(request);
                await context.Response.OutputStream.WriteAsync(Key.Sign(request.ToArray()));
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The service was closed.
        }
    }
}
