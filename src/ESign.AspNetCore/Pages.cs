using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
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

    private const string Frame = "_page.html";

    private readonly FrozenDictionary<string, Page> _pages;

    /// <summary>
    /// Reads every resource whose name begins with a prefix; the rest of the name is its path. A page is set into the frame <c>_page.html</c>, if
    /// there is one: its first line, a comment, is its title.
    /// </summary>
    public Pages(Assembly assembly, string prefix)
    {
        string[] names = [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];
        string? frame = names.Contains(prefix + Frame, StringComparer.Ordinal) ? Encoding.UTF8.GetString(Read(assembly, prefix + Frame)) : null;
        _pages = names
            .Where(name => !string.Equals(name, prefix + Frame, StringComparison.Ordinal))
            .ToFrozenDictionary(name => "/" + name[prefix.Length..].Replace('\\', '/'), name => Load(assembly, name, frame), StringComparer.Ordinal);
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

    private static Page Load(Assembly assembly, string name, string? frame)
    {
        byte[] content = Read(assembly, name);
        string extension = Path.GetExtension(name);
        if (frame is not null && extension is ".html")
        {
            string[] parts = Encoding.UTF8.GetString(content).Split('\n', 2);
            string title = parts[0].Replace("<!--", "", StringComparison.Ordinal).Replace("-->", "", StringComparison.Ordinal).Trim();
            content = Encoding.UTF8.GetBytes(frame
                .Replace("{title}", title, StringComparison.Ordinal)
                .Replace("{name}", Path.GetFileNameWithoutExtension(name), StringComparison.Ordinal)
                .Replace("{content}", parts[^1].TrimEnd(), StringComparison.Ordinal));
        }

        return new Page(content, Types.GetValueOrDefault(extension, "application/octet-stream"), $"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..16])}\"");
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private sealed record Page(byte[] Content, string Type, string Tag);
}
