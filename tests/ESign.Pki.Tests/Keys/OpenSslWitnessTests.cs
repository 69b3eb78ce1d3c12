using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;
using ESign.Testing;

namespace ESign.Pki.Tests.Keys;

/// <summary>openssl verifies what we sign, and we verify what it signs.</summary>
public sealed class OpenSslWitnessTests : IDisposable
{
    private static readonly string[] s_pss = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"];
    private readonly string _folder = Directory.CreateTempSubdirectory("esign-openssl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Algorithms() => [.. SignatureAlgorithm.All.Select(algorithm => algorithm.Name)];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Signatures_agree_both_ways(string name)
    {
        using LocalSigningKey key = TestKeys.Create(name);
        byte[] data = RandomNumberGenerator.GetBytes(1000);
        string dataFile = Write("data", data);
        string publicKey = Write("pub.pem", PemEncoding.WriteString("PUBLIC KEY", key.SubjectPublicKeyInfo.Span));
        string privateKey = Write("key.pem", PemEncoding.WriteString("PRIVATE KEY", key.ExportPkcs8()));
        string[] options = key.Algorithm.Scheme switch
        {
            SignatureScheme.RsaPss => s_pss,
            SignatureScheme.Sm2 => ["-sigopt", "distid:1234567812345678"],
            _ => [],
        };
        string digest = "-" + key.Algorithm.Digest.Name.ToLowerInvariant();

        string ours = Write("ours.sig", key.Sign(data));
        Tool verified = Tool.Run("openssl", ["dgst", digest, .. options, "-verify", publicKey, "-signature", ours, dataFile]);
        Assert.Contains("Verified OK", verified.Output);

        string theirs = Path.Combine(_folder, "theirs.sig");
        Tool signed = Tool.Run("openssl", ["dgst", digest, .. options, "-sign", privateKey, "-out", theirs, dataFile]);
        Assert.True(signed.ExitCode == 0, signed.Error);
        Assert.Equal(SignatureCheck.Valid, SignatureVerifier.Check(key.SubjectPublicKeyInfo.Span, key.Algorithm.Identifier, data, File.ReadAllBytes(theirs)));
    }

    [Theory]
    [InlineData("ed25519", Oids.Ed25519)]
    [InlineData("ed448", Oids.Ed448)]
    public void Edwards_signatures_of_openssl_verify(string algorithm, string oid)
    {
        string key = Path.Combine(_folder, "key.pem");
        string publicKey = Path.Combine(_folder, "pub.der");
        string signature = Path.Combine(_folder, "sig");
        byte[] data = RandomNumberGenerator.GetBytes(200);
        Run("genpkey", "-algorithm", algorithm, "-out", key);
        Run("pkey", "-in", key, "-pubout", "-outform", "DER", "-out", publicKey);
        Run("pkeyutl", "-sign", "-rawin", "-inkey", key, "-in", Write("data", data), "-out", signature);
        byte[] value = File.ReadAllBytes(signature);
        Assert.Equal(SignatureCheck.Valid, SignatureVerifier.Check(File.ReadAllBytes(publicKey), new AlgorithmIdentifier(oid), data, value));
        value[3] ^= 1;
        Assert.Equal(SignatureOutcome.Invalid, SignatureVerifier.Check(File.ReadAllBytes(publicKey), new AlgorithmIdentifier(oid), data, value).Outcome);
    }

    [Theory]
    [InlineData("sha512", "sha256", 17, 64)]
    [InlineData("sha256", "sha1", 0, 32)]
    public void PSS_with_odd_parameters_of_openssl_verifies(string digest, string mask, int salt, int digestSize)
    {
        using LocalSigningKey key = TestKeys.Create("RSA-PSS-SHA256");
        byte[] data = RandomNumberGenerator.GetBytes(200);
        string signature = Path.Combine(_folder, "sig");
        Run("dgst", "-" + digest, "-sigopt", "rsa_padding_mode:pss", "-sigopt", $"rsa_pss_saltlen:{salt}", "-sigopt", $"rsa_mgf1_md:{mask}",
            "-sign", Write("key.pem", PemEncoding.WriteString("PRIVATE KEY", key.ExportPkcs8())), "-out", signature, Write("data", data));
        DigestAlgorithm Named(string name) => DigestAlgorithm.All.Single(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(digestSize, Named(digest).SizeInBytes);
        byte[] value = File.ReadAllBytes(signature);
        Assert.True(SignatureVerifier.Verify(key.SubjectPublicKeyInfo.Span, new PssParameters(Named(digest), Named(mask), salt).ToAlgorithmIdentifier(), data, value));
        Assert.False(SignatureVerifier.Verify(key.SubjectPublicKeyInfo.Span, new PssParameters(Named(digest), Named(mask), salt + 1).ToAlgorithmIdentifier(), data, value));
    }

    [Theory]
    [InlineData("RSA-PKCS1-SHA256")]
    [InlineData("ECDSA-P384-SHA384")]
    [InlineData("SM2-SM3")]
    public void Encrypted_keys_are_read_both_ways(string name)
    {
        using LocalSigningKey key = TestKeys.Create(name);
        string ours = Write("ours.pem", key.ExportEncryptedPem("pw 密码"));
        string plain = Path.Combine(_folder, "plain.der");
        Run("pkey", "-in", ours, "-passin", "pass:pw 密码", "-pubout", "-outform", "DER", "-out", plain);
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), File.ReadAllBytes(plain));

        string theirs = Path.Combine(_folder, "theirs.pem");
        Run("pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in", Write("key.pem", PemEncoding.WriteString("PRIVATE KEY", key.ExportPkcs8())), "-passout", "pass:pw", "-out", theirs);
        using LocalSigningKey copy = LocalSigningKey.FromPem(File.ReadAllText(theirs), "pw", key.Algorithm);
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), copy.SubjectPublicKeyInfo.ToArray());
    }

    [Theory]
    [InlineData("prime256v1", "ECDSA-P256-SHA256")]
    [InlineData("SM2", "SM2-SM3")]
    public void Traditional_EC_keys_of_openssl_are_read(string curve, string algorithm)
    {
        string key = Path.Combine(_folder, "ec.pem");
        Run("ecparam", "-name", curve, "-genkey", "-out", key);
        using LocalSigningKey read = LocalSigningKey.FromPem(File.ReadAllText(key));
        Assert.Equal(algorithm, read.Algorithm.Name);
    }

    [Fact]
    public void Traditional_and_PSS_RSA_keys_of_openssl_are_read()
    {
        string key = Path.Combine(_folder, "rsa.pem");
        Run("genrsa", "-traditional", "-out", key, "2048");
        using LocalSigningKey traditional = LocalSigningKey.FromPem(File.ReadAllText(key));
        Assert.Same(SignatureAlgorithm.RsaPkcs1Sha256, traditional.Algorithm);

        Run("genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key);
        using LocalSigningKey pss = LocalSigningKey.FromPem(File.ReadAllText(key), algorithm: SignatureAlgorithm.RsaPssSha256);
        Assert.True(SignatureVerifier.Verify(pss.SubjectPublicKeyInfo.Span, pss.Algorithm.Identifier, "x"u8, pss.Sign("x"u8)));
    }

    private static void Run(params string[] arguments)
    {
        Tool tool = Tool.Run("openssl", arguments);
        Assert.True(tool.ExitCode == 0, tool.Error);
    }

    private string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
