using System.Text.Json;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;
using ESign.Testing;

namespace ESign.Conformance.Revocation;

/// <summary>BoringSSL's OCSP cases: the status of one certificate, its issuer trusted.</summary>
public sealed class OcspChromiumSuite(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_case_has_the_expected_status()
    {
        SuiteResult result = await RunAsync();
        output.WriteLine(result.ToString());
        result.AssertOnlyDocumentedExceptions();
    }

    /// <summary>The request we encode is the expected one, byte for byte.</summary>
    [Fact]
    public async Task Requests_are_encoded_as_expected()
    {
        using JsonDocument suite = await LoadAsync();
        foreach (JsonElement test in suite.RootElement.GetProperty("cases").EnumerateArray())
        {
            byte[] expected = test.GetProperty("expected_request_der_b64").GetBytesFromBase64();
            OcspRequest request = OcspRequest.Create(Certificate.Decode(test.GetProperty("target_der_b64").GetBytesFromBase64()), Certificate.Decode(test.GetProperty("issuer_der_b64").GetBytesFromBase64()));
            Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(request.RawData.Span));
        }
    }

    internal static async Task<SuiteResult> RunAsync()
    {
        using JsonDocument suite = await LoadAsync();
        DateTimeOffset time = suite.RootElement.GetProperty("verify_time").GetDateTimeOffset();
        var age = TimeSpan.FromSeconds(suite.RootElement.GetProperty("max_age_seconds").GetInt32());
        var disagreements = new Dictionary<string, string>(StringComparer.Ordinal);
        int count = 0;
        foreach (JsonElement test in suite.RootElement.GetProperty("cases").EnumerateArray())
        {
            count++;
            OcspResponse[] responses = OcspResponse.TryDecode(test.GetProperty("response_der_b64").GetBytesFromBase64(), out OcspResponse? response) ? [response] : [];
            CertificateStatus found = await StatusQuestion.AskAsync(test, new GivenRevocationSource([], responses), time, age);
            string status = StatusQuestion.Describe(found);
            if (!test.GetProperty("expected_status").ValueEquals(status))
            {
                disagreements[test.GetProperty("id").GetString()!] = $"{status} instead of {test.GetProperty("expected_status")}: {string.Join("; ", found.Remarks)}";
            }
        }

        return new SuiteResult("OCSP chromium", count, disagreements, new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private static async Task<JsonDocument> LoadAsync() =>
        JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Require("conformance", "revocation", "ocsp-chromium.json")));
}
