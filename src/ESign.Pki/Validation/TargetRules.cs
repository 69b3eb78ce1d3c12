using System.Net;
using ESign.Pki.Certificates;

namespace ESign.Pki.Validation;

/// <summary>What a caller may ask of a path beyond RFC 5280 §6.1: length, key usage, purpose, and whom the target names.</summary>
internal static class TargetRules
{
    /// <summary>The caller's own limit of intermediates; self-issued ones do not count, as with pathLenConstraint.</summary>
    public static PathFinding? CheckIntermediates(IReadOnlyList<Certificate> anchorFirst, PathRequest request)
    {
        int intermediates = anchorFirst.Skip(1).SkipLast(1).Count(certificate => !certificate.IsSelfIssued);
        return intermediates > request.MaximumIntermediates
            ? new PathFinding(PathErrorCode.PathTooLong, "RFC 5280 §6.1.4 (l)", "中间证书数量超过要求 / more intermediates than asked for", anchorFirst[^1])
            : null;
    }

    public static PathFinding? CheckKeyUsage(Certificate target, PathRequest request) =>
        target.KeyUsage is { } usage && !usage.HasFlag(request.RequiredKeyUsage)
            ? new PathFinding(PathErrorCode.KeyUsage, "RFC 5280 §4.2.1.3", $"密钥用途不含{request.RequiredKeyUsage} / the key usage does not include {request.RequiredKeyUsage}", target)
            : null;

    /// <summary>RFC 5280 §4.2.1.12 for the target; authorities that have the extension limit those below them, as every implementation holds.</summary>
    public static PathFinding? CheckPurpose(IReadOnlyList<Certificate> anchorFirst, PathRequest request)
    {
        if (request.Purpose is not { } purpose)
        {
            return null;
        }

        foreach (Certificate certificate in anchorFirst.Skip(anchorFirst.Count > 1 ? 1 : 0).Reverse())
        {
            if (certificate.ExtendedKeyUsage is { } purposes && !purposes.Contains(purpose) && !purposes.Contains(KeyPurpose.Any))
            {
                return new PathFinding(PathErrorCode.Purpose, "RFC 5280 §4.2.1.12", $"扩展密钥用途不含{purpose} / the extended key usage does not include {purpose}", certificate);
            }
        }

        return null;
    }

    /// <summary>RFC 9525 §6: only alternative names count, never the common name.</summary>
    public static PathFinding? CheckPeerName(Certificate target, PathRequest request)
    {
        if (request.PeerName is not { } peer)
        {
            return null;
        }

        string host = HostName.ToAscii(peer);
        IReadOnlyList<GeneralName> names = target.SubjectAlternativeName ?? [];
        bool named = IPAddress.TryParse(peer, out IPAddress? address)
            ? names.Any(name => name.Kind == GeneralNameKind.IpAddress && name.Content.Span.SequenceEqual(address.GetAddressBytes()))
            : names.Any(name => name.Kind == GeneralNameKind.Dns && HostName.Matches(name.Text, host));
        return named
            ? null
            : new PathFinding(PathErrorCode.PeerName, "RFC 9525 §6.3", $"证书未包含主机名{peer} / the certificate does not name {peer}", target);
    }
}
