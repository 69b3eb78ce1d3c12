using System.CommandLine;

namespace ESign.Cli.Commands;

/// <summary><c>esign completion bash</c>: a script that makes the shell complete commands and options.</summary>
internal static class CompletionCommand
{
    /// <summary>Asks the command itself (System.CommandLine's suggest directive); where it has nothing to say, the shell completes files.</summary>
    private const string Bash = """
        _esign() {
            local line=${COMP_LINE:0:COMP_POINT}
            line=${line#* }
            COMPREPLY=( $(compgen -W "$(esign "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
        }
        complete -o default -F _esign esign
        """;

    public static Command Create(CliContext context)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash" };
        shell.AcceptOnlyFromAmong("bash");
        var command = new Command("completion", "输出命令补全脚本 / Print a script that completes commands and options in the shell.") { shell };
        command.SetAction(_ =>
        {
            context.Output.WriteLine(Bash);
            return CliExit.Success;
        });
        return command;
    }
}
