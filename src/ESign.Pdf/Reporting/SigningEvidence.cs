using System.Text.Json;
using ESign.Pdf.Reporting.Evidence;

namespace ESign.Pdf.Reporting;

/// <summary>What a signing platform recorded about one contract: parties, willingness, seals, timeline, log proofs.</summary>
/// <remarks>
/// The JSON schema is <c>docs/schemas/evidence.schema.json</c>. Members it does not name are ignored, so that platforms may
/// add their own; the report shows what it knows, and the court edition embeds the file as it is.
/// </remarks>
public sealed class SigningEvidence
{
    /// <summary>Evidence of a contract with 50 parties and a thousand events is about a megabyte.</summary>
    private const int MaximumSize = 32 << 20;

    private SigningEvidence(EvidenceFile file, ReadOnlyMemory<byte> source)
    {
        File = file;
        Source = source;
    }

    internal EvidenceFile File { get; }

    /// <summary>The bytes it was read from.</summary>
    internal ReadOnlyMemory<byte> Source { get; }

    /// <summary>Reads evidence.</summary>
    /// <param name="json">The JSON text in UTF-8; copied.</param>
    /// <returns>The evidence.</returns>
    /// <exception cref="FormatException">It does not follow the schema; the message says where.</exception>
    public static SigningEvidence Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaximumSize)
        {
            throw new FormatException($"证据文件超过 {MaximumSize} 字节 / The evidence is larger than {MaximumSize} bytes.");
        }

        byte[] source = json.ToArray();
        try
        {
            EvidenceFile file = JsonSerializer.Deserialize(source, EvidenceJsonContext.Default.EvidenceFile) ?? throw new FormatException("证据文件为空 / The evidence is null.");
            if (file.Version != 1)
            {
                throw new FormatException($"证据版本 {file.Version} 不受支持 / Evidence version {file.Version} is not supported; this is version 1.");
            }

            return file.HasEmptyItems
                ? throw new FormatException("证据列表中有空项 / A list of the evidence has a null in it.")
                : new SigningEvidence(file, source);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"证据文件不符合格式：{exception.Message} / The evidence does not follow its schema: {exception.Message}", exception);
        }
    }
}
