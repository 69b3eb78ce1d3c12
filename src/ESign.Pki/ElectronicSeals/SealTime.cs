using System.Globalization;
using System.Text;
using ESign.Pki.Asn1;
using ESign.Pki.Timestamping;

namespace ESign.Pki.ElectronicSeals;

/// <summary>The time in seal signatures of the first edition, whose BIT STRING has no fixed content.</summary>
/// <remarks>GM/T 0031-2014 <c>timeInfo BIT STRING</c>: in use are an encoded UTCTime or GeneralizedTime, its characters alone, and a timestamp token.</remarks>
internal static class SealTime
{
    /// <summary>Characters of the longest time: 20201122173145.123Z.</summary>
    private const int MaximumTextLength = 20;

    private static readonly string[] s_forms = ["yyyyMMddHHmmss'Z'", "yyMMddHHmmss'Z'", "yyyyMMddHHmmss"];

    /// <summary>The time, or null when the content is none of these.</summary>
    public static DateTimeOffset? Read(ReadOnlyMemory<byte> content)
    {
        if (content.Length <= MaximumTextLength
            && DateTimeOffset.TryParseExact(
                Encoding.ASCII.GetString(content.Span), s_forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset written))
        {
            return written;
        }

        if (TimestampToken.TryDecode(content, out TimestampToken? token))
        {
            return token.Time;
        }

        try
        {
            var reader = new DerReader(content);
            DateTimeOffset encoded = reader.ReadTime();
            reader.ThrowIfNotEmpty();
            return encoded;
        }
        catch (Asn1FormatException)
        {
            return null;
        }
    }
}
