using System.CommandLine;
using System.CommandLine.Parsing;

namespace ESign.Cli;

/// <summary>Says what is wrong with a command line, and names the command or option that was probably meant.</summary>
internal static class ParseErrors
{
    /// <summary>A word may differ from a name in so many letters, and in no more than half of them, to be taken for it.</summary>
    private const int MaximumDistance = 3;

    /// <summary>The first error, since the others often follow from it; null when there is none.</summary>
    /// <param name="parsed">A command line parsed under an English culture.</param>
    public static (string Message, string Hint)? Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string path = string.Join(' ', ((string[])["esign", HelpWithExamples.PathOf(parsed.CommandResult)]).Where(word => word.Length > 0));
        string help = $"请看 `{path} --help` / see `{path} --help`";
        if (Unknown(parsed) is { } word)
        {
            bool isOption = word.StartsWith('-');
            IEnumerable<string> names = isOption ? command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)) : command.Subcommands.Select(subcommand => subcommand.Name);
            string message = isOption ? $"没有这个选项：{word} / no such option: {word}"
                : command.Subcommands.Count > 0 ? $"没有这个命令：{word} / no such command: {word}"
                : $"多余的参数：{word} / one argument too many: {word}";
            string? nearest = Nearest(word.Split('=')[0], names);
            string meant = isOption ? nearest ?? "" : $"{path} {nearest}";
            return (message, nearest is null ? help : $"是否想用 `{meant}`？ / did you mean `{meant}`?");
        }

        if (parsed.Errors.Count == 0)
        {
            return null;
        }

        string missing = string.Join(", ", Missing(parsed.CommandResult));
        return command.Subcommands.Count > 0 ? ("缺少命令 / a command is missing", help)
            : missing.Length > 0 ? ($"缺少 {missing} / {missing} is missing", help)
            : (ParserMessages.Describe(parsed), help);
    }

    private static IEnumerable<string> Missing(CommandResult result) =>
    [
        .. result.Command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0 && result.GetResult(argument) is not { Tokens.Count: > 0 }).Select(argument => argument.Name),
        .. result.Command.Options.Where(option => option.Required && result.GetResult(option) is not { Implicit: false }).Select(option => option.Name),
    ];

    // What follows a mistyped command may be options of that command: the first word is the mistake.
    private static string? Unknown(ParseResult parsed) =>
        parsed.UnmatchedTokens is [{ } first, ..] ? first : parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? null : MistakenForArgument(parsed.CommandResult);

    // The parser takes a mistyped option for an argument where one is missing; a file of such a name can be given as ./--name.
    private static string? MistakenForArgument(CommandResult result) => result.Children.OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens)
        .Select(token => token.Value)
        .FirstOrDefault(value => value is ['-', '-' or (>= 'a' and <= 'z'), ..]);

    private static string? Nearest(string word, IEnumerable<string> names) => names
        .Select(name => (Name: name, Distance: name.StartsWith(word, StringComparison.Ordinal) && word.TrimStart('-').Length > 1 ? 1 : Distance(word, name)))
        .Where(candidate => candidate.Distance <= Math.Min(MaximumDistance, word.TrimStart('-').Length / 2))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>Letters to insert, delete or replace, or neighbours to exchange, to make one word of the other (Damerau and Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        int[,] distance = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                int replaced = distance[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(replaced, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
                }
            }
        }

        return distance[from.Length, to.Length];
    }
}
