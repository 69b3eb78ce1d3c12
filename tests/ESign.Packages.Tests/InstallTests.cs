using System.Text.RegularExpressions;
using ESign.Testing;

namespace ESign.Packages.Tests;

/// <summary>A stranger's first quarter of an hour: a new project, the packages from a feed, the program of the README; and the tool.</summary>
public partial class InstallTests(PackedFeed feed)
{
    private const string Preparation = """
        using ESign.Pdf;
        using ESign.Pdf.Seals;
        using ESign.Pdf.Signing;
        using ESign.Pdf.Verification;
        using ESign.Pki.Certificates;
        using ESign.Pki.Issuance;
        using ESign.Pki.Keys;
        using ESign.Pki.Names;
        using ESign.Pki.Timestamping;
        using ESign.Pki.Validation;
        using ESign.Tsa;

        const string password = "a password";
        CertificateAuthority root = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("Root", "Example"), NewKey());
        ITimestampSource timestamps = new TimestampAuthority(
            await IssueAsync(CertificateProfile.TimestampAuthority, CertificateSubject.Service("TSA", "Example")),
            new TimestampAuthorityOptions { Policies = [new TimestampPolicy("2.25.178693465734123")] });
        SigningCredential company = await IssueAsync(CertificateProfile.EnterpriseSeal, CertificateSubject.Enterprise("深圳示例科技有限公司", UnifiedSocialCreditCode.Parse("91350100M000100Y43")));
        company.SavePkcs12("company.p12", password);
        File.WriteAllText("roots.pem", root.Certificate.ToPem());

        """;

    private const string Ending = """

        static LocalSigningKey NewKey() => LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);

        async Task<SigningCredential> IssueAsync(CertificateProfile profile, CertificateSubject subject)
        {
            LocalSigningKey key = NewKey();
            return (await root.IssueAsync(profile, new IssuanceRequest { Subject = subject, SubjectPublicKeyInfo = key.SubjectPublicKeyInfo })).WithKey(key);
        }
        """;

    [Fact]
    public void The_program_of_the_readme_runs_with_the_installed_packages()
    {
        string program = Assert.Single(ProgramOf("README.md"));
        string folder = feed.NewFolder("consumer");
        Assert.Equal("Valid", Run(folder, Preparation + program + Ending, "ESign.Pdf", "ESign.Tsa"));
        Witness.PdfSigEntry signature = Assert.Single(Witness.PdfSig(Path.Combine(folder, "signed.pdf")));
        Assert.True(signature.IsValid, signature.Text);
    }

    [Fact]
    public void Getting_started_works_from_an_empty_folder()
    {
        string folder = feed.NewFolder("first-signature");
        string printed = Run(folder, string.Join('\n', ProgramOf("docs/getting-started.md")), "ESign.Pdf");
        Assert.Equal(["B-B, 6 places", "Valid"], printed.ReplaceLineEndings("\n").Split('\n')); // five pages
        Assert.True(Assert.Single(Witness.PdfSig(Path.Combine(folder, "signed.pdf"))).IsValid);
    }

    private static string[] ProgramOf(string document) =>
        [.. Program().Matches(File.ReadAllText(Repository.PathTo(document.Split('/'))).ReplaceLineEndings("\n")).Select(block => block.Groups[1].Value)];

    /// <summary>Makes a project of a program and packages from the feed, and runs it beside the sample contract.</summary>
    private string Run(string folder, string program, params string[] packages)
    {
        WriteSettings(folder);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        File.Copy(Repository.PathTo("samples", "QuickStart", "contract.pdf"), Path.Combine(folder, "contract.pdf"));
        File.WriteAllText(Path.Combine(folder, "Consumer.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """);

        foreach (string package in packages)
        {
            Dotnet(folder, "add", "package", package);
        }

        Dotnet(folder, "build", "--no-restore", "-v", "quiet", "--nologo", "-o", "built");
        return Dotnet(folder, Path.Combine("built", "Consumer.dll")).Output.Trim();
    }

    [Fact]
    public void The_command_is_installed_as_a_tool()
    {
        string folder = feed.NewFolder("tool");
        WriteSettings(folder);
        Dotnet(folder, "tool", "install", "ESign.Cli", "--tool-path", "bin", "--version", VersionOf("ESign.Cli"));
        File.Copy(Repository.PathTo("samples", "QuickStart", "contract.pdf"), Path.Combine(folder, "contract.pdf"));
        Tool session = Tool.Run("bash", ["-ec", """
            PATH=$PWD/bin:$PATH
            esign --help | grep verify
            echo secret > p.txt
            esign ca init ca --name Example --password-file p.txt --quiet
            esign issue person --ca ca --password-file p.txt --name 张三 --id 11010519491231002X --out zhang.p12 --out-password-file p.txt
            esign sign contract.pdf signed.pdf --credential zhang.p12 --password-file p.txt --at=-1,380,520
            esign verify signed.pdf --trust ca/root.cer --revocation soft --lang en
            """], folder, timeoutSeconds: 120);
        Assert.True(session.ExitCode == 0, session.Output + session.Error);
        Assert.True(Assert.Single(Witness.PdfSig(Path.Combine(folder, "signed.pdf"))).IsValid);
    }

    private string VersionOf(string package) => Path.GetFileNameWithoutExtension(feed.PathOf(package))[(package.Length + 1)..];

    /// <summary>The packages under test and the machine's own sources; nothing under test comes from an earlier installation.</summary>
    private void WriteSettings(string folder) => File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
        <configuration>
          <packageSources>
            <add key="packed" value="{feed.Feed}" />
          </packageSources>
        </configuration>
        """);

    private Tool Dotnet(string folder, params string[] arguments)
    {
        var environment = new Dictionary<string, string>
        {
            ["NUGET_PACKAGES"] = Path.Combine(folder, "packages"),
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            ["DOTNET_NOLOGO"] = "1",
        };
        Tool run = Tool.Run("dotnet", arguments, folder, timeoutSeconds: 300, environment);
        if (run.ExitCode != 0 && (run.Output + run.Error).Contains("NU1301", StringComparison.Ordinal))
        {
            Assert.Skip("the machine's package sources cannot be reached: " + NetworkError().Match(run.Output + run.Error).Value);
        }

        Assert.True(run.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}:\n{run.Output}\n{run.Error}");
        return run;
    }

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();

    [GeneratedRegex(@"NU1301[^\n]{0,120}")]
    private static partial Regex NetworkError();
}
