using System.Runtime.Versioning;
using System.Security.Cryptography;
using ESign.Pki.Keys;
using ESign.Testing;

namespace ESign.Pki.Tests.Keys;

/// <summary>PKCS#11 through OpenSSL's engine, with a software token made in a temporary folder.</summary>
[UnsupportedOSPlatform("android")]
[UnsupportedOSPlatform("browser")]
[UnsupportedOSPlatform("ios")]
[UnsupportedOSPlatform("tvos")]
[UnsupportedOSPlatform("windows")]
public sealed class EngineSigningKeyTests : IDisposable
{
    private static readonly string[] s_modules =
        ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("esign-token-");

    public void Dispose() => _folder.Delete(recursive: true);

    // One test for all keys: the engine reads its settings once in a process, from the environment.
    [Fact]
    public void Keys_of_a_token_sign()
    {
        string module = MakeToken();
        string pin = Path.Combine(_folder.FullName, "pin");
        File.WriteAllText(pin, "1234");
        SetForNativeCode("SOFTHSM2_CONF", Path.Combine(_folder.FullName, "softhsm2.conf"));
        SetForNativeCode("PKCS11_MODULE_PATH", module);

        foreach ((string name, SignatureAlgorithm algorithm) in ((string, SignatureAlgorithm)[])
        [
            ("rsa-key", SignatureAlgorithm.RsaPkcs1Sha256),
            ("rsa-key", SignatureAlgorithm.RsaPssSha256),
            ("ec-key", SignatureAlgorithm.EcdsaP256Sha256),
        ])
        {
            using EngineSigningKey key = OpenOrSkip($"pkcs11:token=esign;object={name};type=private;pin-source=file:{pin}", algorithm);
            byte[] publicKey = key.SubjectPublicKeyInfo.ToArray();
            Parallel.For(0, 32, i =>
            {
                byte[] data = BitConverter.GetBytes(i);
                byte[] signature = key.SignAsync(data).AsTask().GetAwaiter().GetResult();
                Assert.True(SignatureVerifier.Verify(publicKey, algorithm.Identifier, data, signature));
            });
        }

        using EngineSigningKey byDefault = OpenOrSkip($"pkcs11:token=esign;object=ec-key;type=private;pin-source=file:{pin}", algorithm: null);
        Assert.Same(SignatureAlgorithm.EcdsaP256Sha256, byDefault.Algorithm);
        Assert.Throws<ArgumentException>(() => EngineSigningKey.OpenPkcs11($"pkcs11:token=esign;object=ec-key;type=private;pin-source=file:{pin}", SignatureAlgorithm.RsaPssSha256));

        var absent = Assert.Throws<CryptographicException>(() => EngineSigningKey.OpenPkcs11("pkcs11:token=esign;object=absent;type=private;pin-value=1234"));
        Assert.Contains("object=absent", absent.Message);
        Assert.DoesNotContain("1234", absent.Message);
    }

    [Fact]
    public void What_is_no_PKCS11_URI_is_refused() =>
        Assert.Throws<ArgumentException>(() => EngineSigningKey.OpenPkcs11("file:/key.pem"));

    private static EngineSigningKey OpenOrSkip(string uri, SignatureAlgorithm? algorithm)
    {
        try
        {
            return EngineSigningKey.OpenPkcs11(uri, algorithm);
        }
        catch (CryptographicException exception) when (exception.Message.Contains("engine", StringComparison.OrdinalIgnoreCase) && !File.Exists("/usr/lib/x86_64-linux-gnu/engines-3/pkcs11.so"))
        {
            Ci.SkipOrFail("OpenSSL's pkcs11 engine is not installed (libengine-pkcs11-openssl)");
            throw;
        }
    }

    private string MakeToken()
    {
        string? module = s_modules.FirstOrDefault(File.Exists);
        if (module is null)
        {
            Ci.SkipOrFail("softhsm2 is not installed");
        }

        string tokens = Path.Combine(_folder.FullName, "tokens");
        Directory.CreateDirectory(tokens);
        string settings = Path.Combine(_folder.FullName, "softhsm2.conf");
        File.WriteAllText(settings, $"directories.tokendir={tokens}\nobjectstore.backend=file\nlog.level=ERROR\n");
        var environment = new Dictionary<string, string> { ["SOFTHSM2_CONF"] = settings };
        Run("softhsm2-util", environment, "--init-token", "--free", "--label", "esign", "--so-pin", "12345678", "--pin", "1234");
        Run("pkcs11-tool", environment, "--module", module!, "--token-label", "esign", "--login", "--pin", "1234", "--keypairgen", "--key-type", "rsa:2048", "--id", "01", "--label", "rsa-key", "--usage-sign");
        Run("pkcs11-tool", environment, "--module", module!, "--token-label", "esign", "--login", "--pin", "1234", "--keypairgen", "--key-type", "EC:prime256v1", "--id", "02", "--label", "ec-key", "--usage-sign");
        return module!;
    }

    private static void Run(string program, Dictionary<string, string> environment, params string[] arguments)
    {
        Tool tool = Tool.Run(program, arguments, workingDirectory: null, environment: environment);
        Assert.True(tool.ExitCode == 0, tool.Error);
    }

    // Environment.SetEnvironmentVariable does not reach getenv() in native libraries.
    private static void SetForNativeCode(string name, string value) => Assert.Equal(0, setenv(name, value, 1));

    [System.Runtime.InteropServices.DllImport("libc", CharSet = System.Runtime.InteropServices.CharSet.Ansi, ExactSpelling = true, SetLastError = true)]
    private static extern int setenv(string name, string value, int overwrite);
}
