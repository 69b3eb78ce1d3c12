using ESign.Testing;

namespace ESign.Cli.Tests;

/// <summary>Authorities whose keys never leave a PKCS#11 module (SoftHSM), from the shell: init, issue, revoke, CRL, ceremonies with a dry run.</summary>
/// <remarks>Each command is a process of its own: OpenSSL's engine reads its settings once, from the environment.</remarks>
public sealed class HardwareKeyTests : IDisposable
{
    private static readonly string[] s_modules =
        ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so"];

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    [Fact]
    public void An_authority_of_a_module_issues_revokes_and_publishes()
    {
        MakeKeys("root", "issuing");
        Esign(0, "ca", "init", "ca", "--name", "示例", "--root-key", Uri("root"), "--issuing-key", Uri("issuing"), "--crl-url", "http://pki.example/issuing.crl");
        Assert.DoesNotContain(Directory.GetFiles(_folder.PathTo("ca"), "*.key"), static file => !file.EndsWith("pseudonyms.key", StringComparison.Ordinal));

        _folder.Write("p12", "secret"u8.ToArray());
        Esign(0, "issue", "enterprise", "--ca", "ca", "--name", "深圳示例科技有限公司", "--code", "91350100M000100Y43", "--out", "company.p12", "--out-password-file", "p12");
        string serial = Esign(0, "certificates", "list", "--ca", "ca").Split('\t')[0];
        Esign(0, "certificates", "show", "--ca", "ca", "--serial", serial, "--out", "company.pem");
        Openssl("verify", "-x509_strict", "-CAfile", "ca/root.cer", "-untrusted", "ca/issuing.cer", "company.pem");

        Esign(0, "revoke", "--ca", "ca", "--serial", serial, "--reason", "KeyCompromise");
        Esign(0, "crl", "--ca", "ca", "--out", "issuing.crl");
        Esign(0, "crl", "--ca", "ca", "--root", "--out", "root.crl");
        Openssl("crl", "-inform", "DER", "-in", "issuing.crl", "-CAfile", "ca/issuing.cer", "-noout");
        Assert.Contains("Revoked", Esign(1, "path", "--target", "company.pem", "--cert", "ca/issuing.cer", "--trust", "ca/root.cer", "--crl", "issuing.crl", "--crl", "root.crl", "--json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Ceremonies_use_keys_of_a_module_and_the_root_can_go_offline()
    {
        MakeKeys("root", "issuing");
        Write("root.yaml", $"ceremony: root\nname: 示例根CA\norganization: 示例机构\nkey: {Uri("root")}\noutput: root.cer\n");
        Assert.Contains("root (dry run)", Esign(0, "ca", "ceremony", "root.yaml", "--dry-run"), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathTo("root.cer")) || File.Exists(_folder.PathTo("ceremonies.db")));
        string transcript = Esign(0, "ca", "ceremony", "root.yaml");
        Assert.Contains("key: PKCS#11", transcript, StringComparison.Ordinal);
        Assert.DoesNotContain("pin", transcript, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(transcript, File.ReadAllText(_folder.PathTo("root.cer.transcript")));

        string issuer = $"issuer-certificate: root.cer\nissuer-key: {Uri("root")}\n";
        Write("issuing.yaml", $"ceremony: issuing\nname: 示例签发CA\nkey: {Uri("issuing")}\n{issuer}output: issuing.cer\n");
        Esign(0, "ca", "ceremony", "issuing.yaml");
        Openssl("verify", "-x509_strict", "-CAfile", "root.cer", "issuing.cer");
        Write("crl.yaml", $"ceremony: crl\n{issuer}output: root.crl\n");
        Esign(0, "ca", "ceremony", "crl.yaml");
        Openssl("crl", "-inform", "DER", "-in", "root.crl", "-CAfile", "root.cer", "-noout");

        // Offline: without the module nothing is signed, and the message does not show the PIN's place.
        _environment["SOFTHSM2_CONF"] = _folder.PathTo("absent.conf");
        File.Delete(_folder.PathTo("root.crl"));
        Esign(CliExit.NoPermission, "ca", "ceremony", "crl.yaml");
        Assert.False(File.Exists(_folder.PathTo("root.crl")));
    }

    [Fact] // a root takes a new key: the old one certifies the new and the new the old (RFC 4210 §4.4)
    public void Roots_of_a_module_certify_each_other()
    {
        MakeKeys("old", "new");
        foreach (string key in (string[])["old", "new"])
        {
            Write($"{key}.yaml", $"ceremony: root\nname: 示例根CA\nkey: {Uri(key)}\nstore: {key}.db\noutput: {key}.cer\n");
            Esign(0, "ca", "ceremony", $"{key}.yaml");
        }

        foreach ((string issuer, string subject) in (ReadOnlySpan<(string, string)>)[("old", "new"), ("new", "old")])
        {
            Write("cross.yaml", $"ceremony: cross\nissuer-certificate: {issuer}.cer\nissuer-key: {Uri(issuer)}\ncertificate: {subject}.cer\nstore: {issuer}.db\ncrl-url: http://pki.example/{issuer}.crl\noutput: {subject}-by-{issuer}.cer\n");
            Esign(0, "ca", "ceremony", "cross.yaml", "--dry-run");
            Assert.False(File.Exists(_folder.PathTo($"{subject}-by-{issuer}.cer")));
            string transcript = Esign(0, "ca", "ceremony", "cross.yaml");
            Assert.DoesNotContain("pin", transcript, StringComparison.OrdinalIgnoreCase);
            Openssl("verify", "-x509_strict", "-partial_chain", "-trusted", $"{issuer}.cer", $"{subject}-by-{issuer}.cer");
            Esign(0, "path", "--target", $"{subject}-by-{issuer}.cer", "--trust", $"{issuer}.cer");
            Esign(1, "path", "--target", $"{subject}-by-{issuer}.cer", "--trust", $"{subject}.cer");
        }
    }

    public void Dispose() => _folder.Dispose();

    private void MakeKeys(params string[] names)
    {
        string? module = s_modules.FirstOrDefault(File.Exists);
        if (module is null || !File.Exists("/usr/lib/x86_64-linux-gnu/engines-3/pkcs11.so"))
        {
            Ci.SkipOrFail("softhsm2 or OpenSSL's pkcs11 engine is not installed");
        }

        Directory.CreateDirectory(_folder.PathTo("tokens"));
        Write("softhsm2.conf", $"directories.tokendir={_folder.PathTo("tokens")}\nobjectstore.backend=file\nlog.level=ERROR\n");
        _folder.Write("pin", "1234"u8.ToArray());
        _environment["SOFTHSM2_CONF"] = _folder.PathTo("softhsm2.conf");
        _environment["PKCS11_MODULE_PATH"] = module!;
        Run("softhsm2-util", 0, "--init-token", "--free", "--label", "esign", "--so-pin", "12345678", "--pin", "1234");
        foreach ((int index, string name) in names.Index())
        {
            Run("pkcs11-tool", 0, "--module", module!, "--token-label", "esign", "--login", "--pin", "1234", "--keypairgen", "--key-type", "EC:prime256v1", "--id", $"0{index + 1}", "--label", name, "--usage-sign");
        }
    }

    private string Uri(string key) => $"pkcs11:token=esign;object={key};type=private;pin-source=file:{_folder.PathTo("pin")}";

    private string Esign(int expected, params string[] arguments) => Run(Path.Combine(AppContext.BaseDirectory, "esign"), expected, arguments);

    private void Openssl(params string[] arguments) => Run("openssl", 0, arguments);

    private string Run(string program, int expected, params string[] arguments)
    {
        Tool tool = Tool.Run(program, arguments, _folder.Path, environment: _environment);
        Assert.True(tool.ExitCode == expected, $"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {tool.ExitCode}: {tool.Error}");
        return tool.Output;
    }

    private void Write(string name, string text) => File.WriteAllText(_folder.PathTo(name), text);
}
