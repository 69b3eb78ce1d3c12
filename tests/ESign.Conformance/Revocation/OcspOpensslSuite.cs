using System.Text.Json;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;
using ESign.Testing;

namespace ESign.Conformance.Revocation;

/// <summary>
/// OpenSSL's OCSP cases: whole paths with the given responses, SHA-1 allowed as it was in 2012. One case has no response for
/// its intermediate, so a case holds when the path does and every response given shows one certificate to be good.
/// </summary>
public sealed class OcspOpensslSuite(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_case_is_judged_as_expected()
    {
        SuiteResult result = await RunAsync();
        output.WriteLine(result.ToString());
        result.AssertOnlyDocumentedExceptions();
    }

    internal static async Task<SuiteResult> RunAsync()
    {
        using JsonDocument suite = JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Require("conformance", "revocation", "ocsp-openssl.json")));
        JsonElement files = suite.RootElement.GetProperty("files_der_b64");
        byte[] Bytes(string? name) => files.GetProperty(name!).GetBytesFromBase64();
        var disagreements = new Dictionary<string, string>(StringComparer.Ordinal);
        int count = 0;
        foreach (JsonElement test in suite.RootElement.GetProperty("cases").EnumerateArray())
        {
            count++;
            OcspResponse[] responses = [.. test.GetProperty("ocsp_responses").EnumerateArray().Select(name => OcspResponse.Decode(Bytes(name.GetString())))];
            var validator = new PathValidator(new TrustAnchors([Certificate.Decode(Bytes(test.GetProperty("root").GetString()))]), new PathPolicy { Algorithms = AlgorithmPolicy.JudgeThePast });
            PathVerdict verdict = await validator.ValidateAsync(new PathRequest
            {
                Target = Certificate.Decode(Bytes(test.GetProperty("target").GetString())),
                Time = test.GetProperty("validation_time").GetDateTimeOffset(),
                Certificates = [.. test.GetProperty("other_certs").EnumerateArray().Select(name => Certificate.Decode(Bytes(name.GetString())))],
                RevocationSources = [new GivenRevocationSource([], responses)],
                UnknownRevocation = UnknownRevocation.Accept,
            });
            bool holds = verdict.IsValid && verdict.Revocation.Count(status => status.Status == RevocationStatus.Good) == responses.Length;
            if (holds != test.GetProperty("expected").ValueEquals("valid"))
            {
                disagreements[test.GetProperty("id").GetString()!] = $"holds: {holds}, {verdict.Finding}";
            }
        }

        return new SuiteResult("OCSP openssl", count, disagreements, new Dictionary<string, string>(StringComparer.Ordinal));
    }
}
