using ESign.Pki.Certificates;

namespace ESign.Benchmarks;

/// <summary>The files of the whole-process rows.</summary>
internal static class ProcessInputs
{
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "small.pdf"), Inputs.Small);
        File.WriteAllBytes(Path.Combine(folder, "medium.pdf"), Inputs.Medium);
        File.WriteAllBytes(Path.Combine(folder, "large.pdf"), Inputs.Large);
        using (FileStream huge = File.Create(Path.Combine(folder, "huge.pdf")))
        {
            Inputs.WriteHuge(huge);
        }

        string password = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        SigningCredential credential = BenchmarkPki.Instance.P256;
        File.WriteAllText(Path.Combine(folder, "password.txt"), password);
        File.WriteAllBytes(Path.Combine(folder, "signer.p12"), credential.ExportPkcs12(password));
        File.WriteAllBytes(Path.Combine(folder, "root.cer"), BenchmarkPki.Instance.Root.Certificate.RawData.ToArray());
    }
}
