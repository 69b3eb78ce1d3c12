using System.Diagnostics.CodeAnalysis;

namespace ESign.Pki.Names;

/// <summary>A unified social credit code (统一社会信用代码): the one number of an organisation in mainland China.</summary>
/// <remarks>
/// GB 32100-2015: 18 characters – registering department (1), category (1), administrative region (6, GB/T 2260),
/// organisation code (9, GB 11714 with its own check character) and check character (1, clause 4.5: Σ Cᵢ·3^(i-1) mod 31).
/// The alphabet leaves out I, O, S, V and Z. Lower-case letters are accepted and raised.
/// </remarks>
public sealed class UnifiedSocialCreditCode : IEquatable<UnifiedSocialCreditCode>
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const int Length = 18;

    // GB 32100 clause 4.5: 3^(i-1) mod 31.
    private static ReadOnlySpan<byte> Weights => [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    // GB 11714 clause 3.3, values in base 36.
    private static ReadOnlySpan<byte> OrganizationWeights => [3, 7, 9, 10, 5, 8, 4, 2];

    private UnifiedSocialCreditCode(string value) => Value = value;

    /// <summary>All 18 characters, upper case.</summary>
    public string Value { get; }

    /// <summary>Department and category, for example <c>91</c> (enterprise), <c>92</c> (individual business), <c>12</c> (public institution).</summary>
    public string Prefix => Value[..2];

    /// <summary>What the prefix says the holder is, Chinese, for example 企业.</summary>
    public string Category => CreditCodeCategories.Find(Value[0], Value[1])!;

    /// <summary>The six digits of the administrative region (GB/T 2260) that registered the holder.</summary>
    public string RegionCode => Value.Substring(2, 6);

    /// <summary>The nine characters of the organisation code (GB 11714), check character included, no hyphen.</summary>
    public string OrganizationCode => Value.Substring(8, 9);

    /// <summary>Whether the holder is an enterprise (91).</summary>
    public bool IsEnterprise => Value.StartsWith("91", StringComparison.Ordinal);

    /// <summary>Whether the holder is an individual business (个体工商户, 92).</summary>
    public bool IsIndividualBusiness => Value.StartsWith("92", StringComparison.Ordinal);

    /// <summary>Reads a code or says why it is none.</summary>
    /// <param name="text">18 characters, no spaces.</param>
    /// <returns>The code.</returns>
    /// <exception cref="FormatException">The text is not a well-formed code; the message says why.</exception>
    public static UnifiedSocialCreditCode Parse(string text) =>
        TryParse(text, out UnifiedSocialCreditCode? code, out string? reason) ? code : throw new FormatException(reason);

    /// <summary>Reads a code or says why it is none, without an exception.</summary>
    /// <param name="text">18 characters, no spaces.</param>
    /// <param name="code">The code, when the answer is true.</param>
    /// <param name="reason">Why not, Chinese and English, when the answer is false.</param>
    /// <returns>Whether the text is a code.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out UnifiedSocialCreditCode? code, [NotNullWhen(false)] out string? reason)
    {
        code = null;
        if (text is null || text.Length != Length)
        {
            reason = $"统一社会信用代码应为18位，实际为{text?.Length ?? 0}位 / A unified social credit code has 18 characters, not {text?.Length ?? 0}";
            return false;
        }

        string value = text.ToUpperInvariant();
        reason = FindFault(value);
        code = reason is null ? new UnifiedSocialCreditCode(value) : null;
        return reason is null;
    }

    /// <inheritdoc/>
    public bool Equals(UnifiedSocialCreditCode? other) => other is not null && string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UnifiedSocialCreditCode);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static string? FindFault(string value)
    {
        for (int i = 0; i < Length; i++)
        {
            bool isRegion = i is >= 2 and < 8;
            if (isRegion ? !char.IsAsciiDigit(value[i]) : !Alphabet.Contains(value[i], StringComparison.Ordinal))
            {
                return $"统一社会信用代码第{i + 1}位不允许为“{value[i]}” / Character {i + 1} of a unified social credit code cannot be '{value[i]}'";
            }
        }

        if (CreditCodeCategories.Find(value[0], value[1]) is null)
        {
            return $"登记管理部门与机构类别“{value[..2]}”不存在 / There is no registering department and category '{value[..2]}'";
        }

        if (!AdministrativeRegions.IsRegistrationProvince(value.AsSpan(2, 2)))
        {
            return $"行政区划码“{value.Substring(2, 6)}”不存在 / There is no administrative region '{value.Substring(2, 6)}'";
        }

        char organizationCheck = ComputeOrganizationCheck(value.AsSpan(8, 8));
        if (value[16] != organizationCheck)
        {
            return $"组织机构代码校验位应为“{organizationCheck}”，实际为“{value[16]}” / The organisation code's check character must be '{organizationCheck}', not '{value[16]}'";
        }

        char check = ComputeCheck(value);
        return value[17] == check
            ? null
            : $"统一社会信用代码校验位应为“{check}”，实际为“{value[17]}” / The check character must be '{check}', not '{value[17]}'";
    }

    private static char ComputeCheck(string value)
    {
        int sum = 0;
        for (int i = 0; i < Weights.Length; i++)
        {
            sum += Alphabet.IndexOf(value[i], StringComparison.Ordinal) * Weights[i];
        }

        return Alphabet[(31 - (sum % 31)) % 31];
    }

    private static char ComputeOrganizationCheck(ReadOnlySpan<char> body)
    {
        int sum = 0;
        for (int i = 0; i < OrganizationWeights.Length; i++)
        {
            int digit = char.IsAsciiDigit(body[i]) ? body[i] - '0' : body[i] - 'A' + 10;
            sum += digit * OrganizationWeights[i];
        }

        return (11 - (sum % 11)) switch
        {
            10 => 'X',
            11 => '0',
            int digit => (char)('0' + digit),
        };
    }
}
