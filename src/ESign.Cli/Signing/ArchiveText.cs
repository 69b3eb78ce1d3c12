namespace ESign.Cli.Signing;

/// <summary>Says how long a document timestamp protects.</summary>
internal static class ArchiveText
{
    public static void Write(CliContext context, DateTimeOffset? validUntil, DateTimeOffset? renewBefore)
    {
        if (renewBefore is not null)
        {
            context.WriteResult($"有效至 {UtcText.Of(validUntil)}，请在 {UtcText.Of(renewBefore)} 前续期 / valid until {UtcText.Of(validUntil)}; renew before {UtcText.Of(renewBefore)}");
        }
    }
}
