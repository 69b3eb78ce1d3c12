using System.Text;
using System.Text.Json;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Timestamping;
using ESign.Testing;

namespace ESign.Conformance.Timestamps;

/// <summary>The RFC 3161 set: every verdict and, where a token does not stand, the cause.</summary>
public sealed class TspConformanceTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The causes of the set in ESign's words.</summary>
    private static readonly Dictionary<string, TimestampFailure> s_causes = new(StringComparer.Ordinal)
    {
        ["imprint_mismatch"] = TimestampFailure.ImprintMismatch,
        ["imprint_algorithm"] = TimestampFailure.ImprintAlgorithmUnknown,
        ["nonce_mismatch"] = TimestampFailure.NonceMismatch,
        ["tstinfo_version"] = TimestampFailure.InfoVersion,
        ["no_signer"] = TimestampFailure.NoSigner,
        ["more_than_one_signer"] = TimestampFailure.MoreThanOneSigner,
        ["signerinfo_version"] = TimestampFailure.SignerVersion,
        ["no_signer_certificate"] = TimestampFailure.NoSignerCertificate,
        ["certificates_malformed"] = TimestampFailure.CertificatesMalformed,
        ["signed_attributes_missing"] = TimestampFailure.SignedAttributesMissing,
        ["attr_content_type_missing"] = TimestampFailure.ContentTypeMissing,
        ["attr_content_type_malformed"] = TimestampFailure.ContentTypeWrong,
        ["attr_message_digest_missing"] = TimestampFailure.MessageDigestMissing,
        ["attr_signing_time_malformed"] = TimestampFailure.SigningTimeMalformed,
        ["signing_time_outside_cert_validity"] = TimestampFailure.SigningTimeOutsideCertificate,
        ["weak_or_mismatching_digest"] = TimestampFailure.AlgorithmMismatch,
        ["signature"] = TimestampFailure.SignatureInvalid,
        ["ess_cert_missing"] = TimestampFailure.CertificateIdMissing,
        ["ess_cert_malformed"] = TimestampFailure.CertificateIdMalformed,
        ["ess_cert_mismatch"] = TimestampFailure.CertificateIdMismatch,
        ["ess_weak_hash"] = TimestampFailure.CertificateIdWeak,
    };

    [Fact]
    public async Task Every_case_gets_its_verdict_and_its_cause()
    {
        SuiteResult result = await RunAsync();
        output.WriteLine(result.ToString());
        result.AssertOnlyDocumentedExceptions();
    }

    /// <summary>openssl on the row that is an exception: against its request a nonce mismatch, against the stamped data in order.</summary>
    [Fact]
    public void Openssl_ts_refuses_the_exception_for_its_nonce()
    {
        string folder = SharedData.Require("conformance", "tsp");
        Tool.Require("openssl");
        using var work = new TemporaryFolder();
        string response = Path.Combine(folder, "trailofbits", "test_tsa-other_response.tsr");
        TimestampToken token = TimestampResponse.Decode(File.ReadAllBytes(response)).Token!;
        string authorities = work.Write("authorities.pem", Encoding.ASCII.GetBytes(string.Join('\n', token.SignedData.Certificates.Select(static certificate => certificate.ToPem()))));
        string data = work.Write("data", "hello"u8.ToArray());
        string[] trust = ["-in", response, "-CAfile", authorities, "-partial_chain", "-no_check_time"];

        Tool withRequest = Tool.Run("openssl", ["ts", "-verify", "-queryfile", Path.Combine(folder, "trailofbits", "test_tsa-other_request.der"), .. trust]);
        Assert.Contains("nonce mismatch", withRequest.Error, StringComparison.Ordinal);
        Assert.Contains("Verification: FAILED", withRequest.Output + withRequest.Error, StringComparison.Ordinal);
        Tool withData = Tool.Run("openssl", ["ts", "-verify", "-data", data, .. trust]);
        Assert.Contains("Verification: OK", withData.Output + withData.Error, StringComparison.Ordinal);
    }

    internal static async Task<SuiteResult> RunAsync()
    {
        string folder = SharedData.Require("conformance", "tsp");
        using JsonDocument index = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "tsp.json")));
        List<TspCase> cases = index.RootElement.GetProperty("cases").Deserialize<List<TspCase>>(s_json)!;
        Assert.Equal(index.RootElement.GetProperty("count").GetInt32(), cases.Count);
        Dictionary<string, string> exceptions = JsonSerializer.Deserialize<Dictionary<string, string>>(
            await File.ReadAllTextAsync(Repository.PathTo("tests", "ESign.Conformance", "Timestamps", "exceptions.json")))!;
        var disagreements = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (TspCase row in cases)
        {
            if (Judge(folder, row) is { } problem)
            {
                disagreements[row.Id] = problem;
            }
        }

        return new SuiteResult("timestamps", cases.Count, disagreements, exceptions);
    }

    private static string? Judge(string folder, TspCase row)
    {
        byte[] encoded = File.ReadAllBytes(Path.Combine(folder, row.File));
        try
        {
            if (row.Kind != "response")
            {
                return row.Kind == "parse-ess" ? JudgeBinding(TimestampToken.Decode(encoded), row) : JudgeToken(folder, TimestampToken.Decode(encoded), row);
            }

            TimestampResponse response = TimestampResponse.Decode(encoded);
            return row.Expect switch
            {
                "rejection" => response is { Status: TimestampStatus.Rejection, FailureInfo: TimestampFailureInfo.BadAlg, Token: null } ? null : $"{response.Status} {response.FailureInfo}",
                "granted" => response.IsGranted ? null : response.Status.ToString(),
                "parse_error" => "was read",
                _ => JudgeToken(folder, response.Token!, row),
            };
        }
        catch (Asn1FormatException exception)
        {
            bool isUnreadable = row.Expect == "parse_error" || row.Failure is "tstinfo_parse" or "econtent_type" or "certificates_malformed" or "attr_content_type_malformed";
            return isUnreadable ? null : exception.Message;
        }
    }

    // Only the attribute: the edit that made the case broke the signature value.
    private static string? JudgeBinding(TimestampToken token, TspCase row)
    {
        TimestampVerdict verdict = new TimestampVerification(token).CheckSignature(moreCertificates: null);
        CmsCheck binding = verdict.Signer!.CertificateBinding;
        bool agrees = row.Expect switch
        {
            "ess_ok" => binding == CmsCheck.Passed,
            "ess_ok_v1" => binding == CmsCheck.Weak && !verdict.Failures.Contains(TimestampFailure.CertificateIdWeak),
            _ => verdict.Failures.Contains(s_causes[row.Failure!]),
        };
        return agrees ? null : $"{binding}; {string.Join(", ", verdict.Failures)}";
    }

    private static string? JudgeToken(string folder, TimestampToken token, TspCase row)
    {
        List<Certificate> given = [.. row.Roots.Append(row.Chain).OfType<string>().SelectMany(file => Certificate.LoadMany(File.ReadAllBytes(Path.Combine(folder, file))))];
        var verification = new TimestampVerification(token);
        if (Stamped(folder, row) is { } stamped)
        {
            verification.CheckImprint(stamped);
        }

        if (row.Request is { } request)
        {
            verification.CheckRequest(TimestampRequest.Decode(File.ReadAllBytes(Path.Combine(folder, request))));
        }

        TimestampVerdict verdict = verification.CheckSignature(given);
        string found = string.Join(", ", verdict.Failures);
        return Facts(token, verdict, row) ?? row.Expect switch
        {
            "valid" => verdict.IsValid && ReachesRoot(verdict.Certificate!, [.. token.SignedData.Certificates, .. given]) ? null : found + " or no root",
            "valid_at_gen_time" => verdict.IsValid && token.Time <= verdict.Certificate!.NotAfter && token.Time >= verdict.Certificate.NotBefore ? null : found,
            "parse-only" => null,
            "indeterminate" when row.Failure == "chain_incomplete" =>
                verdict.Failures.All(static failure => failure == TimestampFailure.ImprintMismatch) && !ReachesRoot(verdict.Certificate!, token.SignedData.Certificates) ? null : found + " or a root",
            "indeterminate" => verdict.IsIndeterminate && verdict.Failures.Contains(s_causes[row.Failure!]) ? null : found,
            _ => !verdict.IsValid && verdict.Failures.Contains(s_causes[row.Failure!]) ? null : $"expected {row.Failure}, found: {found}",
        };
    }

    private static SignedContent? Stamped(string folder, TspCase row)
    {
        if (row.Payload is { } payload)
        {
            return SignedContent.FromBytes(File.ReadAllBytes(Path.Combine(folder, payload)));
        }

        string? message = row.Message ?? (row.Failure == "imprint_algorithm" ? "notation" : null);
        return message is null ? null : SignedContent.FromBytes(Encoding.ASCII.GetBytes(message));
    }

    private static string? Facts(TimestampToken token, TimestampVerdict verdict, TspCase row)
    {
        TimestampTokenInfo info = token.Info;
        if (row.GenTime is { } time && info.Time != time)
        {
            return $"time {info.Time:O}";
        }

        if (row.Policy is { } policy && info.PolicyOid != policy)
        {
            return $"policy {info.PolicyOid}";
        }

        if (row.Accuracy == "1s" && info.Accuracy?.ToTimeSpan() != TimeSpan.FromSeconds(1))
        {
            return $"accuracy {info.Accuracy}";
        }

        string? digest = (row.Imprint ?? row.Digest)?.Replace("-", "", StringComparison.Ordinal);
        if (digest is not null && Pki.Keys.DigestAlgorithm.FromOid(info.DigestOid)?.Name != digest)
        {
            return $"digest {info.DigestOid}";
        }

        return row.SignerCommonName is { } name && verdict.Certificate?.Subject.CommonName != name ? $"signer {verdict.Certificate?.Subject}" : null;
    }

    private static bool ReachesRoot(Certificate certificate, IReadOnlyList<Certificate> pool)
    {
        for (int length = 0; length < 10; length++)
        {
            if (certificate.Issuer.Equals(certificate.Subject))
            {
                return pool.Contains(certificate);
            }

            Certificate? issuer = pool.FirstOrDefault(candidate => candidate.Subject.Equals(certificate.Issuer)
                && Pki.Keys.SignatureVerifier.Verify(candidate.SubjectPublicKeyInfo.Span, certificate.SignatureAlgorithm, certificate.TbsCertificate.Span, certificate.SignatureValue.Span));
            if (issuer is null)
            {
                return false;
            }

            certificate = issuer;
        }

        return false;
    }
}
