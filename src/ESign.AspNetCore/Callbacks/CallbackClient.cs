using System.Net;
using System.Net.Sockets;

namespace ESign.AspNetCore.Callbacks;

/// <summary>Posts a body to a receiver. Follows no redirect, uses no proxy, reads no answer, and connects to allowed addresses only.</summary>
/// <remarks>The address that was checked is the one connected to: a name that resolves differently a moment later gains nothing.</remarks>
internal sealed class CallbackClient : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly CallbackSettings _settings;
    private readonly TimeProvider _time;

    public CallbackClient(CallbackSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = ConnectAsync,
        });
    }

    /// <summary>Posts.</summary>
    /// <returns><see langword="null"/> when the receiver answered 200; else why not.</returns>
    public async Task<string?> PostAsync(CallbackReceiver receiver, string message, CancellationToken cancellationToken)
    {
        byte[] body = receiver.Write(message);
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.Add("Content-Signature", receiver.Sign(body));
        using var timeout = new CancellationTokenSource(_settings.Timeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await _invoker.SendAsync(request, linked.Token).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK ? null : $"answered {(int)response.StatusCode}";
        }
        catch (HttpRequestException exception)
        {
            return exception.InnerException is CallbackRefusedException refused ? refused.Message : $"no connection: {exception.HttpRequestError}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "no answer in time";
        }
    }

    public void Dispose() => _invoker.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        if (!_settings.AllowPrivateAddresses && !Array.TrueForAll(addresses, PublicAddress.IsPublic))
        {
            throw new CallbackRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class CallbackRefusedException() : IOException("the host's address is not public");
}
