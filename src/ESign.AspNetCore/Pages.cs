using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore;

/// <summary>Pages that travel inside an assembly, served with a policy that lets them ask nobody but their own server.</summary>
/// <remarks>W3C Content Security Policy Level 3; no inline scripts or styles, no outside origin, no framing.</remarks>
internal sealed class Pages
{
    /// <summary>Workers and images of pdf.js are made of what the page has: blob and data addresses.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".txt"] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, Page> _pages;

    /// <summary>Reads every resource whose name begins with a prefix; the rest of the name is its path.</summary>
    public Pages(Assembly assembly, string prefix)
    {
        _pages = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => "/" + name[prefix.Length..].Replace('\\', '/'), name => Load(assembly, name), StringComparer.Ordinal);
    }

    public IEnumerable<string> Paths => _pages.Keys;

    public async Task SendAsync(HttpContext context, string path)
    {
        Page page = _pages[path];
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";
        headers.ETag = page.Tag;
        if (context.Request.Headers.IfNoneMatch.Contains(page.Tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = page.Type;
        context.Response.ContentLength = page.Content.Length;
        await context.Response.Body.WriteAsync(page.Content, context.RequestAborted).ConfigureAwait(false);
    }

    private static Page Load(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new Page(content, Types.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream"), $"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..16])}\"");
    }

    private sealed record Page(byte[] Content, string Type, string Tag);
}
