using System.CommandLine;

namespace ESign.Cli.Commands;

/// <summary><c>esign completion SHELL</c>: a script that makes the shell complete commands and options.</summary>
/// <remarks>Every script asks the command itself (System.CommandLine's suggest directive); where it has nothing to say, the shell completes files.</remarks>
internal static class CompletionCommand
{
    private const string Bash = """
        _esign() {
            local line=${COMP_LINE:0:COMP_POINT}
            line=${line#* }
            COMPREPLY=( $(compgen -W "$(esign "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
        }
        complete -o default -F _esign esign
        """;

    private const string Zsh = """
        _esign() {
            local line="${${(j: :)words[2,CURRENT]}}"
            local -a found
            found=("${(@f)$(esign "[suggest:${#line}]" "$line" 2>/dev/null)}")
            if [[ -n "$found[1]" ]]; then compadd -- $found; else _files; fi
        }
        compdef _esign esign
        """;

    private const string Fish = """
        function __esign_complete
            set -l line (string join ' ' (commandline -opc)[2..-1] (commandline -ct))
            esign "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c esign -a '(__esign_complete)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName esign -ScriptBlock {
            param($word, $ast, $cursor)
            $line = $ast.ToString().PadRight($cursor - $ast.Extent.StartOffset).Substring(6)
            esign "[suggest:$($line.Length)]" "$line" 2>$null | Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    public static Command Create(CliContext context)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish, pwsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion", "输出命令补全脚本 / Print a script that completes commands and options in the shell.") { shell };
        command.SetAction(parsed =>
        {
            context.Output.WriteLine(parsed.GetRequiredValue(shell) switch
            {
                "zsh" => Zsh,
                "fish" => Fish,
                "pwsh" => PowerShell,
                _ => Bash,
            });
            return CliExit.Success;
        });
        return command;
    }
}
