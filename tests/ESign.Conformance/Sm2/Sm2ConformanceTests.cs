using System.Text;
using System.Text.Json;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;
using ESign.Pki.Keys.Gm;
using ESign.Testing;

namespace ESign.Conformance.Sm2;

/// <summary>The SM2 and SM3 sets, natively and in plain arithmetic: every case agrees.</summary>
public sealed class Sm2ConformanceTests
{
    private static readonly AlgorithmIdentifier s_sm2 = SignatureAlgorithm.Sm2Sm3.Identifier;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_signature_case_agrees(bool native)
    {
        Assert.SkipWhen(native && !ESign.Pki.Keys.Gm.Sm2.IsAvailable, "SM2 is not available on this platform");
        using JsonDocument document = Open("sm2-verify.json");
        int cases = 0;
        var wrong = new List<string>();
        foreach (JsonElement test in document.RootElement.GetProperty("tests").EnumerateArray())
        {
            cases++;
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.Decode(Hex(test, "publicKeyDer"));
            SignatureCheck check = Sm2VerificationKey.Import(info.PublicKey, native, out SignatureCheck failure) is { } key
                ? key.Verify(SignatureParameters.Resolve(s_sm2, digest: null, out _)!, Hex(test, "msg"), Hex(test, "sig"), Hex(test, "id"))
                : failure;
            bool expected = test.GetProperty("result").GetString() == "valid";
            SignatureCheck whole = SignatureVerifier.Check(Hex(test, "publicKeyDer"), s_sm2, Hex(test, "msg"), Hex(test, "sig"), sm2UserId: Hex(test, "id"));
            if (check.IsValid != expected || whole.IsValid != expected)
            {
                wrong.Add($"#{test.GetProperty("tcId")} {test.GetProperty("comment")}: {test.GetProperty("result")}, found {check} and {whole}");
            }
        }

        TestContext.Current.SendDiagnosticMessage($"sm2-verify.json ({(native ? "native" : "managed")}): {cases} cases, {cases - wrong.Count} agreed");
        Assert.Equal(document.RootElement.GetProperty("numberOfTests").GetInt32(), cases);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_digest_case_agrees()
    {
        using JsonDocument document = Open("sm3.json");
        int cases = 0;
        foreach (JsonElement test in document.RootElement.GetProperty("tests").EnumerateArray())
        {
            byte[] message = test.TryGetProperty("msg_ascii", out JsonElement ascii) ? Encoding.ASCII.GetBytes(ascii.GetString()!) : Message(test);
            byte[] digest = new byte[Sm3Digest.SizeInBytes];
            Sm3Digest.HashData(message, digest);
            Assert.Equal(test.GetProperty("md").GetString(), Convert.ToHexStringLower(digest));
            cases++;
        }

        TestContext.Current.SendDiagnosticMessage($"sm3.json: {cases} cases, {cases} agreed");
        Assert.NotEqual(0, cases);
    }

    [Fact]
    public void Every_signature_over_a_given_digest_agrees()
    {
        using JsonDocument document = Open("sm2-verify.json");
        JsonElement prehashed = document.RootElement.GetProperty("prehashed");
        byte[] e = prehashed.GetProperty("digest_e_b64").GetBytesFromBase64();
        foreach (JsonElement test in prehashed.GetProperty("cases").EnumerateArray())
        {
            byte[] key = test.GetProperty("public_key_der_b64").GetBytesFromBase64();
            SignatureCheck check = SignatureVerifier.CheckDigest(key, s_sm2, e, test.GetProperty("sig_der_b64").GetBytesFromBase64());
            Assert.Equal(test.GetProperty("result").GetString() == "valid", check.IsValid);
        }
    }

    [Fact]
    public void Every_certificate_and_request_agrees()
    {
        using JsonDocument document = Open("sm2-verify.json");
        JsonElement[] certificates = [.. document.RootElement.GetProperty("certificates").EnumerateArray()];
        byte[][] encoded = [.. certificates.Select(test => test.GetProperty("der_b64").GetBytesFromBase64())];
        for (int i = 0; i < certificates.Length; i++)
        {
            if (certificates[i].GetProperty("signature").GetString() != "valid")
            {
                continue;
            }

            int issuer = certificates[i].TryGetProperty("issuer", out JsonElement number) ? number.GetInt32() : i;
            byte[] userId = Encoding.ASCII.GetBytes(certificates[i].GetProperty("id").GetString()!);
            byte[] key = PublicKeyOfCertificate(encoded[issuer]);
            Assert.True(CheckSigned(encoded[i], key, userId).IsValid, certificates[i].GetProperty("comment").GetString());
            byte[] otherId = userId.Length == 0 ? "1234567812345678"u8.ToArray() : [];
            Assert.Equal(SignatureOutcome.Invalid, CheckSigned(encoded[i], key, otherId).Outcome);
        }

        foreach (JsonElement test in document.RootElement.GetProperty("csr").EnumerateArray())
        {
            byte[] request = test.GetProperty("der_b64").GetBytesFromBase64();
            Assert.True(CheckSigned(request, PublicKeyOfRequest(request), userId: null).IsValid);
        }
    }

    internal static Task<SuiteResult> RunAsync()
    {
        var disagreements = new Dictionary<string, string>(StringComparer.Ordinal);
        using JsonDocument signatures = Open("sm2-verify.json");
        using JsonDocument digests = Open("sm3.json");
        JsonElement[] tests = [.. signatures.RootElement.GetProperty("tests").EnumerateArray()];
        foreach (JsonElement test in tests)
        {
            SignatureCheck check = SignatureVerifier.Check(Hex(test, "publicKeyDer"), s_sm2, Hex(test, "msg"), Hex(test, "sig"), sm2UserId: Hex(test, "id"));
            if (check.IsValid != (test.GetProperty("result").GetString() == "valid"))
            {
                disagreements[$"sm2 #{test.GetProperty("tcId")}"] = check.ToString();
            }
        }

        JsonElement[] vectors = [.. digests.RootElement.GetProperty("tests").EnumerateArray()];
        foreach ((int index, JsonElement test) in vectors.Index())
        {
            byte[] message = test.TryGetProperty("msg_ascii", out JsonElement ascii) ? Encoding.ASCII.GetBytes(ascii.GetString()!) : Message(test);
            if (Convert.ToHexStringLower(DigestAlgorithm.Sm3.Compute(message)) != test.GetProperty("md").GetString())
            {
                disagreements[$"sm3 #{index}"] = "another digest";
            }
        }

        return Task.FromResult(new SuiteResult("SM2, SM3", tests.Length + vectors.Length, disagreements, new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    private static SignatureCheck CheckSigned(byte[] encoded, byte[] key, byte[]? userId)
    {
        DerReader signed = DerReader.OpenSequence(encoded);
        ReadOnlyMemory<byte> toBeSigned = signed.ReadEncodedValue();
        AlgorithmIdentifier algorithm = AlgorithmIdentifier.Read(signed);
        return SignatureVerifier.Check(key, algorithm, toBeSigned.Span, signed.ReadBitStringOctets().Span, sm2UserId: userId);
    }

    // RFC 5280 §4.1: version [0], serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo
    private static byte[] PublicKeyOfCertificate(byte[] encoded)
    {
        DerReader toBeSigned = DerReader.OpenSequence(encoded).ReadSequence();
        for (int i = 0; i < 6; i++)
        {
            toBeSigned.ReadEncodedValue();
        }

        return toBeSigned.ReadEncodedValue().ToArray();
    }

    // RFC 2986 §4.1: version, subject, subjectPKInfo
    private static byte[] PublicKeyOfRequest(byte[] encoded)
    {
        DerReader toBeSigned = DerReader.OpenSequence(encoded).ReadSequence();
        toBeSigned.ReadEncodedValue();
        toBeSigned.ReadEncodedValue();
        return toBeSigned.ReadEncodedValue().ToArray();
    }

    // The rule the file states: byte i = 7·i mod 256.
    private static byte[] Message(JsonElement test) =>
        [.. Enumerable.Range(0, test.GetProperty("len").GetInt32()).Select(i => (byte)(7 * i))];

    private static byte[] Hex(JsonElement test, string name) => Convert.FromHexString(test.GetProperty(name).GetString()!);

    private static JsonDocument Open(string file) => JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("conformance", "sm2", file)));
}
