using System.Text;
using System.Text.RegularExpressions;
using ESign.Testing;

namespace ESign.Docs.Snippets;

/// <summary>Every shell block marked <c>sh</c> in the documents is run, in order, with <c>esign</c> on the path; every line must succeed.</summary>
public partial class CommandTests
{
    public static TheoryData<string> Documents() =>
        [.. Directory.GetFiles(Repository.PathTo("docs"), "*.md", SearchOption.AllDirectories)
            .Where(document => Commands().IsMatch(File.ReadAllText(document)))
            .Select(document => Path.GetRelativePath(Repository.Root, document))];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task The_commands_of_a_document_succeed(string document)
    {
        using Workplace here = await Workplace.CreateAsync();
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name; // bin/Release/net10.0
        string program = Repository.PathTo("src", "ESign.Cli", "bin", configuration, "net10.0", "esign.dll");
        var script = new StringBuilder("set -e\n").Append("esign() { dotnet '").Append(program).Append("' \"$@\"; }\n");
        foreach (Match block in Commands().Matches(File.ReadAllText(Repository.PathTo(document)).ReplaceLineEndings("\n")))
        {
            script.Append(block.Groups[1].Value);
        }

        File.WriteAllText("manual.sh", script.ToString());
        Tool run = Tool.Run("bash", ["manual.sh"], Directory.GetCurrentDirectory(), timeoutSeconds: 300);
        Assert.True(run.ExitCode == 0, $"{document} ended with {run.ExitCode}:\n{run.Output}\n{run.Error}");
        IReadOnlyList<Witness.PdfSigEntry> signatures = [.. Witness.PdfSig("signed.pdf")];
        Assert.NotEmpty(signatures);
        Assert.All(signatures, signature => Assert.True(signature.IsValid, signature.Text));
    }

    [GeneratedRegex(@"```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Commands();
}
