using System.Globalization;
using System.Text.RegularExpressions;

namespace ESign.Registration;

/// <summary>The date on an authority letter (超管授权书): written in full, and within one month before the upload.</summary>
public static partial class AuthorityLetterDate
{
    /// <summary>Reads a date written <c>2024年6月1日</c> or <c>2024年06月01日</c>; two-digit years and missing parts are refused.</summary>
    /// <param name="text">The date as written.</param>
    /// <returns>The date.</returns>
    /// <exception cref="RegistrationException">It is not written so, or does not exist (<c>letter-date-format</c>).</exception>
    public static DateOnly Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Match match = FullDate().Match(text);
        return match.Success && DateOnly.TryParseExact(
            $"{match.Groups["y"].Value}-{match.Groups["m"].Value}-{match.Groups["d"].Value}", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw new RegistrationException("letter-date-format", $"授权书日期应写作20xx年x月x日，实际为“{text}” / The letter's date must be written 20xx年x月x日 in full, not '{text}'");
    }

    /// <summary>Checks that the letter was signed on the day of the upload or at most one month before.</summary>
    /// <param name="signed">The date on the letter.</param>
    /// <param name="uploaded">The day of the upload.</param>
    /// <exception cref="RegistrationException">It was not (<c>letter-date</c>).</exception>
    public static void Check(DateOnly signed, DateOnly uploaded)
    {
        DateOnly earliest = uploaded.AddMonths(-1);
        if (signed < earliest || signed > uploaded)
        {
            throw new RegistrationException(
                "letter-date",
                string.Create(CultureInfo.InvariantCulture, $"授权书签署日期应在{earliest:yyyy-MM-dd}至{uploaded:yyyy-MM-dd}之间，实际为{signed:yyyy-MM-dd} / The letter must be dated between {earliest:yyyy-MM-dd} and {uploaded:yyyy-MM-dd}, not {signed:yyyy-MM-dd}"));
        }
    }

    [GeneratedRegex("^(?<y>20[0-9]{2})年(?<m>[0-9]{1,2})月(?<d>[0-9]{1,2})日$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex FullDate();
}
