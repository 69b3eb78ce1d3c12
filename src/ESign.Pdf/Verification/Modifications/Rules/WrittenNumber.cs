using System.Globalization;
using System.Text;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Numbers and dates as people write them: 2,000.00 is 2000, and 31.01.2024 is 2024-01-31; 10.00 is not 1000.</summary>
internal static class WrittenNumber
{
    /// <summary>A number longer than this is none.</summary>
    private const int MaxLength = 64;

    /// <summary>The number with a point before its decimals, without separators of thousands and zeros at either end; null when it is no number.</summary>
    public static string? Normalize(string text)
    {
        var digits = new StringBuilder();
        bool isNegative = false;
        foreach (char character in text.Length <= MaxLength ? text.Normalize(NormalizationForm.FormKC) : "")
        {
            switch (character)
            {
                case >= '0' and <= '9' or '.' or ',':
                    digits.Append(character);
                    break;
                case '-' or '\u2212' or '(' when digits.Length == 0:
                    isNegative = true;
                    break;
                case ')' or '\'' or '\u2019' or '+':
                case var blank when char.IsWhiteSpace(blank) || char.GetUnicodeCategory(blank) == UnicodeCategory.CurrencySymbol:
                    break;
                default:
                    return null;
            }
        }

        string written = digits.ToString().Trim('.', ',');
        if (written.Length == 0)
        {
            return null;
        }

        int point = written.LastIndexOfAny(['.', ',']);
        bool isDecimal = point >= 0 && (written.Length - point != 4 || written[0] == '0' || written.AsSpan(0, point).ContainsAny('.', ',')) && written.IndexOf(written[point]) == point;
        string whole = string.Concat((isDecimal ? written[..point] : written).Where(char.IsAsciiDigit)).TrimStart('0');
        string fraction = isDecimal ? written[(point + 1)..].TrimEnd('0') : "";
        return (isNegative ? "-" : "") + whole + (fraction.Length > 0 ? "." + fraction : "");
    }

    /// <summary>Whether both are dates of the same three numbers, which are written in several orders.</summary>
    public static bool IsSameDate(string one, string other)
    {
        List<string> numbers = Parts(one);
        return numbers.Count == 3
            && numbers.Count(number => number.Length <= 2) >= 2
            && numbers.Order(StringComparer.Ordinal).SequenceEqual(Parts(other).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>The runs of digits; none where there are letters.</summary>
    private static List<string> Parts(string text)
    {
        var parts = new List<string>();
        if (text.Length > MaxLength || text.Any(char.IsLetter))
        {
            return parts;
        }

        for (int end = 0; end < text.Length; end++)
        {
            int start = end;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (end > start)
            {
                parts.Add(text[start..end]);
            }
        }

        return parts;
    }
}
