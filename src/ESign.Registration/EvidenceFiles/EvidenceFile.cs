using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace ESign.Registration.EvidenceFiles;

/// <summary>A file somebody uploaded for an application; kept sealed.</summary>
internal sealed record EvidenceFile
{
    /// <summary>A scan of a page has a few megabytes; the database is no archive.</summary>
    public const int MaximumSize = 10 << 20;

    public required string Id { get; init; }

    public required string ApplicationId { get; init; }

    public required EvidenceKind Kind { get; init; }

    public required string ContentType { get; init; }

    public required string Sha256 { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    public required byte[] Content { get; init; }

    /// <summary>Takes a file: PDF, PNG or JPEG by its first bytes, whatever its sender calls it.</summary>
    /// <exception cref="RegistrationException">Something else (<c>evidence-type</c>), or too large (<c>evidence-size</c>).</exception>
    public static EvidenceFile Create(string applicationId, EvidenceKind kind, ReadOnlySpan<byte> content, DateTimeOffset now) => content.Length > MaximumSize
        ? throw new RegistrationException("evidence-size", "文件超过10MB / The file is larger than 10 MiB")
        : new EvidenceFile
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            ApplicationId = applicationId,
            Kind = kind,
            ContentType = TypeOf(content),
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            UploadedAt = now,
            Content = content.ToArray(),
        };

    private static string TypeOf(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("%PDF-"u8))
        {
            return "application/pdf";
        }

        if (content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return "image/png";
        }

        return content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
            ? "image/jpeg"
            : throw new RegistrationException("evidence-type", "请上传JPG、PNG图片或PDF文件 / Upload a JPEG or PNG picture, or a PDF");
    }
}

/// <summary>The JSON of evidence files in a store.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EvidenceFile))]
internal sealed partial class EvidenceJsonContext : JsonSerializerContext;
