using System.Text.Json;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;
using ESign.Testing;

namespace ESign.Conformance.Wycheproof;

/// <summary>
/// Project Wycheproof (C2SP/wycheproof, Apache-2.0) through the product's signature check: nothing <c>invalid</c> is
/// accepted, everything <c>valid</c> is, and nothing is left out as unsupported.
/// </summary>
public sealed class WycheproofTests(ITestOutputHelper output)
{
    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        if (SharedData.Root is { } root && Directory.Exists(Path.Combine(root, "conformance", "wycheproof")))
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(root, "conformance", "wycheproof"), "*_test.json").Order(StringComparer.Ordinal))
            {
                if (!Path.GetFileName(file).StartsWith("hmac_", StringComparison.Ordinal))
                {
                    files.Add(Path.GetFileName(file));
                }
            }
        }
        else
        {
            files.Add("absent");
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Agrees(string file)
    {
        SuiteResult result = Run(file, SharedData.Require("conformance", "wycheproof", file));
        output.WriteLine(result.ToString());
        Assert.NotEqual(0, result.Cases);
        result.AssertOnlyDocumentedExceptions();
    }

    internal static Task<SuiteResult> RunAsync()
    {
        string folder = SharedData.Require("conformance", "wycheproof");
        SuiteResult[] files = [.. Directory.EnumerateFiles(folder, "*_test.json").Where(static file => !Path.GetFileName(file).StartsWith("hmac_", StringComparison.Ordinal)).Select(static file => Run(Path.GetFileName(file), file))];
        return Task.FromResult(new SuiteResult("Wycheproof", files.Sum(static file => file.Cases), files.SelectMany(static file => file.Disagreements).ToDictionary(), new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    private static SuiteResult Run(string file, string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        int cases = 0;
        var disagreements = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonElement group in document.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            byte[] key = Convert.FromHexString(group.GetProperty("publicKeyDer").GetString()!);
            AlgorithmIdentifier algorithm = AlgorithmOf(group);
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                cases++;
                SignatureCheck check = SignatureVerifier.Check(
                    key,
                    algorithm,
                    Convert.FromHexString(test.GetProperty("msg").GetString()!),
                    Convert.FromHexString(test.GetProperty("sig").GetString()!));
                string expected = test.GetProperty("result").GetString()!;
                bool agreed = expected switch
                {
                    "valid" => check.Outcome == SignatureOutcome.Valid,
                    "invalid" => check.Outcome == SignatureOutcome.Invalid,
                    _ => check.Outcome != SignatureOutcome.Unsupported,
                };
                if (!agreed)
                {
                    disagreements[$"{file} #{test.GetProperty("tcId")}"] = $"{test.GetProperty("comment")} [{string.Join(',', test.GetProperty("flags").EnumerateArray())}]: {expected}, found {check}";
                }
            }
        }

        return new SuiteResult(file, cases, disagreements, new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private static AlgorithmIdentifier AlgorithmOf(JsonElement group)
    {
        string type = group.GetProperty("type").GetString()!;
        if (type == "EddsaVerify")
        {
            return new AlgorithmIdentifier(Oids.Ed25519);
        }

        string sha = group.GetProperty("sha").GetString()!;
        return type switch
        {
            "EcdsaVerify" => new AlgorithmIdentifier(sha switch
            {
                "SHA-256" => Oids.EcdsaWithSha256,
                "SHA-384" => Oids.EcdsaWithSha384,
                "SHA-512" => Oids.EcdsaWithSha512,
                "SHA3-256" => Oids.EcdsaWithSha3_256,
                "SHA3-384" => Oids.EcdsaWithSha3_384,
                "SHA3-512" => Oids.EcdsaWithSha3_512,
                _ => throw new InvalidDataException(sha),
            }),
            "EcdsaP1363Verify" => new AlgorithmIdentifier(sha switch
            {
                "SHA-256" => Oids.EcdsaPlainSha256,
                "SHA-384" => Oids.EcdsaPlainSha384,
                "SHA-512" => Oids.EcdsaPlainSha512,
                _ => throw new InvalidDataException(sha),
            }),
            "RsassaPkcs1Verify" => AlgorithmIdentifier.WithNull(sha switch
            {
                "SHA-256" => Oids.Sha256WithRsa,
                "SHA-384" => Oids.Sha384WithRsa,
                "SHA-512" => Oids.Sha512WithRsa,
                "SHA3-256" => Oids.Sha3_256WithRsa,
                _ => throw new InvalidDataException(sha),
            }),
            "RsassaPssVerify" or "RsassaPssWithParametersVerify" =>
                new PssParameters(Digest(sha), Digest(group.GetProperty("mgfSha").GetString()!), group.GetProperty("sLen").GetInt32()).ToAlgorithmIdentifier(),
            _ => throw new InvalidDataException(type),
        };
    }

    private static DigestAlgorithm Digest(string name) => name switch
    {
        "SHA-1" => DigestAlgorithm.Sha1,
        "SHA-224" => DigestAlgorithm.Sha224,
        "SHA-256" => DigestAlgorithm.Sha256,
        "SHA-384" => DigestAlgorithm.Sha384,
        "SHA-512" => DigestAlgorithm.Sha512,
        _ => throw new InvalidDataException(name),
    };
}
