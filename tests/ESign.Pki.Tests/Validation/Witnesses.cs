using System.Security.Cryptography.X509Certificates;
using ESign.Pki.Certificates;
using ESign.Testing;

namespace ESign.Pki.Tests.Validation;

/// <summary>What implementations that are not ours think of a path.</summary>
internal static class Witnesses
{
    public static bool X509Chain(Certificate target, IEnumerable<Certificate> intermediates, Certificate root)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root.ToX509Certificate2());
        chain.ChainPolicy.ExtraStore.AddRange(intermediates.Select(certificate => certificate.ToX509Certificate2()).ToArray());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = TestAuthority.Now.UtcDateTime;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        using X509Certificate2 platform = target.ToX509Certificate2();
        return chain.Build(platform);
    }

    public static bool OpenSsl(Certificate target, IEnumerable<Certificate> intermediates, Certificate root)
    {
        string folder = Directory.CreateTempSubdirectory("esign-").FullName;
        try
        {
            string Write(string name, IEnumerable<Certificate> certificates)
            {
                string path = Path.Combine(folder, name);
                File.WriteAllText(path, string.Join('\n', certificates.Select(certificate => certificate.ToPem())) + "\n");
                return path;
            }

            List<string> arguments = ["verify", "-x509_strict", "-attime", TestAuthority.Now.ToUnixTimeSeconds().ToString(), "-no-CApath", "-no-CAstore", "-CAfile", Write("root.pem", [root])];
            if (intermediates.Any())
            {
                arguments.AddRange(["-untrusted", Write("untrusted.pem", intermediates)]);
            }

            return Tool.Run("openssl", [.. arguments, Write("target.pem", [target])]).ExitCode == 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
