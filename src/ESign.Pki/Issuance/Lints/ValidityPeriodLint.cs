using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.Lints;

/// <summary>Begins before it ends, within the issuer and within the profile.</summary>
internal sealed class ValidityPeriodLint : ICertificateLint
{
    public string Rule => "validity-period";

    public string Citation => "RFC 5280 §4.1.2.5; profile";

    public string? Evaluate(LintSubject subject)
    {
        Certificate certificate = subject.Certificate;
        if (certificate.NotAfter <= certificate.NotBefore)
        {
            return "有效期结束早于开始 / the validity ends before it begins";
        }

        if (certificate.NotBefore < subject.Issuer.NotBefore || certificate.NotAfter > subject.Issuer.NotAfter)
        {
            return "有效期超出CA证书的有效期 / the validity is not within the issuer's";
        }

        // The last second belongs to the period.
        return certificate.NotAfter - certificate.NotBefore + TimeSpan.FromSeconds(1) <= subject.Profile.MaximumValidity
            ? null
            : "有效期超过证书类型的上限 / the validity is longer than the profile allows";
    }
}
