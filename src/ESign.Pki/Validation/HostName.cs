using System.Globalization;
using System.Net;

namespace ESign.Pki.Validation;

/// <summary>Host names as certificates carry them: syntax, wildcards, and whether one names a peer.</summary>
/// <remarks>RFC 1034 §3.5 as modified by RFC 1123 §2.1 (preferred name syntax); RFC 9525 §6.3 (wildcards).</remarks>
internal static class HostName
{
    private const int MaximumLength = 253;
    private const int MaximumLabelLength = 63;

    /// <summary>Letters, digits and inner hyphens in labels of at most 63 characters; no address.</summary>
    public static bool IsPreferredSyntax(string host) => IsPlainHost(host) && !host.Contains('_', StringComparison.Ordinal) && !IPAddress.TryParse(host, out _);

    /// <summary>The same with the underscores of service names (RFC 2782), and whether or not it reads as an address: what can be compared label by label.</summary>
    public static bool IsPlainHost(string host)
    {
        if (host.Length is 0 or > MaximumLength)
        {
            return false;
        }

        foreach (Range range in host.AsSpan().Split('.'))
        {
            ReadOnlySpan<char> label = host.AsSpan(range);
            if (label.Length is 0 or > MaximumLabelLength || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (char c in label)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The preferred syntax, or one asterisk as the whole leftmost label of at least three.</summary>
    public static bool IsPresentedName(string name)
    {
        string host = WithoutWildcard(name);
        return IsPreferredSyntax(host) && (host.Length == name.Length || host.Contains('.', StringComparison.Ordinal));
    }

    /// <summary>The name without a leading <c>*.</c>.</summary>
    public static string WithoutWildcard(string name) => name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;

    /// <summary>The name without a leading asterisk: <c>.example.com</c> of <c>*.example.com</c>.</summary>
    public static string AfterWildcard(string name) => name.StartsWith("*.", StringComparison.Ordinal) ? name[1..] : name;

    /// <summary>The name with its labels in ASCII (RFC 5891 §4.4, "xn--"), or as it is where it cannot be so written.</summary>
    public static string ToAscii(string name)
    {
        try
        {
            return System.Text.Ascii.IsValid(name) ? name : new IdnMapping { UseStd3AsciiRules = true }.GetAscii(name);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    /// <summary>RFC 9525 §6.3: compared without case; an asterisk stands for exactly one label.</summary>
    public static bool Matches(string presented, string peer)
    {
        string host = peer.EndsWith('.') ? peer[..^1] : peer;
        if (!IsPresentedName(presented))
        {
            return false;
        }

        string parent = WithoutWildcard(presented);
        if (parent.Length == presented.Length)
        {
            return presented.Equals(host, StringComparison.OrdinalIgnoreCase);
        }

        int dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && host.AsSpan(dot + 1).Equals(parent, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The host name of a URI; <see langword="null"/> when it has none, or an address instead (RFC 5280 §4.2.1.10).</summary>
    public static string? OfUri(string uri)
    {
        int start = uri.IndexOf("://", StringComparison.Ordinal);
        if (start <= 0)
        {
            return null;
        }

        string authority = uri[(start + 3)..];
        int end = authority.AsSpan().IndexOfAny("/?#");
        authority = end < 0 ? authority : authority[..end];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        int port = authority.LastIndexOf(':');
        string host = port >= 0 ? authority[..port] : authority;
        host = host.EndsWith('.') ? host[..^1] : host; // RFC 3986 §3.2.2: the root's period may be written
        return IsPreferredSyntax(host) ? host : null;
    }
}
