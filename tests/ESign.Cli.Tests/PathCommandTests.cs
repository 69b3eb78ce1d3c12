using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ESign.Testing;

namespace ESign.Cli.Tests;

/// <summary><c>esign path</c> as a shell runs it: exit codes, JSON on stdout, errors with a hint on stderr.</summary>
public sealed class PathCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esign-").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _root;
    private readonly string _leaf;

    public PathCommandTests()
    {
        var from = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var to = new DateTimeOffset(2034, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var rootRequest = new CertificateRequest("CN=Root", _key, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        rootRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(rootRequest.PublicKey, false));
        using X509Certificate2 root = rootRequest.CreateSelfSigned(from, to);
        using ECDsa leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leafRequest = new CertificateRequest("CN=Leaf", leafKey, HashAlgorithmName.SHA256);
        leafRequest.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
        using X509Certificate2 leaf = leafRequest.Create(root, from, to, [1, 2, 3]);
        _root = Write("root.pem", System.Text.Encoding.ASCII.GetBytes(root.ExportCertificatePem()));
        _leaf = Write("leaf.cer", leaf.RawData);
    }

    [Fact]
    public void A_valid_path_exits_0_and_prints_it()
    {
        Tool run = Run("--target", _leaf, "--trust", _root, "--time", "2025-01-01T00:00:00Z", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.True(json.GetProperty("valid").GetBoolean());
        Assert.Equal(["CN=Leaf", "CN=Root"], json.GetProperty("path").EnumerateArray().Select(certificate => certificate.GetProperty("subject").GetString()));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("reason").ValueKind);
    }

    [Fact]
    public void An_invalid_path_exits_1_with_reason_and_citation()
    {
        Tool run = Run("--target", _leaf, "--trust", _root, "--time", "2035-01-01T00:00:00Z", "--lenient", "--json");

        Assert.Equal(1, run.ExitCode);
        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.False(json.GetProperty("valid").GetBoolean());
        Assert.Equal("RFC 5280 §6.1.3 (a)(2)", json.GetProperty("citation").GetString());
        Assert.Contains("expired", json.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Theory] // GM/T 0009 §10 has a default identity; openssl signs with none unless told
    [InlineData("", "distid:", 0)]
    [InlineData(null, "distid:", 1)]
    [InlineData(null, "distid:1234567812345678", 0)]
    [InlineData("contract@example.com", "distid:contract@example.com", 0)]
    public void Sm2_issuers_with_another_identity_are_judged_on_request(string? userId, string signedWith, int exitCode)
    {
        string In(string name) => Path.Combine(_folder, name);
        foreach (string name in (string[])["ca", "ee"])
        {
            Tool.Run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", In(name + ".key"));
        }

        Tool.Run("openssl", "req", "-new", "-x509", "-key", In("ca.key"), "-sm3", "-subj", "/CN=SM2", "-days", "3650", "-out", In("ca.pem"));
        Tool.Run("openssl", "req", "-new", "-key", In("ee.key"), "-sm3", "-subj", "/CN=EE", "-out", In("ee.csr"));
        Tool.Run("openssl", "x509", "-req", "-in", In("ee.csr"), "-CA", In("ca.pem"), "-CAkey", In("ca.key"), "-sm3", "-sigopt", signedWith, "-vfyopt", "distid:", "-days", "365", "-out", In("ee.pem"));
        Assert.Equal(exitCode, Run(["--target", In("ee.pem"), "--trust", In("ca.pem"), "--lenient", .. userId is null ? (string[])[] : ["--sm2-user-id", userId]]).ExitCode);
    }

    [Fact]
    public void Required_revocation_without_evidence_exits_1_and_soft_exits_0()
    {
        Assert.Equal(1, Run("--target", _leaf, "--trust", _root, "--time", "2025-01-01", "--revocation", "require").ExitCode);
        Assert.Equal(0, Run("--target", _leaf, "--trust", _root, "--time", "2025-01-01", "--revocation", "soft").ExitCode);
    }

    [Fact]
    public void Evidence_that_cannot_be_read_is_named_and_decides_nothing()
    {
        string crl = Write("damaged.crl", [0x30, 0x03, 0x02, 0x01]);
        Tool required = Run("--target", _leaf, "--trust", _root, "--time", "2025-01-01", "--crl", crl, "--json");
        Assert.Equal(1, required.ExitCode);
        Assert.Contains("RevocationUnknown", required.Output, StringComparison.Ordinal);
        Assert.Contains("damaged.crl", required.Error, StringComparison.Ordinal);
        Assert.Equal(0, Run("--target", _leaf, "--trust", _root, "--time", "2025-01-01", "--crl", crl, "--revocation", "soft").ExitCode);
    }

    [Fact]
    public void A_damaged_target_is_a_verdict_and_other_damaged_certificates_are_left_out()
    {
        string damaged = Write("damaged.cer", [.. File.ReadAllBytes(_leaf).AsSpan(..^20)]);
        Tool target = Run("--target", damaged, "--trust", _root, "--time", "2025-01-01", "--json");
        Assert.Equal(1, target.ExitCode);
        Assert.Contains("damaged.cer", target.Error, StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse(target.Output).RootElement;
        Assert.False(json.GetProperty("valid").GetBoolean());
        JsonElement ordinary = JsonDocument.Parse(Run("--target", _leaf, "--trust", _root, "--time", "2025-01-01", "--json").Output).RootElement;
        Assert.Equal(ordinary.EnumerateObject().Select(field => field.Name), json.EnumerateObject().Select(field => field.Name));

        Tool other = Run("--target", _leaf, "--trust", _root, damaged, "--cert", damaged, "--time", "2025-01-01");
        Assert.Equal(0, other.ExitCode);
        Assert.Contains("damaged.cer", other.Error, StringComparison.Ordinal);
        Assert.Equal(1, Run("--target", _leaf, "--trust", damaged, "--time", "2025-01-01").ExitCode);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(64, "--target", "leaf.cer")]
    [InlineData(64, "--target", "leaf.cer", "--trust", "root.pem", "--time", "yesterday")]
    [InlineData(64, "--target", "leaf.cer", "--trust", "root.pem", "--revocation", "perhaps")]
    [InlineData(66, "--target", "absent.cer", "--trust", "root.pem")]
    [InlineData(65, "--target", "garbage.cer", "--trust", "root.pem")]
    [InlineData(65, "--target", "leaf.cer", "--trust", "garbage.cer")]
    [InlineData(64, "--target", "leaf.cer", "--trust", "root.pem", "--max-intermediates", "-1")]
    [InlineData(64, "--target", "leaf.cer", "--trust", "root.pem", "--max-intermediates", "x")]
    [InlineData(64, "--target", "leaf.cer", "--trust", "root.pem", "--policy", "1..2")]
    public void Mistakes_have_their_exit_code_and_a_hint(int expected, params string[] arguments)
    {
        Write("garbage.cer", "not a certificate"u8.ToArray());

        Tool run = Run([.. arguments.Select(argument => argument.EndsWith(".cer", StringComparison.Ordinal) || argument.EndsWith(".pem", StringComparison.Ordinal) ? Path.Combine(_folder, argument) : argument)]);

        Assert.Equal(expected, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.StartsWith("esign: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("\nhint: ", run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Tool Run(params string[] arguments) =>
        Tool.Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "esign.dll"), "path", .. arguments]);

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
