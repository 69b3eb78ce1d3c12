using System.Globalization;

namespace ESign.Cli.Signing;

/// <summary>Says how long a document timestamp protects.</summary>
internal static class ArchiveText
{
    public static void Write(CliContext context, DateTimeOffset? validUntil, DateTimeOffset? renewBefore)
    {
        if (renewBefore is not null)
        {
            context.WriteResult($"有效至 {Time(validUntil)}，请在 {Time(renewBefore)} 前续期 / valid until {Time(validUntil)}; renew before {Time(renewBefore)}");
        }
    }

    public static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
