using System.Runtime.CompilerServices;
using ESign.Testing;

namespace ESign.Cli.Tests;

/// <summary><c>esign completion SHELL</c>, loaded into the shell itself and asked as a person's Tab key asks. PowerShell is not at hand here.</summary>
public sealed class ShellCompletionTests : IDisposable
{
    private static readonly string[] s_lines =
        ["esign si", "esign sign --cred", "esign issue per", "esign sign a.pdf b.pdf --level LT", "esign seal off", "esign completion z", "esign verify contr"];

    private readonly TemporaryFolder _folder = new();

    public ShellCompletionTests()
    {
        _folder.Write("contract.pdf", []);
        string command = _folder.Write("esign", System.Text.Encoding.UTF8.GetBytes($"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "esign.dll")}' \"$@\"\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Bash_completes_commands_options_and_values_and_leaves_files_to_itself() => Assert.Equal(
        ["sign", "--credential", "person", "LT LTA", "official", "zsh", ""],
        Complete("bash", ["--norc", "-c"], """
            source <(esign completion bash)
            for line in "$@"; do
                COMP_LINE=$line COMP_POINT=${#line} COMPREPLY=()
                read -ra COMP_WORDS <<<"$line"
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _esign
                echo "<${COMPREPLY[*]}>"
            done
            """));

    [Fact]
    public void Fish_completes_commands_options_values_and_files() => Assert.Equal(
        ["sign", "--credential", "person", "LT LTA", "official", "zsh", "contract.pdf"],
        Complete("fish", ["--no-config", "-c"], """
            esign completion fish | source
            for line in $argv
                echo "<"(complete -C $line | string replace -r '\t.*' '' | string join ' ')">"
            end
            """));

    // A second shell behind a pseudo-terminal: the line is typed, Tab pressed, and what then stands there is shown.
    [Fact]
    public void Zsh_completes_commands_options_values_and_files() => Assert.Equal(
        ["esign sign", "esign sign --credential", "esign issue person", "esign sign a.pdf b.pdf --level LT", "esign seal official", "esign completion zsh", "esign verify contract.pdf"],
        Complete("zsh", ["-f", "-c"], """
            zmodload zsh/zpty
            zpty inner zsh -f -i
            zpty -w inner 'PS1=; autoload -U compinit; compinit -u -D; source <(esign completion zsh)'
            zpty -w inner 'shown() { print -r -- "LINE<$BUFFER>"; BUFFER=; zle reset-prompt }; zle -N shown; bindkey "^X" shown; print read""y'
            zpty -r inner seen '*ready*'
            for line in "$@"; do
                zpty -w -n inner "$line"$'\t\x18'
                zpty -r inner seen '*LINE<*>*'
                print -r -- "<${${${seen##*LINE<}%%>*}% }>"
            done
            zpty -d inner
            """));

    private string[] Complete(string shell, string[] options, string script, [CallerMemberName] string name = "")
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = Path.GetDirectoryName(_folder.PathTo("esign")) + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
            ["HOME"] = Path.GetDirectoryName(_folder.PathTo("esign"))!,
            ["TERM"] = "xterm",
            ["LC_ALL"] = "C.UTF-8",
        };
        string[] last = shell == "fish" ? [] : [name]; // $0 of bash and zsh
        Tool result = Tool.Run(shell, [.. options, script, .. last, .. s_lines], Path.GetDirectoryName(_folder.PathTo("esign")), timeoutSeconds: 120, environment);
        Assert.True(result.ExitCode == 0, result.Error);
        return [.. result.Output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('<')).Select(line => line[1..^1])];
    }
}
