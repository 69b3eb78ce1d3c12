using System.Net;
using ESign.Pki.Certificates;

namespace ESign.Pki.Validation;

/// <summary>Whether one name lies in the subtree of one name constraint, form by form.</summary>
/// <remarks>RFC 5280 §4.2.1.10. A name that cannot be understood lies in no permitted and in every excluded subtree.</remarks>
internal static class NameMatching
{
    /// <summary>Whether the name certainly lies within a permitted subtree.</summary>
    public static bool IsWithin(GeneralName name, GeneralName subtree) => name.Kind switch
    {
        GeneralNameKind.Directory => name.Directory!.StartsWith(subtree.Directory!),
        GeneralNameKind.Dns => DnsIsWithin(HostName.AfterWildcard(name.Text), subtree.Text),
        GeneralNameKind.Email => EmailIsWithin(name.Text, subtree.Text),
        GeneralNameKind.Uri => UriIsWithin(name.Text, subtree.Text) ?? false,
        GeneralNameKind.IpAddress => AddressIsWithin(name.Content.Span, subtree.Content.Span),
        _ => false,
    };

    /// <summary>Whether the name, or a host its wildcard stands for, lies within an excluded subtree.</summary>
    public static bool Touches(GeneralName name, GeneralName subtree) => name.Kind switch
    {
        GeneralNameKind.Dns => !HostName.IsPlainHost(HostName.WithoutWildcard(name.Text)) || DnsTouches(name.Text, subtree.Text),
        GeneralNameKind.Email => !IsMailbox(name.Text) || EmailIsWithin(name.Text, subtree.Text),
        GeneralNameKind.Uri => UriIsWithin(name.Text, subtree.Text) ?? true,
        GeneralNameKind.IpAddress => name.Content.Length is not (4 or 16) || AddressIsWithin(name.Content.Span, subtree.Content.Span),
        _ => IsWithin(name, subtree),
    };

    /// <summary>One local part, one @, one host. The local part is literal: an asterisk is no wildcard.</summary>
    public static bool IsMailbox(string text)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == text.LastIndexOf('@') && HostName.IsPreferredSyntax(text[(at + 1)..]);
    }

    /// <summary>Whether a subtree's base is well formed; a malformed one makes its certificate unusable.</summary>
    public static bool IsWellFormed(GeneralName subtree, bool strict) => subtree.Kind switch
    {
        // "DNS name restrictions are expressed as host.example.com": no period in front, though many issuers write one.
        GeneralNameKind.Dns => subtree.Text.Length == 0 || HostName.IsPreferredSyntax(strict ? subtree.Text : subtree.Text.TrimStart('.')),
        GeneralNameKind.Email => subtree.Text.Contains('@', StringComparison.Ordinal)
            ? IsMailbox(subtree.Text)
            : subtree.Text.Length == 0 || HostName.IsPreferredSyntax(WithoutLeadingPeriod(subtree.Text)),
        GeneralNameKind.Uri => subtree.Text.Length == 0 || (HostName.IsPreferredSyntax(WithoutLeadingPeriod(subtree.Text)) && !IPAddress.TryParse(subtree.Text, out _)),
        GeneralNameKind.IpAddress => IsPrefix(subtree.Content.Span),
        _ => true,
    };

    private static string WithoutLeadingPeriod(string text) => text.StartsWith('.') ? text[1..] : text;

    // Of a wildcard name the host begins with the period: every host it stands for has one label more.
    private static bool DnsIsWithin(string host, string subtree)
    {
        if (subtree.Length == 0)
        {
            return true;
        }

        return subtree[0] == '.'
            ? host.EndsWith(subtree, StringComparison.OrdinalIgnoreCase)
            : host.EndsWith(subtree, StringComparison.OrdinalIgnoreCase)
                && (host.Length == subtree.Length || host[host.Length - subtree.Length - 1] == '.');
    }

    // RFC 9525 lets *.example.com stand for bar.example.com, so a constraint one label below it is touched too.
    private static bool DnsTouches(string name, string subtree)
    {
        if (DnsIsWithin(HostName.AfterWildcard(name), subtree))
        {
            return true;
        }

        string host = HostName.WithoutWildcard(name);
        string below = subtree.TrimStart('.');
        int dot = below.IndexOf('.', StringComparison.Ordinal);
        return host.Length != name.Length && dot > 0 && below[(dot + 1)..].Equals(host, StringComparison.OrdinalIgnoreCase);
    }

    private static bool EmailIsWithin(string mailbox, string subtree)
    {
        if (!IsMailbox(mailbox))
        {
            return false;
        }

        int at = mailbox.IndexOf('@', StringComparison.Ordinal);
        if (subtree.Contains('@', StringComparison.Ordinal))
        {
            return mailbox.AsSpan(0, at).SequenceEqual(subtree.AsSpan(0, subtree.IndexOf('@', StringComparison.Ordinal)))
                && mailbox.AsSpan(at).Equals(subtree.AsSpan(subtree.IndexOf('@', StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
        }

        return HostIsWithin(mailbox[(at + 1)..], subtree);
    }

    /// <returns><see langword="null"/> when the URI has no host name to which a constraint could apply.</returns>
    private static bool? UriIsWithin(string uri, string subtree)
    {
        string? host = HostName.OfUri(uri);
        return host is null ? null : HostIsWithin(host, subtree);
    }

    // Of URIs and mailboxes: a leading period stands for one or more labels, otherwise exactly this host.
    private static bool HostIsWithin(string host, string subtree) =>
        subtree.Length == 0
        || (subtree[0] == '.'
            ? host.Length > subtree.Length && host.EndsWith(subtree, StringComparison.OrdinalIgnoreCase)
            : host.Equals(subtree, StringComparison.OrdinalIgnoreCase));

    private static bool AddressIsWithin(ReadOnlySpan<byte> address, ReadOnlySpan<byte> subtree)
    {
        if (subtree.Length != 2 * address.Length)
        {
            return false;
        }

        for (int i = 0; i < address.Length; i++)
        {
            if (((address[i] ^ subtree[i]) & subtree[address.Length + i]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    // RFC 4632: address and mask, the mask's ones all in front.
    private static bool IsPrefix(ReadOnlySpan<byte> subtree)
    {
        if (subtree.Length is not (8 or 32))
        {
            return false;
        }

        bool ended = false;
        foreach (byte part in subtree[(subtree.Length / 2)..])
        {
            int ones = System.Numerics.BitOperations.LeadingZeroCount((uint)(byte)~part) - 24;
            if ((byte)(part << ones) != 0 || (ended && part != 0))
            {
                return false;
            }

            ended |= ones < 8;
        }

        return true;
    }
}
