using ESign.Testing;

namespace ESign.Samples.Tests;

/// <summary>A PKCS#11 token in software (softhsm2) with one P-256 key, in a temporary folder.</summary>
internal sealed record SoftwareToken(IReadOnlyDictionary<string, string> Environment, string KeyUri)
{
    private static readonly string[] s_modules = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so"];

    public static SoftwareToken Create(TemporaryFolder folder)
    {
        string? module = s_modules.FirstOrDefault(File.Exists);
        if (module is null)
        {
            Ci.SkipOrFail("softhsm2 is not installed");
        }

        if (!Directory.GetDirectories("/usr/lib").Any(architecture => File.Exists(Path.Combine(architecture, "engines-3", "pkcs11.so"))))
        {
            Ci.SkipOrFail("OpenSSL's pkcs11 engine is not installed (libengine-pkcs11-openssl)");
        }

        string tokens = Directory.CreateDirectory(folder.PathTo("tokens")).FullName;
        File.WriteAllText(folder.PathTo("softhsm2.conf"), $"directories.tokendir={tokens}\nobjectstore.backend=file\nlog.level=ERROR\n");
        File.WriteAllText(folder.PathTo("pin"), "1234");
        var environment = new Dictionary<string, string> { ["SOFTHSM2_CONF"] = folder.PathTo("softhsm2.conf"), ["PKCS11_MODULE_PATH"] = module! };
        Run(environment, "softhsm2-util", "--init-token", "--free", "--label", "esign", "--so-pin", "12345678", "--pin", "1234");
        Run(environment, "pkcs11-tool", "--module", module!, "--token-label", "esign", "--login", "--pin", "1234", "--keypairgen", "--key-type", "EC:prime256v1", "--id", "01", "--label", "ec-key", "--usage-sign");
        return new SoftwareToken(environment, $"pkcs11:token=esign;object=ec-key;type=private;pin-source=file:{folder.PathTo("pin")}");
    }

    private static void Run(Dictionary<string, string> environment, string program, params string[] arguments)
    {
        Tool tool = Tool.Run(program, arguments, workingDirectory: null, environment: environment);
        Assert.True(tool.ExitCode == 0, tool.Error);
    }
}
