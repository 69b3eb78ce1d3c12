using System.CommandLine;
using System.CommandLine.Help;
using ESign.Pdf.Reporting;

namespace ESign.Cli;

/// <summary>The language of help, errors and verdicts: <c>--lang</c>, else <c>ESIGN_LANG</c>, else Chinese and English.</summary>
internal static class CliLanguage
{
    /// <summary>The environment variable that chooses when the command line does not.</summary>
    public const string Variable = "ESIGN_LANG";

    private const string Name = "--lang";

    /// <summary>The language of an environment variable, such as <c>zh</c> or <c>en_GB</c>; a preference, so that nothing is wrong with others.</summary>
    public static ReportLanguage Preferred(string? value) => value switch
    {
        not null when value.StartsWith("zh", StringComparison.OrdinalIgnoreCase) => ReportLanguage.Chinese,
        not null when value.StartsWith("en", StringComparison.OrdinalIgnoreCase) => ReportLanguage.English,
        _ => ReportLanguage.Both,
    };

    /// <summary>The language <c>--lang</c> names.</summary>
    /// <exception cref="CliException">It names none.</exception>
    public static ReportLanguage Parse(string text) => text switch
    {
        "zh" => ReportLanguage.Chinese,
        "en" => ReportLanguage.English,
        _ => throw new CliException(CliExit.Usage, $"未知的语言：{text} / unknown language: {text}", $"请用 {Name} zh 或 {Name} en / use {Name} zh or {Name} en"),
    };

    /// <summary>The language of a command line; it is needed before the line is parsed, because help and errors speak it.</summary>
    public static ReportLanguage Of(string[] arguments, ReportLanguage otherwise)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].StartsWith(Name + "=", StringComparison.Ordinal))
            {
                return Parse(arguments[i][(Name.Length + 1)..]);
            }

            if (arguments[i] == Name && i + 1 < arguments.Length)
            {
                return Parse(arguments[i + 1]);
            }
        }

        return otherwise;
    }

    /// <summary>The option, before or behind the command's name.</summary>
    public static Option<string?> CreateOption() => new(Name)
    {
        Recursive = true,
        CompletionSources = { "zh", "en" },
        Description = "消息语言：zh 或 en；默认两种 / the language of messages: zh or en; both unless given",
    };

    /// <summary>Gives the help of every command the language.</summary>
    public static void ApplyTo(Command command, ReportLanguage language)
    {
        command.Description = In(language, command.Description);
        foreach (Symbol symbol in (Symbol[])[.. command.Options, .. command.Arguments])
        {
            if (symbol is Option option and not (HelpOption or VersionOption) && option.ValueType != typeof(bool))
            {
                option.HelpName ??= option.Name[(option.Name.LastIndexOf('-') + 1)..]; // short, and not the list that completion offers
            }

            symbol.Description = symbol switch
            {
                HelpOption => "显示帮助 / show this help",
                VersionOption => "显示版本 / show the version",
                _ => symbol.Description,
            };
            symbol.Description = In(language, symbol.Description);
        }

        foreach (Command subcommand in command.Subcommands)
        {
            ApplyTo(subcommand, language);
        }
    }

    private static string? In(ReportLanguage language, string? text) => text is null ? null : ReportTerms.In(language, text);
}
