using System.Globalization;

namespace ESign.Pdf.Verification;

/// <summary>Reads a date string (ISO 32000-2 §7.9.4): <c>D:YYYYMMDDHHmmSSOHH'mm'</c>, everything after the year optional.</summary>
internal static class PdfDate
{
    public static DateTimeOffset? TryParse(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        rest = rest.StartsWith("D:", StringComparison.Ordinal) ? rest[2..] : rest;
        Span<int> parts = [1, 1, 1, 0, 0, 0];
        for (int i = 0; i < parts.Length; i++)
        {
            int width = i == 0 ? 4 : 2;
            if (rest.Length < width || !int.TryParse(rest[..width], NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            {
                if (i == 0)
                {
                    return null;
                }

                break;
            }

            parts[i] = value;
            rest = rest[width..];
        }

        try
        {
            return new DateTimeOffset(parts[0], parts[1], parts[2], parts[3], parts[4], Math.Min(parts[5], 59), ReadOffset(rest)).ToUniversalTime();
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static TimeSpan ReadOffset(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[0] is not ('+' or '-') || !int.TryParse(text.Slice(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out int hours))
        {
            return TimeSpan.Zero;
        }

        ReadOnlySpan<char> rest = text[3..].TrimStart('\'');
        int minutes = rest.Length >= 2 && int.TryParse(rest[..2], NumberStyles.None, CultureInfo.InvariantCulture, out int read) ? read : 0;
        var offset = new TimeSpan(hours, minutes, 0);
        return text[0] == '-' ? -offset : offset;
    }
}
