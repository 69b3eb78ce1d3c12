using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;

namespace ESign.Pki.Validation;

/// <summary>What RFC 5280 section 4 demands of issuers, as rules a path can be held to.</summary>
/// <remarks>
/// A negative serial number is let pass where the certificate's status is asked of its issuer: "Certificate users SHOULD be
/// prepared to gracefully handle such certificates" (§4.1.2.2), and finding a certificate in its issuer's answers is what
/// the number is for (PKITS 4.4.14, 4.4.15). Where nobody asks, it is the departure from the profile that it is.
/// Each rule is one line of the table: clause, message, and when it is broken.
/// </remarks>
internal static class ProfileRules
{
    /// <summary>The extensions ESign acts on, or whose meaning cannot change a path's validity.</summary>
    private static readonly HashSet<string> s_understood = new(StringComparer.Ordinal)
    {
        ExtensionOid.SubjectKeyIdentifier, ExtensionOid.AuthorityKeyIdentifier, ExtensionOid.KeyUsage, ExtensionOid.ExtendedKeyUsage,
        ExtensionOid.SubjectAlternativeName, ExtensionOid.IssuerAlternativeName, ExtensionOid.BasicConstraints, ExtensionOid.NameConstraints,
        ExtensionOid.CertificatePolicies, ExtensionOid.PolicyMappings, ExtensionOid.PolicyConstraints, ExtensionOid.InhibitAnyPolicy,
        ExtensionOid.CrlDistributionPoints, ExtensionOid.FreshestCrl, ExtensionOid.AuthorityInformationAccess,
        ExtensionOid.SubjectInformationAccess, ExtensionOid.OcspNoCheck,
    };

    /// <summary>Extensions that MUST NOT be critical: §4.2.1.1, §4.2.1.2, §4.2.1.15, §4.2.2.1, §4.2.2.2.</summary>
    private static readonly (string Oid, string Citation)[] s_neverCritical =
    [
        (ExtensionOid.AuthorityKeyIdentifier, "RFC 5280 §4.2.1.1"), (ExtensionOid.SubjectKeyIdentifier, "RFC 5280 §4.2.1.2"),
        (ExtensionOid.FreshestCrl, "RFC 5280 §4.2.1.15"), (ExtensionOid.AuthorityInformationAccess, "RFC 5280 §4.2.2.1"),
        (ExtensionOid.SubjectInformationAccess, "RFC 5280 §4.2.2.2"),
    ];

    /// <summary>
    /// Extensions that MUST be critical: §4.2.1.10, §4.2.1.14. Policy constraints are left out: RFC 3280 allowed either,
    /// authorities still follow it (PKITS 4.8.11), and they are acted on all the same.
    /// </summary>
    private static readonly (string Oid, string Citation)[] s_alwaysCritical =
    [
        (ExtensionOid.NameConstraints, "RFC 5280 §4.2.1.10"),
        (ExtensionOid.InhibitAnyPolicy, "RFC 5280 §4.2.1.14"),
    ];

    private static readonly Rule[] s_rules =
    [
        new("RFC 5280 §4.1.2.2", "序列号为零 / the serial number is zero", (c, _) => !c.SerialNumber.Span.ContainsAnyExcept((byte)0)),
        new("RFC 5280 §4.1.2.2", "序列号超过 20 字节 / the serial number is longer than 20 octets", (c, _) => c.SerialNumber.Length > 20),
        new("RFC 5280 §4.1.1.2", "内外签名算法不一致 / the signed and the outer signature algorithm differ", (c, _) => !c.SignatureAlgorithm.Equals(c.TbsSignatureAlgorithm)),
        new("RFC 5280 §4.1.2.4", "颁发者名称为空 / the issuer name is empty", (c, _) => c.Issuer.IsEmpty),
        new("RFC 5280 §4.1.2.5", "有效期含小数秒 / the validity has fractions of a second", (c, _) => (c.NotBefore.Ticks % TimeSpan.TicksPerSecond) + (c.NotAfter.Ticks % TimeSpan.TicksPerSecond) != 0),
        new("RFC 5280 §4.1.2.6", "证书机构的主体名称为空 / an authority's subject name is empty", (c, _) => c.Subject.IsEmpty && c.IsAuthority),
        new("RFC 5280 §4.1.2.6", "主体名称为空且没有关键的主体别名 / the subject is empty and no critical alternative name stands in", (c, _) => c.Subject.IsEmpty && c.FindExtension(ExtensionOid.SubjectAlternativeName) is not { IsCritical: true }),
        new("RFC 5280 §4.2.1.1", "颁发者密钥标识只有颁发者名称或序列号之一 / the authority key identifier has only one of issuer and serial number", (c, _) => c.AuthorityKeyIdentifier is { } key && key.Issuer is null != key.SerialNumber is null),
        new("RFC 5280 §4.2.1.1", "缺少颁发者密钥标识 / the authority key identifier is missing", (c, role) => LacksAuthorityKey(c, role)),
        new("RFC 5280 §4.2.1.2", "证书机构缺少主体密钥标识 / an authority's subject key identifier is missing", (c, _) => c.IsAuthority && c.SubjectKeyIdentifier is null),
        new("RFC 5280 §4.2.1.3", "密钥用途为空 / the key usage has no bit set", (c, _) => c.KeyUsage is KeyUsages.None),
        // Not of anchors: roots older than the profile have none.
        new("RFC 5280 §4.2.1.3", "证书机构缺少密钥用途 / an authority's key usage is missing", (c, role) => role is (ProfileRole.Intermediate or ProfileRole.Target) && c.IsAuthority && c.KeyUsage is null),
        new("RFC 5280 §4.2.1.9", "非证书机构却可签发证书 / keyCertSign without cA", (c, _) => c.KeyUsage is { } usage && usage.HasFlag(KeyUsages.KeyCertSign) && !c.IsAuthority),
        new("RFC 5280 §4.2.1.9", "非证书机构却有路径长度限制 / a path length constraint without cA", (c, _) => c.BasicConstraints is { IsAuthority: false, PathLength: not null }),
        // Only of anchors: an intermediate whose cA is not critical is an authority none the less (PKITS 4.6.4).
        new("RFC 5280 §4.2.1.9", "信任锚的基本限制不是关键扩展 / the anchor's basic constraints are not critical", (c, role) => role is (ProfileRole.Anchor or ProfileRole.SelfSignedAnchor) && c.IsAuthority && c.FindExtension(ExtensionOid.BasicConstraints) is { IsCritical: false }),
        new("RFC 5280 §4.2.1.10", "非证书机构却有名称约束 / name constraints in a certificate that is no authority's", (c, _) => c.NameConstraints is not null && !c.IsAuthority),
        // Of issuers §6.1.4 (a) says so for every strictness.
        new("RFC 5280 §4.2.1.5", "策略映射不得涉及 anyPolicy / a policy mapping maps to or from anyPolicy", (c, role) => role is (ProfileRole.Target or ProfileRole.TrustedTarget) && c.PolicyMappings is { } mappings && mappings.Any(static mapping => mapping.InvolvesAnyPolicy)),
        new("RFC 5480 §2.1.1", "椭圆曲线须以名称给出 / the elliptic curve is not given by name", (c, _) => HasUnnamedCurve(c)),
        new("RFC 5280 §4.2.1.6", "主体别名不符合语法 / an alternative name breaks its syntax", (c, _) => c.SubjectAlternativeName is { } names && !names.All(IsWellFormed)),
    ];

    /// <summary>The first rule a certificate breaks, or <see langword="null"/>.</summary>
    public static PathFinding? Check(Certificate certificate, ProfileRole role, bool asksForStatus)
    {
        if (Duplicate(certificate) is { } twice)
        {
            return new PathFinding(PathErrorCode.MalformedExtension, "RFC 5280 §4.2", $"扩展重复出现：{twice} / an extension appears twice: {twice}", certificate);
        }

        foreach (Rule rule in s_rules)
        {
            if (rule.IsBroken(certificate, role))
            {
                return new PathFinding(PathErrorCode.Profile, rule.Citation, rule.Message, certificate);
            }
        }

        if (!asksForStatus && (certificate.SerialNumber.Span[0] & 0x80) != 0)
        {
            return new PathFinding(PathErrorCode.Profile, "RFC 5280 §4.1.2.2", "序列号为负数 / the serial number is negative", certificate);
        }

        return CheckCriticality(certificate, s_neverCritical, mustBe: false) ?? CheckCriticality(certificate, s_alwaysCritical, mustBe: true);
    }

    /// <summary>A critical extension ESign does not understand, in the whole or, of policies, a qualifier in it.</summary>
    public static CertificateExtension? UnknownCritical(Certificate certificate) => certificate.Extensions.FirstOrDefault(extension =>
        extension.IsCritical && (!s_understood.Contains(extension.Oid) || HasUnknownPolicyQualifier(certificate, extension)));

    /// <summary>The extension that appears more than once.</summary>
    public static string? Duplicate(Certificate certificate) => CertificateExtension.FindRepeated(certificate.Extensions);

    /// <summary>Decodes every extension path validation knows, so that a malformed one fails the path whatever it says.</summary>
    /// <exception cref="Asn1FormatException">One is malformed.</exception>
    public static PathFinding? DecodeAll(Certificate certificate)
    {
        _ = certificate.BasicConstraints;
        _ = certificate.KeyUsage;
        _ = certificate.ExtendedKeyUsage;
        _ = certificate.SubjectKeyIdentifier;
        _ = certificate.AuthorityKeyIdentifier;
        _ = certificate.SubjectAlternativeName;
        _ = certificate.NameConstraints;
        _ = certificate.CertificatePolicies;
        _ = certificate.PolicyMappings;
        _ = certificate.PolicyConstraints;
        _ = certificate.InhibitAnyPolicy;
        _ = certificate.CrlDistributionPoints;
        _ = certificate.FreshestCrl;
        _ = certificate.AuthorityInformationAccess;
        return null;
    }

    // §4.2.1.4: "If this extension is critical, the path validation software MUST be able to interpret this extension (including the
    // optional qualifier), or MUST reject the certificate."
    private static bool HasUnknownPolicyQualifier(Certificate certificate, CertificateExtension extension) =>
        string.Equals(extension.Oid, ExtensionOid.CertificatePolicies, StringComparison.Ordinal)
        && certificate.CertificatePolicies!.Any(static policy => policy.HasUnknownQualifier());

    // "… where a CA distributes its public key in the form of a self-signed certificate, the authority key identifier MAY be omitted."
    private static bool LacksAuthorityKey(Certificate certificate, ProfileRole role) =>
        certificate.AuthorityKeyIdentifier?.KeyIdentifier is null
        && !(role is ProfileRole.SelfSignedAnchor || (role is ProfileRole.Anchor or ProfileRole.TrustedTarget && certificate.IsSelfIssued));

    // "… implicitCurve and specifiedCurve MUST NOT be used in PKIX": parameters of one's own choosing once passed for a known key (CVE-2020-0601).
    private static bool HasUnnamedCurve(Certificate certificate) =>
        SubjectPublicKeyInfo.Decode(certificate.SubjectPublicKeyInfo).Algorithm is { Oid: Oids.EcPublicKey } algorithm
        && !(algorithm.HasParameters && new DerReader(algorithm.Parameters).NextIs(Asn1Tag.ObjectIdentifier));

    private static PathFinding? CheckCriticality(Certificate certificate, (string Oid, string Citation)[] list, bool mustBe)
    {
        foreach ((string oid, string citation) in list)
        {
            if (certificate.FindExtension(oid) is { } extension && extension.IsCritical != mustBe)
            {
                string message = mustBe ? "扩展必须为关键 / an extension must be critical" : "扩展不得为关键 / an extension must not be critical";
                return new PathFinding(PathErrorCode.Profile, citation, $"{message}: {oid}", certificate);
            }
        }

        return null;
    }

    private static bool IsWellFormed(GeneralName name) => name.Kind switch
    {
        GeneralNameKind.Dns => HostName.IsPresentedName(name.Text),
        GeneralNameKind.Email => NameMatching.IsMailbox(name.Text),
        GeneralNameKind.Uri => name.Text.IndexOf(':', StringComparison.Ordinal) > 0,
        GeneralNameKind.IpAddress => name.Content.Length is 4 or 16,
        _ => true,
    };

    private sealed record Rule(string Citation, string Message, Func<Certificate, ProfileRole, bool> IsBroken);
}
