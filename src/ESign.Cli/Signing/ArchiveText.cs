using System.Globalization;

namespace ESign.Cli.Signing;

/// <summary>Says how long a document timestamp protects.</summary>
internal static class ArchiveText
{
    public static void Write(TextWriter output, DateTimeOffset? validUntil, DateTimeOffset? renewBefore)
    {
        if (renewBefore is not null)
        {
            output.WriteLine($"有效至 / valid until {Time(validUntil)}; 请在此前续期 / renew before {Time(renewBefore)}");
        }
    }

    public static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
