using System.Text;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Cli.Tests;

/// <summary>The command as a shell runs it, on a pseudo terminal and in a pipe; bash completing a line of it.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TerminalTests() => _folder.Write("esign", Encoding.UTF8.GetBytes($"#!/bin/bash\nexec dotnet {Path.Combine(AppContext.BaseDirectory, "esign.dll")} \"$@\"\n"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_terminal_sees_a_bar_while_a_large_file_is_verified_and_a_pipe_does_not()
    {
        WriteLargeFile();
        Tool terminal = Shell("script -qec 'esign verify large.pdf --trust none >/dev/null' /dev/null");
        Assert.Contains("verifying [", terminal.Output, StringComparison.Ordinal);
        Assert.EndsWith("\u001b[K", terminal.Output, StringComparison.Ordinal);
        Tool pipe = Shell("esign verify large.pdf --trust none");
        Assert.Equal((CliExit.Unsigned, ""), (pipe.ExitCode, pipe.Error));
        Assert.DoesNotContain('\u001b', pipe.Output);
    }

    [Fact]
    public void Quiet_shows_nothing_but_results_and_errors()
    {
        WriteLargeFile();
        Assert.DoesNotContain("verifying", Shell("script -qec 'esign verify large.pdf --trust none --quiet >/dev/null' /dev/null").Output, StringComparison.Ordinal);
        Tool noted = Shell("echo secret > ca.txt; esign ca init a --name A --password-file ca.txt");
        Assert.Contains("root.key", noted.Error, StringComparison.Ordinal);
        Tool quiet = Shell("esign ca init b --name B --password-file ca.txt --quiet");
        Assert.Equal((CliExit.Success, ""), (quiet.ExitCode, quiet.Error));
        Assert.Contains("issuing.cer", quiet.Output, StringComparison.Ordinal);
        Assert.Contains("esign:", Shell("esign verify absent.pdf --quiet").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("esign si", "sign")]
    [InlineData("esign issue per", "person")]
    [InlineData("esign sign a.pdf b.pdf --cred", "--credential")]
    public void Bash_completes_what_is_typed(string line, string expected)
    {
        string[] words = line.Split(' ');
        Tool bash = Shell($$"""
            eval "$(esign completion bash)"
            COMP_LINE='{{line}}'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=({{line}}); COMP_CWORD={{words.Length - 1}}
            _esign
            printf '%s\n' "${COMPREPLY[@]}"
            """);
        Assert.True(bash.ExitCode == 0, bash.Error);
        string[] offered = bash.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(expected, offered);
        Assert.All(offered, word => Assert.StartsWith(words[^1], word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zsh", "compdef _esign esign")]
    [InlineData("fish", "complete -c esign")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName esign")]
    public void Other_shells_have_a_script_that_asks_the_command_too(string shell, string registration)
    {
        Tool script = Shell("esign completion " + shell);
        Assert.Equal(CliExit.Success, script.ExitCode);
        Assert.Contains(registration, script.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", script.Output, StringComparison.Ordinal);
    }

    private Tool Shell(string script) => Tool.Run("bash", "-c", $"cd {_folder.Path}; chmod +x esign; export PATH=$PWD:$PATH ESIGN_LANG=en TERM=xterm\n{script}");

    private void WriteLargeFile() => _folder.Write("large.pdf", TestPdf.WithPages().Stream(9, "", new string('x', 9 << 20)).EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes());
}
