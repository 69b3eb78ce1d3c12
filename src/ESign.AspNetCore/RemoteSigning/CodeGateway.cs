using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ESign.AspNetCore.Operations;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.RemoteSigning;

/// <summary>Hands codes to the operator's gateway for text messages or mail: <c>POST</c> of <c>{"recipient": …, "code": …}</c>.</summary>
/// <param name="clients">Makes the client.</param>
/// <param name="address">The gateway.</param>
/// <param name="token">The bearer token it wants; <see langword="null"/> for none.</param>
internal sealed class CodeGateway(IHttpClientFactory clients, Uri address, string? token) : IOneTimeCodeSender
{
    public const string ClientName = "ESign.CodeGateway";

    public async ValueTask SendAsync(string recipient, string code, CancellationToken cancellationToken = default)
    {
        using HttpClient client = clients.CreateClient(ClientName);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(new JsonObject { ["recipient"] = recipient, ["code"] = code }) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // Answered below like a refusal: the caller can only try again.
        }

        throw new RequestRefusedException(StatusCodes.Status503ServiceUnavailable, "code-not-sent", "验证码发送失败，请稍后再试 / The code could not be sent; try again later", TimeSpan.FromSeconds(30));
    }
}
