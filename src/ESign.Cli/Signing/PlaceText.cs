using System.CommandLine;
using System.Globalization;

namespace ESign.Cli.Signing;

/// <summary>Reads the numbers and names in which places are given on a command line.</summary>
internal static class PlaceText
{
    /// <summary>Two numbers with a comma between them; null when the option is not given.</summary>
    public static double[]? Pair(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) switch
    {
        null => null,
        { } text => Numbers(text.Split(',', StringSplitOptions.TrimEntries)) is { Length: 2 } pair ? pair : throw Malformed(option, text, "two numbers, such as 20,-5"),
    };

    public static double[]? Numbers(string[] parts)
    {
        double[] numbers = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }

    /// <summary>A name as people write it in a shell: lower-right is LowerRight.</summary>
    public static T Choose<T>(Option<string?> option, string text)
        where T : struct, Enum =>
        Enum.TryParse(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out T value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0])
            ? value
            : throw Malformed(option, text, string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant());

    public static ArgumentException Malformed(Option<string?> option, string text, string form) =>
        new($"{option.Name} 的格式不对：'{text}'，应为 {form} / {option.Name} is not well-formed: '{text}'; it is {form}.");
}
