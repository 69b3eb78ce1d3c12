using System.Text.Json;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;
using ESign.Testing;

namespace ESign.Conformance.Revocation;

/// <summary>BoringSSL's CRL cases: the status of one certificate, its issuer trusted.</summary>
/// <remarks>That library supports no indirect CRLs; ESign does, and is asked not to use them (<c>esign path --direct-crls</c>).</remarks>
public sealed class CrlChromiumSuite(ITestOutputHelper output)
{
    /// <summary>What RFC 5280 answers where indirect lists count: the two cases about them, and no other, become good.</summary>
    private static readonly Dictionary<string, string> s_withIndirectLists = new(StringComparer.Ordinal)
    {
        ["bad_idp_indirectcrl"] = "an indirect CRL also covers its own issuer's certificates (RFC 5280 §5.2.5, §4.2.1.13; PKITS 4.14.22).",
        ["bad_crldp_has_crlissuer"] = "a complete CRL of the certificate's issuer serves whatever the distribution points say (RFC 5280 §6.3.3, last paragraph).",
    };

    [Fact]
    public async Task Every_case_has_the_expected_status()
    {
        SuiteResult result = await RunAsync();
        output.WriteLine(result.ToString());
        result.AssertOnlyDocumentedExceptions();
    }

    [Fact]
    public async Task Only_what_concerns_indirect_lists_differs_where_they_are_used()
    {
        SuiteResult result = await RunAsync(usesIndirectCrls: true, s_withIndirectLists);
        output.WriteLine(result.ToString());
        result.AssertOnlyDocumentedExceptions();
    }

    internal static Task<SuiteResult> RunAsync() => RunAsync(usesIndirectCrls: false, []);

    private static async Task<SuiteResult> RunAsync(bool usesIndirectCrls, Dictionary<string, string> exceptions)
    {
        using JsonDocument suite = JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Require("conformance", "revocation", "crl-chromium.json")));
        DateTimeOffset time = suite.RootElement.GetProperty("verify_time").GetDateTimeOffset();
        var age = TimeSpan.FromSeconds(suite.RootElement.GetProperty("max_age_seconds").GetInt32());
        var disagreements = new Dictionary<string, string>(StringComparer.Ordinal);
        int count = 0;
        foreach (JsonElement test in suite.RootElement.GetProperty("cases").EnumerateArray())
        {
            count++;
            bool decodes = CertificateRevocationList.TryDecode(test.GetProperty("crl_der_b64").GetBytesFromBase64(), out CertificateRevocationList? crl);
            CertificateStatus found = await StatusQuestion.AskAsync(test, new GivenRevocationSource(decodes ? [crl!] : [], []), time, age, usesIndirectCrls);
            string status = StatusQuestion.Describe(found);
            if (!test.GetProperty("expected_status").ValueEquals(status))
            {
                disagreements[test.GetProperty("id").GetString()!] = $"{status} instead of {test.GetProperty("expected_status")}: {string.Join("; ", found.Remarks)}";
            }
        }

        return new SuiteResult("CRL chromium", count, disagreements, exceptions);
    }
}
