using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.Lints;

/// <summary>The profile's policy, and none in a trust anchor.</summary>
internal sealed class CertificatePoliciesLint : ICertificateLint
{
    public string Rule => "certificate-policies";

    public string Citation => "RFC 5280 §4.2.1.4";

    public string? Evaluate(LintSubject subject)
    {
        IReadOnlyList<PolicyInformation> policies = subject.Certificate.CertificatePolicies ?? [];
        string? expected = !subject.Profile.NamesPolicies ? null : subject.Profile.IsAuthority ? PolicyInformation.AnyPolicy : subject.Profile.PolicyOid;
        return policies.Count == (expected is null ? 0 : 1) && (expected is null || string.Equals(policies[0].Oid, expected, StringComparison.Ordinal))
            ? null
            : "证书策略与证书类型不符 / the certificate policies are not the profile's";
    }
}
