using System.Globalization;
using ESign.Pki.Asn1;

namespace ESign.Pki.Issuance.Lints;

/// <summary>Runs every lint over a certificate about to be issued.</summary>
internal static class CertificateLinter
{
    /// <summary>In the order of RFC 5280, then our profiles.</summary>
    public static IReadOnlyList<ICertificateLint> All { get; } =
    [
        new VersionLint(),
        new SerialNumberLint(),
        new SignatureAlgorithmLint(),
        new IssuerNameLint(),
        new ValidityEncodingLint(),
        new ValidityPeriodLint(),
        new SubjectNameLint(),
        new NameEncodingLint(),
        new UniqueExtensionsLint(),
        new CriticalExtensionsLint(),
        new AuthorityKeyIdentifierLint(),
        new SubjectKeyIdentifierLint(),
        new KeyUsageLint(),
        new BasicConstraintsLint(),
        new ExtendedKeyUsageLint(),
        new CertificatePoliciesLint(),
        new RevocationPointersLint(),
        new SubjectKeyLint(),
        new PersonalDataLint(),
    ];

    /// <summary>The findings, each with its rule and clause; empty when there are none.</summary>
    public static IReadOnlyList<string> Evaluate(LintSubject subject)
    {
        List<string>? findings = null;
        foreach (ICertificateLint lint in All)
        {
            string? finding;
            try
            {
                finding = lint.Evaluate(subject);
            }
            catch (Asn1FormatException exception)
            {
                finding = exception.Message;
            }

            if (finding is not null)
            {
                findings ??= [];
                findings.Add(string.Create(CultureInfo.InvariantCulture, $"{lint.Rule}: {finding} ({lint.Citation})"));
            }
        }

        return findings ?? (IReadOnlyList<string>)[];
    }
}
