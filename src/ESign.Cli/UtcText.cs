using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ESign.Cli;

/// <summary>How the command writes times: UTC, to the second.</summary>
internal static class UtcText
{
    [return: NotNullIfNotNull(nameof(time))]
    public static string? Of(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
