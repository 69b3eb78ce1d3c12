using System.CommandLine;

namespace ESign.Cli;

/// <summary>The option <c>--quiet</c> of every command: results and errors alone, no notes and no progress.</summary>
internal static class CliQuiet
{
    private const string Name = "--quiet";

    /// <summary>Whether a command line asks for it; needed before the line is parsed, as the language is.</summary>
    public static bool IsAskedFor(string[] arguments) => arguments.Contains(Name, StringComparer.Ordinal);

    /// <summary>Gives every command the option.</summary>
    public static void ApplyTo(Command command)
    {
        if (command.Subcommands.Count == 0)
        {
            command.Options.Add(new Option<bool>(Name) { Description = "不显示说明和进度 / no notes and no progress, results and errors alone" });
        }

        foreach (Command subcommand in command.Subcommands)
        {
            ApplyTo(subcommand);
        }
    }
}
