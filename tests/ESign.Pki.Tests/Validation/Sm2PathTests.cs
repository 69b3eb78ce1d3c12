using ESign.Pki.Certificates;
using ESign.Pki.Validation;
using ESign.Testing;

namespace ESign.Pki.Tests.Validation;

/// <summary>GM/T 0009: SM2 paths that openssl made, with the default user id and with none.</summary>
public sealed class Sm2PathTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esign-").FullName;

    [Fact]
    public async Task A_path_with_the_default_user_id_is_valid()
    {
        (Certificate root, Certificate leaf) = Make(["-sigopt", "distid:1234567812345678"], ["-vfyopt", "distid:1234567812345678"]);

        PathVerdict verdict = await Judge(root, leaf, new PathPolicy());
        Assert.True(verdict.IsValid, verdict.Finding?.ToString());
        Assert.Equal(PathErrorCode.BadSignature, (await Judge(root, leaf, new PathPolicy { Sm2UserId = ReadOnlyMemory<byte>.Empty })).Finding?.Code);
    }

    [Fact]
    public async Task A_path_with_the_empty_user_id_is_valid_on_request()
    {
        (Certificate root, Certificate leaf) = Make([], []);

        Assert.Equal(PathErrorCode.BadSignature, (await Judge(root, leaf, new PathPolicy())).Finding?.Code);
        PathVerdict verdict = await Judge(root, leaf, new PathPolicy { Sm2UserId = ReadOnlyMemory<byte>.Empty });
        Assert.True(verdict.IsValid, verdict.Finding?.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<PathVerdict> Judge(Certificate root, Certificate leaf, PathPolicy policy) =>
        await new PathValidator(new TrustAnchors([root]), policy).ValidateAsync(
            new PathRequest { Target = leaf, Time = leaf.NotBefore.AddDays(1), UnknownRevocation = UnknownRevocation.Off });

    private (Certificate Root, Certificate Leaf) Make(string[] signing, string[] verifying)
    {
        foreach (string name in new[] { "root", "leaf" })
        {
            Run(["ecparam", "-name", "SM2", "-genkey", "-noout", "-out", $"{name}.key"]);
        }

        Run(["req", "-x509", "-sm3", .. signing, "-key", "root.key", "-subj", "/CN=Root", "-days", "30", "-out", "root.pem"]);
        Run(["req", "-new", "-sm3", .. signing, "-key", "leaf.key", "-subj", "/CN=Leaf", "-out", "leaf.csr"]);
        Run(["x509", "-req", "-sm3", .. signing, .. verifying, "-in", "leaf.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "20", "-out", "leaf.pem"]);
        return (Read("root.pem"), Read("leaf.pem"));
    }

    private Certificate Read(string name) => Certificate.FromPem(File.ReadAllText(Path.Combine(_folder, name)));

    private void Run(string[] arguments)
    {
        Tool run = Tool.Run("openssl", arguments, _folder);
        Assert.True(run.ExitCode == 0, run.Error);
    }
}
