using System.CommandLine;
using System.Text.RegularExpressions;

namespace ESign.Cli;

/// <summary>What the parser has against a command line, in both languages and without the names of .NET types.</summary>
internal static partial class ParserMessages
{
    /// <summary>Every error of a command line as one message, "中文 / English".</summary>
    /// <param name="parsed">A command line parsed under an English culture: the parser's wording is what is recognised.</param>
    public static string Describe(ParseResult parsed)
    {
        (string Chinese, string English)[] messages = [.. parsed.Errors.Select(static error => Translate(error.Message)).Distinct()];
        return string.Join('；', messages.Select(static message => message.Chinese)) + " / " + string.Join("; ", messages.Select(static message => message.English));
    }

    private static (string Chinese, string English) Translate(string message)
    {
        if (Unreadable().Match(message) is { Success: true } unreadable)
        {
            (string text, string place) = (unreadable.Groups[1].Value, unreadable.Groups[2].Value);
            (string chinese, string english) = Kind(unreadable.Groups[3].Value);
            string choices = unreadable.Groups[4].Value.Trim().Replace("\r", "", StringComparison.Ordinal).Replace("\n", ", ", StringComparison.Ordinal);
            return choices.Length > 0
                ? ($"{place}不能是“{text}”，可选：{choices}", $"{place} cannot be '{text}'; one of {choices}")
                : ($"{place}应为{chinese}，而不是“{text}”", $"{place} takes {english}, not '{text}'");
        }

        return ArgumentMissing().Match(message) is { Success: true } missing ? ($"{missing.Groups[1].Value}缺少值", $"{missing.Groups[1].Value} lacks its value")
            : (message.TrimEnd('.'), message.TrimEnd('.'));
    }

    private static (string Chinese, string English) Kind(string type) =>
        type.Contains("Int", StringComparison.Ordinal) ? ("整数", "a whole number")
        : type.Contains("Double", StringComparison.Ordinal) || type.Contains("Decimal", StringComparison.Ordinal) ? ("数", "a number")
        : type.Contains("Date", StringComparison.Ordinal) ? ("日期（2026-01-31）", "a date (2026-01-31)")
        : type.Contains("Boolean", StringComparison.Ordinal) ? ("true 或 false", "true or false")
        : ("另一种值", "another kind of value");

    [GeneratedRegex(@"^Cannot parse argument '(.*)' for (?:option|command) '(.+)' as expected type '(.+?)'\.(?: Did you mean one of the following\?(.*))?$", RegexOptions.Singleline)]
    private static partial Regex Unreadable();

    [GeneratedRegex(@"^Required argument missing for (?:option|command): '(.+)'\.$")]
    private static partial Regex ArgumentMissing();
}
