using System.Security.Cryptography;
using System.Text.Json;
using ESign.Testing;

namespace ESign.Cli.Tests;

/// <summary><c>esign ca init</c>, <c>issue</c>, <c>revoke</c> and <c>crl</c> together, with openssl as the witness.</summary>
public sealed class AuthorityCommandsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esign-").FullName;

    [Fact]
    public async Task From_nothing_to_a_revoked_certificate()
    {
        string password = Write("password", "correct horse\nsecond line\n");
        await RunAsync(0, "ca", "init", In("ca"), "--name", "示例", "--organization", "示例机构", "--password-file", password, "--crl-url", "http://pki.example/issuing.crl", "--root-crl-url", "http://pki.example/root.crl");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(In("ca/issuing.key")));
        }

        // The root's key goes offline: issuing works without it.
        string rootCrl = In("root.crl");
        await RunAsync(0, "crl", "--ca", In("ca"), "--password-file", password, "--root", "--out", rootCrl);
        File.Move(In("ca/root.key"), In("offline.key"));

        string json = await RunAsync(0, "issue", "enterprise", "--ca", In("ca"), "--password-file", password, "--name", "深圳示例科技有限公司", "--code", "91350100M000100Y43", "--out", In("a.p12"), "--out-password-file", password, "--json");
        string serial = JsonDocument.Parse(json).RootElement.GetProperty("serial").GetString()!;
        string leaf = In("a.pem");
        Tool exported = Tool.Run("openssl", "pkcs12", "-in", In("a.p12"), "-clcerts", "-nokeys", "-out", leaf, "-passin", "pass:correct horse");
        Assert.True(exported.ExitCode == 0, exported.Error);
        Assert.Contains("OK", Verify(leaf, []).Output, StringComparison.Ordinal);

        await RunAsync(0, "issue", "person", "--ca", In("ca"), "--password-file", password, "--name", "张三", "--id", "11010519491231002X", "--out", In("p.p12"), "--out-password-file", password);
        await RunAsync(0, "revoke", "--ca", In("ca"), "--serial", serial, "--reason", "KeyCompromise");
        await RunAsync(1, "revoke", "--ca", In("ca"), "--serial", serial);
        string line = await RunAsync(0, "crl", "--ca", In("ca"), "--password-file", password, "--out", In("issuing.crl"));
        Assert.StartsWith("1\t1\t", line, StringComparison.Ordinal);
        string crls = Write("crls.pem", PemEncoding.WriteString("X509 CRL", File.ReadAllBytes(rootCrl)) + "\n" + PemEncoding.WriteString("X509 CRL", File.ReadAllBytes(In("issuing.crl"))) + "\n");
        Assert.Contains("certificate revoked", Verify(leaf, ["-crl_check_all", "-CRLfile", crls]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_becomes_a_certificate_chain()
    {
        string password = Write("password", "secret");
        await RunAsync(0, "ca", "init", In("ca"), "--name", "示例", "--password-file", password);
        Tool made = Tool.Run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", In("key.pem"), "-subj", "/CN=Somebody", "-out", In("request.pem"));
        Assert.True(made.ExitCode == 0, made.Error);
        await RunAsync(0, "issue", "operator", "--ca", In("ca"), "--password-file", password, "--name", "张三", "--id", "11010519491231002X", "--enterprise", "示例公司", "--code", "91350100M000100Y43", "--csr", In("request.pem"), "--out", In("chain.pem"));
        Assert.Contains("OK", Verify(In("chain.pem"), []).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ceremonies_make_a_hierarchy_a_link_and_a_crl_with_transcripts()
    {
        string password = Write("password", "secret");
        string rootFile = Write("root.yaml", "ceremony: root\nname: 示例根CA\norganization: 示例机构\noutput: root.cer\noutput-key: root.key\n");
        string rehearsal = await RunAsync(0, "ca", "ceremony", rootFile, "--password-file", password, "--dry-run");
        Assert.Contains("ceremony: root (dry run)", rehearsal, StringComparison.Ordinal);
        JsonElement rehearsed = JsonSerializer.Deserialize<JsonElement>(await RunAsync(0, "ca", "ceremony", rootFile, "--password-file", password, "--dry-run", "--json"));
        Assert.True(rehearsed.GetProperty("dryRun").GetBoolean());
        Assert.Equal("root", rehearsed.GetProperty("ceremony").GetString());
        Assert.StartsWith("sha256:", rehearsed.GetProperty("publicKey").GetString(), StringComparison.Ordinal);
        Assert.False(File.Exists(In("root.cer")) || File.Exists(In("root.key")) || File.Exists(In("ceremonies.db")));

        string transcript = await RunAsync(0, "ca", "ceremony", rootFile, "--password-file", password);
        Assert.Equal(transcript, File.ReadAllText(In("root.cer.transcript")));
        await RunAsync(CliExit.CannotCreate, "ca", "ceremony", rootFile, "--password-file", password);
        string issuer = "\"issuer-certificate\": \"root.cer\", \"issuer-key\": \"root.key\"";
        string issuingFile = Write("issuing.json", $"{{ \"ceremony\": \"issuing\", \"name\": \"示例签发CA\", \"validity-days\": 1000, \"crl-url\": \"http://pki.example/root.crl\", {issuer}, \"output\": \"issuing.cer\", \"output-key\": \"issuing.key\" }}");
        string made = await RunAsync(0, "ca", "ceremony", issuingFile, "--password-file", password);
        string serial = made.Split('\n').Single(line => line.StartsWith("serial: ", StringComparison.Ordinal))[8..];
        Tool verified = Tool.Run("openssl", "verify", "-x509_strict", "-CAfile", In("root.cer"), In("issuing.cer"));
        Assert.True(verified.ExitCode == 0, verified.Error);

        await RunAsync(0, "ca", "ceremony", Write("new.yaml", "ceremony: root\nname: 示例根CA\norganization: 示例机构\nstore: new.db\noutput: new.cer\noutput-key: new.key\n"), "--password-file", password);
        await RunAsync(0, "ca", "ceremony", Write("cross.yaml", "ceremony: cross\nissuer-certificate: root.cer\nissuer-key: root.key\ncertificate: new.cer\noutput: link.cer\n"), "--password-file", password);
        verified = Tool.Run("openssl", "verify", "-x509_strict", "-CAfile", In("root.cer"), In("link.cer"));
        Assert.True(verified.ExitCode == 0, verified.Error);

        JsonElement published = JsonSerializer.Deserialize<JsonElement>(await RunAsync(0, "ca", "ceremony", Write("crl.yaml", $"ceremony: crl\nissuer-certificate: root.cer\nissuer-key: root.key\nrevoke:\n- serial: {serial}\n  reason: caCompromise\noutput: root.crl\n"), "--password-file", password, "--json"));
        Assert.Equal($"{serial} CaCompromise: Done", Assert.Single(published.GetProperty("revoked").EnumerateArray()).GetString());
        Assert.Contains($"revoke: {serial} CaCompromise: Done\n", File.ReadAllText(In("root.crl.transcript")), StringComparison.Ordinal);
        Tool text = Tool.Run("openssl", "crl", "-inform", "DER", "-in", In("root.crl"), "-noout", "-text", "-CAfile", In("root.cer"));
        Assert.Contains(serial.ToUpperInvariant(), text.Output, StringComparison.Ordinal);
        Assert.Contains("CA Compromise", text.Output, StringComparison.Ordinal);
        await RunAsync(CliExit.DataError, "ca", "ceremony", Write("bad.yaml", "ceremony: party\noutput: x\n"), "--password-file", password);
    }

    [Fact]
    public async Task Mistakes_end_with_a_hint_and_the_documented_code()
    {
        string password = Write("password", "secret");
        await RunAsync(0, "ca", "init", In("ca"), "--name", "示例", "--password-file", password);
        await RunAsync(CliExit.CannotCreate, "ca", "init", In("ca"), "--name", "示例", "--password-file", password);
        await RunAsync(CliExit.DataError, "ca", "init", In("refused"), "--name", "示例", "--password-file", password, "--algorithm", "ECDSA-BRAINPOOLP256R1-SHA256");
        Assert.False(Directory.Exists(In("refused")));
        await RunAsync(CliExit.DataError, "issue", "enterprise", "--ca", In("ca"), "--password-file", password, "--name", "甲", "--code", "91350100M000100Y44", "--out", In("x"), "--out-password-file", password);
        await RunAsync(CliExit.Usage, "issue", "enterprise", "--ca", In("ca"), "--password-file", password, "--name", "甲", "--code", "91350100M000100Y43", "--out", In("x"));
        await RunAsync(CliExit.NoPermission, "crl", "--ca", In("ca"), "--password-file", Write("wrong", "wrong"), "--out", In("x"));
        await RunAsync(CliExit.NoInput, "crl", "--ca", In("nowhere"), "--password-file", password, "--out", In("x"));
        await RunAsync(CliExit.DataError, "revoke", "--ca", In("ca"), "--serial", "0102");
        await RunAsync(CliExit.NoPermission, "crl", "--ca", In("ca"), "--out", In("x"));
        await RunAsync(CliExit.Usage, "ca", "init", In("keyless"), "--name", "示例");
        Assert.False(File.Exists(In("x")));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<string> RunAsync(int expected, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await CliApplication.RunAsync(arguments, new CliContext(output, error, TimeProvider.System));
        Assert.True(code == expected, $"esign {string.Join(' ', arguments)} ended with {code}: {error}");
        if (code > CliExit.Undetermined)
        {
            Assert.Contains("hint: ", error.ToString(), StringComparison.Ordinal);
        }

        return output.ToString();
    }

    private Tool Verify(string leaf, string[] more) => Tool.Run("openssl", ["verify", "-x509_strict", "-CAfile", In("ca/root.cer"), "-untrusted", In("ca/issuing.cer"), .. more, leaf]);

    private string In(string name) => Path.Combine(_folder, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }
}
