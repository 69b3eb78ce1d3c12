using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;

namespace ESign.Pki.Tests.Validation;

/// <summary>Bundles made to cost: what is counted is what was spent, so that no machine's speed decides.</summary>
public sealed class HostileBundleTests : IDisposable
{
    private readonly TestAuthority _root = TestAuthority.Root();

    [Fact] // RFC 4158 §2.4.2: thousands of certificates of one name and key lead nowhere, and looking at them is counted
    public async Task Certificates_of_one_name_and_key_are_counted()
    {
        using TestAuthority ca = _root.Intermediate("CN=CA");
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Certificate[] twins = [.. Enumerable.Range(0, 40).Select(_ => ca.Leaf(key, "CN=CA"))];
        PathRequest request = Request(twins[0], [.. twins[1..]]);
        Assert.Equal(PathErrorCode.WorkLimit, (await Judge(request, new WorkBudget { SearchSteps = 30 })).Findings[0].Code);
        Assert.DoesNotContain((await Judge(request, new WorkBudget { SearchSteps = 100 })).Findings, static finding => finding.Code == PathErrorCode.WorkLimit);
    }

    [Theory] // a verification counts as many times as it costs milliseconds: squarings of the modulus, one for each bit of the exponent
    [InlineData(2048, 17, "1.2.840.113549.1.1.11", 1)]
    [InlineData(4096, 17, "1.2.840.113549.1.1.11", 1)]
    [InlineData(16384, 64, "1.2.840.113549.1.1.11", 4)]
    [InlineData(16384, 64, "1.2.840.113549.1.1.5", 48)]
    [InlineData(3072, 3070, "1.2.840.113549.1.1.11", 6)]
    [InlineData(3072, 3070, "1.2.840.113549.1.1.4", 80)]
    public void A_slow_key_is_dear(int modulusBits, int exponentBits, string algorithm, int cost) =>
        Assert.Equal(cost, SignatureVerifier.Cost(RsaKey(modulusBits, exponentBits), AlgorithmIdentifier.WithNull(algorithm)));

    [Theory] // computed here, on every platform: the keys of RFC 8032 §7.1 and §7.4
    [InlineData(Oids.Ed25519, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", 5)]
    [InlineData(Oids.Ed448, "5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180", 20)]
    public void Keys_of_Edwards_curves_are_dear(string oid, string key, int cost)
    {
        byte[] info = Value(writer =>
        {
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(oid);
                }

                writer.WriteBitString(Convert.FromHexString(key));
            }
        });
        Assert.Equal(cost, SignatureVerifier.Cost(info, new AlgorithmIdentifier(oid)));
    }

    [Fact]
    public async Task Slow_keys_exhaust_the_budget_early()
    {
        using var generator = RSA.Create(2048);
        byte[] slow = RsaKey(3072, 3070);
        using TestAuthority ca = _root.Intermediate("CN=CA");
        Certificate issuer = ca.Leaf("CN=Slow", slow);
        Certificate target = Forged("CN=Slow", generator);
        PathRequest request = Request(target, issuer, ca.Certificate);
        Assert.Equal(PathErrorCode.WorkLimit, (await Judge(request, new WorkBudget { SignatureChecks = 5 })).Finding?.Code);
        Assert.Equal(PathErrorCode.BadSignature, (await Judge(request, new WorkBudget { SignatureChecks = 6 })).Finding?.Code);
    }

    [Fact] // §6.3.3: each list is tried at each distribution point, name by name; the names on both sides are others' choice
    public async Task Names_of_distribution_points_are_counted()
    {
        string[] here = [.. Enumerable.Range(0, 200).Select(static i => $"http://crl.example/{i}")];
        Certificate leaf = _root.Leaf("CN=Leaf", TestExtensions.Make("2.5.29.31", critical: false, writer =>
        {
            using (writer.PushSequence())
            {
                WritePoint(writer, here);
            }
        }));
        byte[] elsewhere = Value(writer => WritePoint(writer, [.. here.Select(static uri => uri + "/other")]));
        PathRequest request = Request(leaf) with
        {
            UnknownRevocation = UnknownRevocation.Reject,
            RevocationSources = [new GivenRevocationSource([_root.Crl(null, null, null, ("2.5.29.28", true, elsewhere))], [])],
        };
        Assert.Contains((await Judge(request, new WorkBudget { NameComparisons = 30_000 })).Findings, static finding => finding.Code == PathErrorCode.WorkLimit);
        PathVerdict verdict = await Judge(request, new WorkBudget { NameComparisons = 50_000 });
        Assert.Equal(PathErrorCode.RevocationUnknown, Assert.Single(verdict.Findings).Code);
    }

    [Fact]
    public async Task Lists_are_counted_at_each_distribution_point()
    {
        Certificate leaf = _root.Leaf("CN=Leaf", TestExtensions.Make("2.5.29.31", critical: false, writer =>
        {
            using (writer.PushSequence())
            {
                for (int i = 0; i < 50; i++)
                {
                    WritePoint(writer, [$"http://crl.example/{i}"]);
                }
            }
        }));
        byte[] elsewhere = Value(writer => WritePoint(writer, ["http://crl.example/elsewhere"]));
        PathRequest request = Request(leaf) with
        {
            UnknownRevocation = UnknownRevocation.Reject,
            RevocationSources = [new GivenRevocationSource([.. Enumerable.Range(0, 20).Select(_ => _root.Crl(null, null, null, ("2.5.29.28", true, elsewhere)))], [])],
        };
        Assert.Contains((await Judge(request, new WorkBudget { RevocationObjects = 1_000 })).Findings, static finding => finding.Code == PathErrorCode.WorkLimit);
        Assert.DoesNotContain((await Judge(request, new WorkBudget { RevocationObjects = 1_100 })).Findings, static finding => finding.Code == PathErrorCode.WorkLimit);
    }

    public void Dispose() => _root.Dispose();

    private Task<PathVerdict> Judge(PathRequest request, WorkBudget budget) =>
        new PathValidator(new TrustAnchors([_root.Certificate]), new PathPolicy { Budget = budget }).ValidateAsync(request, TestContext.Current.CancellationToken).AsTask();

    private static PathRequest Request(Certificate target, params Certificate[] certificates) =>
        new() { Target = target, Time = TestAuthority.Now, Certificates = certificates, UnknownRevocation = UnknownRevocation.Off };

    // Issued in the name of an issuer whose key never signed it.
    private static Certificate Forged(string issuer, RSA key)
    {
        var request = new CertificateRequest("CN=Target", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 forged = request.Create(new X500DistinguishedName(issuer), X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), TestAuthority.From, TestAuthority.To, [7]);
        return Certificate.FromX509Certificate2(forged);
    }

    // The greatest odd numbers of so many bits: no key anyone could use, but one that has to be computed with.
    private static byte[] RsaKey(int modulusBits, int exponentBits) => Value(writer =>
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.113549.1.1.1");
                writer.WriteNull();
            }

            writer.WriteBitString(Value(key =>
            {
                using (key.PushSequence())
                {
                    key.WriteInteger(BigInteger.Pow(2, modulusBits) - 1);
                    key.WriteInteger(BigInteger.Pow(2, exponentBits) - 1);
                }
            }));
        }
    });

    private static void WritePoint(AsnWriter writer, string[] uris)
    {
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            foreach (string uri in uris)
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, uri, new Asn1Tag(TagClass.ContextSpecific, 6));
            }
        }
    }

    private static byte[] Value(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 4096);
        write(writer);
        return writer.Encode();
    }
}
