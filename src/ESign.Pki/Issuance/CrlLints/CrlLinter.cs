using System.Formats.Asn1;
using System.Globalization;
using ESign.Pki.Asn1;

namespace ESign.Pki.Issuance.CrlLints;

/// <summary>Runs every lint over a list about to be signed: over the bytes others will read, not over what was meant.</summary>
internal static class CrlLinter
{
    /// <summary>In the order of RFC 5280 §5.</summary>
    public static IReadOnlyList<ICrlLint> All { get; } =
    [
        new VersionLint(),
        new SignatureAlgorithmLint(),
        new IssuerNameLint(),
        new UpdateTimesLint(),
        new EntriesLint(),
        new EntryExtensionsLint(),
        new ExtensionsLint(),
        new AuthorityKeyIdentifierLint(),
        new CrlNumberLint(),
        new DeltaLint(),
        new IssuingDistributionPointLint(),
        new FreshestCrlLint(),
        new ExpiredCertificatesLint(),
    ];

    /// <summary>The findings, each with its rule and clause; empty when there are none.</summary>
    public static IReadOnlyList<string> Evaluate(ReadOnlyMemory<byte> toBeSigned, CrlIntent intent)
    {
        CrlLintSubject subject;
        try
        {
            subject = CrlLintSubject.Read(toBeSigned, intent);
        }
        catch (Exception exception) when (exception is Asn1FormatException or AsnContentException)
        {
            return [$"crl-syntax: {exception.Message} (RFC 5280 §5.1)"];
        }

        return [.. All.Select(lint => Evaluate(lint, subject)).OfType<string>()];
    }

    private static string? Evaluate(ICrlLint lint, CrlLintSubject subject)
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

        return finding is null ? null : string.Create(CultureInfo.InvariantCulture, $"{lint.Rule}: {finding} ({lint.Citation})");
    }
}
