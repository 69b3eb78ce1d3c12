using System.Text.Json.Serialization;

namespace ESign.Storage.Backup;

/// <summary>What a backup holds: the first entry of its archive.</summary>
internal sealed record BackupManifest
{
    /// <summary>The name of the entry.</summary>
    public const string FileName = "manifest.json";

    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether the database is in the archive; false for a service on PostgreSQL, which is dumped with its own tools.</summary>
    public required bool HasDatabase { get; init; }

    /// <summary>Records in the audit log, and their root.</summary>
    public long LogSize { get; init; }

    public string? LogRoot { get; init; }

    public IReadOnlyList<BackupFile> Files { get; init => field = value ?? []; } = [];
}

/// <summary>One file of a backup.</summary>
/// <param name="Path">Its place in the data folder, with slashes.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its digest in hexadecimal.</param>
internal sealed record BackupFile(string Path, long Size, string Sha256);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
