using System.CommandLine;

namespace ESign.Cli;

/// <summary>The option <c>--quiet</c> of every command: results and errors alone, no notes and no progress.</summary>
internal static class CliQuiet
{
    private const string Name = "--quiet";

    /// <summary>Whether a command line asks for it; needed before the line is parsed, as the language is.</summary>
    public static bool IsAskedFor(string[] arguments) => arguments.Contains(Name, StringComparer.Ordinal);

    /// <summary>The option, before or behind the command's name.</summary>
    public static Option<bool> CreateOption() => new(Name) { Recursive = true, Description = "不显示说明和进度 / no notes and no progress, results and errors alone" };
}
