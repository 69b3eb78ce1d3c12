using System.Diagnostics.CodeAnalysis;

namespace ESign.Pki.Names;

/// <summary>The number of a mainland travel permit for Hong Kong and Macao (H or M) or Taiwan residents (digits only).</summary>
/// <remarks>
/// 港澳居民来往内地通行证: H or M, eight digits for life and, on older cards, a two-digit renewal count.
/// 台湾居民来往大陆通行证: eight digits, or ten on older cards. Neither carries a birth date or a check digit.
/// </remarks>
internal sealed class TravelPermitNumber : IdentityDocument
{
    private TravelPermitNumber(IdentityDocumentKind kind, string value)
        : base(kind, value)
    {
    }

    /// <summary>The part that stays the same when the card is renewed: letter and eight digits, or eight digits.</summary>
    public string LifetimeNumber => Kind == IdentityDocumentKind.HongKongMacaoTravelPermit ? Value[..9] : Value[..8];

    /// <summary>Reads a number or says why it is none.</summary>
    /// <param name="text">8 to 11 characters, no spaces.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The text is not such a number; the message says why.</exception>
    public static TravelPermitNumber Parse(string text) =>
        TryParse(text, out TravelPermitNumber? number, out string? reason) ? number : throw new FormatException(reason);

    /// <summary>Reads a number or says why it is none, without an exception.</summary>
    /// <param name="text">8 to 11 characters, no spaces.</param>
    /// <param name="number">The number, when the answer is true.</param>
    /// <param name="reason">Why not, Chinese and English, when the answer is false.</param>
    /// <returns>Whether the text is such a number.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TravelPermitNumber? number, [NotNullWhen(false)] out string? reason)
    {
        number = null;
        string value = (text ?? "").ToUpperInvariant();
        bool isHongKongMacao = value.StartsWith('H') || value.StartsWith('M');
        ReadOnlySpan<char> digits = value.AsSpan(isHongKongMacao ? 1 : 0);
        if (digits.Length is not (8 or 10) || digits.ContainsAnyExceptInRange('0', '9'))
        {
            reason = "通行证号码应为H或M加8位或10位数字（港澳），或8位、10位数字（台湾） / "
                + "A travel permit number is H or M and 8 or 10 digits (Hong Kong, Macao), or 8 or 10 digits (Taiwan)";
            return false;
        }

        reason = null;
        number = new TravelPermitNumber(isHongKongMacao ? IdentityDocumentKind.HongKongMacaoTravelPermit : IdentityDocumentKind.TaiwanTravelPermit, value);
        return true;
    }
}
