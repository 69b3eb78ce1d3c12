using System.CommandLine;

namespace ESign.Cli.Commands;

/// <summary><c>esign completion SHELL</c>: a script that makes the shell complete commands and options.</summary>
/// <remarks>Every script asks the command itself (System.CommandLine's suggest directive); where it has nothing to say, the shell completes files.
/// Options are offered to a word that begins with a hyphen.</remarks>
internal static class CompletionCommand
{
    private const string Bash = """
        _esign() {
            local line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} unasked=
            line=${line#* }
            [[ $word == -* ]] || unasked='-*'
            COMPREPLY=( $(compgen -W "$(esign "[suggest:${#line}]" "$line" 2>/dev/null)" -X "$unasked" -- "$word") )
        }
        complete -o default -F _esign esign
        """;

    private const string Zsh = """
        _esign() {
            local line="${(j: :)words[2,CURRENT]}"
            local -a found
            found=(${(f)"$(esign "[suggest:${#line}]" "$line" 2>/dev/null)"})
            [[ $words[CURRENT] == -* ]] || found=(${found:#-*})
            (( $#found )) && compadd -- $found || _files
        }
        compdef _esign esign
        """;

    private const string Fish = """
        function __esign_complete
            set -l word (commandline -ct)
            set -l line (string join -- ' ' (commandline -opc)[2..-1] "$word")
            set -l found (esign "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
            string match -q -- '-*' "$word"; or set found (string match -v -- '-*' $found)
            string join \n -- $found
        end
        complete -c esign -a '(__esign_complete)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName esign -ScriptBlock {
            param($word, $ast, $cursor)
            $line = $ast.ToString().PadRight($cursor - $ast.Extent.StartOffset).Substring($ast.CommandElements[0].Extent.Text.Length + 1)
            esign "[suggest:$($line.Length)]" "$line" 2>$null | Where-Object { $_ -like "$word*" -and ($word -like '-*' -or $_ -notlike '-*') } |
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
