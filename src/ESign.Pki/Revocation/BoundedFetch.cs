namespace ESign.Pki.Revocation;

/// <summary>Fetches over HTTP what certificates point to, bounded in size and time; a server that fails gives nothing.</summary>
internal sealed class BoundedFetch(HttpClient client, TimeSpan timeout)
{
    /// <summary>Keeps the http and https addresses of a list, each once, at most so many.</summary>
    public static IEnumerable<Uri> HttpOnly(IEnumerable<string> addresses, int maximum) => addresses
        .Select(static address => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) ? uri : null)
        .OfType<Uri>()
        .Where(static uri => uri.Scheme is "http" or "https")
        .Distinct()
        .Take(maximum);

    /// <summary>The body of a successful answer, or <see langword="null"/>.</summary>
    public async Task<byte[]?> SendAsync(HttpRequestMessage message, int maximumSize, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(timeout);
        try
        {
            using HttpResponseMessage response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limited.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentLength > maximumSize)
            {
                return null;
            }

            Stream stream = await response.Content.ReadAsStreamAsync(limited.Token).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                return await ReadAsync(stream, maximumSize, limited.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task<byte[]?> ReadAsync(Stream stream, int maximumSize, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        byte[] buffer = new byte[16 << 10];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (content.Length + read > maximumSize)
            {
                return null;
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }
}
