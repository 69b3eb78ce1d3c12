using System.Text.Json;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;

namespace ESign.Conformance.Revocation;

/// <summary>Asks for the status of a case's target; its issuer is trusted, and where the issuer's key was rolled over the certificate of the other key.</summary>
internal static class StatusQuestion
{
    public static async Task<CertificateStatus> AskAsync(JsonElement test, IRevocationSource source, DateTimeOffset time, TimeSpan maximumAge, bool usesIndirectCrls = true)
    {
        Certificate issuer = Read(test, "issuer_der_b64");
        Certificate[] otherKey = test.TryGetProperty("issuer2_der_b64", out _) ? [Read(test, "issuer2_der_b64")] : [];
        var policy = new PathPolicy { Algorithms = AlgorithmPolicy.JudgeThePast, MaximumRevocationAge = maximumAge, UsesIndirectCrls = usesIndirectCrls };
        PathVerdict verdict = await new PathValidator(new TrustAnchors([issuer, .. otherKey]), policy).ValidateAsync(new PathRequest
        {
            Target = Read(test, "target_der_b64"),
            Time = time,
            RevocationSources = [source],
            UnknownRevocation = UnknownRevocation.Accept,
        });
        Assert.True(verdict.Finding is null or { Code: PathErrorCode.Revoked }, verdict.Finding?.ToString());
        return verdict.Revocation[0];
    }

    public static string Describe(CertificateStatus status) => status.Status.ToString().ToLowerInvariant();

    private static Certificate Read(JsonElement test, string field) => Certificate.Decode(test.GetProperty(field).GetBytesFromBase64());
}
