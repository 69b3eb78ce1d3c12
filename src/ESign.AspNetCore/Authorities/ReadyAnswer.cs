using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Authorities;

/// <summary>An answer with all its headers made, which caches may keep.</summary>
/// <remarks>RFC 5019 §6.2: max-age, public, no-transform, must-revalidate, and an ETag by which proxies ask again.</remarks>
internal sealed class ReadyAnswer
{
    private readonly ReadOnlyMemory<byte> _content;
    private readonly string _type;
    private readonly string _tag;
    private readonly string _cacheControl;
    private readonly string? _lastModified;
    private readonly string? _expires;

    public ReadyAnswer(ReadOnlyMemory<byte> content, string type, TimeSpan life, DateTimeOffset? made = null, DateTimeOffset? next = null)
    {
        _content = content;
        _type = type;
        _tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content.Span)[..16])}\"";
        _cacheControl = string.Create(CultureInfo.InvariantCulture, $"max-age={Math.Max(0, (int)life.TotalSeconds)}, public, no-transform, must-revalidate");
        _lastModified = made?.ToString("R", CultureInfo.InvariantCulture);
        _expires = next?.ToString("R", CultureInfo.InvariantCulture);
    }

    public Task SendAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = _cacheControl;
        headers.ETag = _tag;
        headers.LastModified = _lastModified;
        headers.Expires = _expires;
        foreach (string? given in context.Request.Headers.IfNoneMatch)
        {
            if (given is not null && given.Contains(_tag, StringComparison.Ordinal))
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }

        context.Response.ContentType = _type;
        context.Response.ContentLength = _content.Length;
        return context.Response.Body.WriteAsync(_content, context.RequestAborted).AsTask();
    }
}
