using System.Globalization;
using ESign.Pki.Timestamping;

namespace ESign.Pdf.LongTerm;

/// <summary>How much room a value with a timestamp token gets when the first guess was too small.</summary>
internal static class ContentsReservation
{
    /// <summary>The first guess, the true size, and one more for a token that is larger still.</summary>
    private const int MaximumRounds = 3;

    /// <summary>Tokens of one authority differ by the few octets of their ECDSA signatures, serial numbers and times.</summary>
    private const int Slack = 64;

    /// <summary>By how much to enlarge the room for the next round; none when the value fits.</summary>
    /// <exception cref="TimestampUnavailableException">The tokens outgrew their room too often.</exception>
    public static int? MissingRoom(int size, int capacity, int round)
    {
        if (size <= capacity)
        {
            return null;
        }

        return round < MaximumRounds
            ? size - capacity + Slack
            : throw new TimestampUnavailableException(string.Create(
                CultureInfo.InvariantCulture,
                $"时间戳令牌一次比一次大：{size} 字节，{round} 次后预留 {capacity} 字节 / The timestamp authority sends ever larger tokens: {size} bytes, {capacity} reserved after {round} rounds."));
    }
}
