using System.Globalization;

namespace ESign.Pki.Issuance;

/// <summary>A place in the list of what was issued: after this record, in the order of intents and, of one moment, of serial numbers.</summary>
/// <param name="IntendedAt">The record's <see cref="IssuanceIntent.IntendedAt"/>.</param>
/// <param name="SerialNumber">The record's serial number.</param>
internal readonly record struct CertificateCursor(DateTimeOffset IntendedAt, string SerialNumber)
{
    private const char Separator = '-';

    /// <summary>The place of a record.</summary>
    public static CertificateCursor Of(CertificateRecord record) => new(record.Intent.IntendedAt, record.SerialNumber);

    /// <summary>Reads what <see cref="ToString"/> wrote. A record that never was is a place in the order like any other.</summary>
    public static bool TryParse(string text, out CertificateCursor cursor)
    {
        int end = text.IndexOf(Separator, StringComparison.Ordinal);
        if (end < 0 || !long.TryParse(text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            cursor = default;
            return false;
        }

        cursor = new CertificateCursor(new DateTimeOffset(ticks, TimeSpan.Zero), text[(end + 1)..]);
        return true;
    }

    /// <summary>UTC ticks and the serial number, as a page's <c>next</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{IntendedAt.UtcTicks}{Separator}{SerialNumber}");
}
