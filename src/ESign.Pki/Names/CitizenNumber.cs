using System.Globalization;

namespace ESign.Pki.Names;

/// <summary>The coding that resident identity cards and residence permits share: region, birth date, sequence, check.</summary>
/// <remarks>GB 11643-1999 clause 4; check character: ISO 7064 MOD 11-2.</remarks>
internal static class CitizenNumber
{
    private const string CheckCharacters = "10X98765432";

    private static ReadOnlySpan<byte> Weights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Judges length, digits, birth date and check character; answers the reason, or null when all is well.</summary>
    public static string? FindFault(ReadOnlySpan<char> value, out DateOnly birthDate)
    {
        birthDate = default;
        if (value.Length == 15)
        {
            return "15位旧身份证号码已停用，请使用18位号码 / Fifteen-digit numbers are out of use; give the eighteen-digit number";
        }

        if (value.Length != 18)
        {
            return $"证件号码应为18位，实际为{value.Length}位 / The number has 18 characters, not {value.Length}";
        }

        int sum = 0;
        for (int i = 0; i < Weights.Length; i++)
        {
            if (!char.IsAsciiDigit(value[i]))
            {
                return $"证件号码第{i + 1}位不是数字 / Character {i + 1} of the number is not a digit";
            }

            sum += (value[i] - '0') * Weights[i];
        }

        if (!DateOnly.TryParseExact(value.Slice(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out birthDate))
        {
            return $"证件号码中的出生日期“{value.Slice(6, 8)}”不存在 / The birth date '{value.Slice(6, 8)}' in the number does not exist";
        }

        // The right character is not told: it would turn a typing error into somebody's number.
        return value[17] == CheckCharacters[sum % 11]
            ? null
            : "证件号码校验位错误 / The number's check character is wrong";
    }
}
