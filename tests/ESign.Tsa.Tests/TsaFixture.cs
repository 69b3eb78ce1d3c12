using ESign.Pki.Keys;
using ESign.Testing;

namespace ESign.Tsa.Tests;

/// <summary>An authority with a fixed clock, for tests.</summary>
internal static class TsaFixture
{
    public const string Policy = "1.3.6.1.4.1.55555.1.1";

    public static readonly DateTimeOffset Noon = new(2026, 5, 6, 12, 0, 0, 125, TimeSpan.Zero);

    public static TestSigner Signer(SignatureAlgorithm? algorithm = null) => TestSigner.Create(algorithm ?? SignatureAlgorithm.EcdsaP256Sha256, ["1.3.6.1.5.5.7.3.8"]);

    public static TimestampAuthority Authority(TestSigner signer, TimeProvider? clock = null, ClockGuard? guard = null, params TimestampPolicy[] policies) =>
        new(signer.Credential, new TimestampAuthorityOptions { Policies = policies.Length > 0 ? policies : [new TimestampPolicy(Policy)], ClockGuard = guard }, clock ?? new ManualClock(Noon));
}
