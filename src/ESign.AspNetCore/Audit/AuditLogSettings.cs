namespace ESign.AspNetCore.Audit;

/// <summary>How the audit log signs.</summary>
public sealed record AuditLogSettings
{
    /// <summary>The log's name in its checkpoints (C2SP tlog-checkpoint): unique, without a scheme.</summary>
    public string Origin { get; init; } = "esign/audit";

    /// <summary>The PEM file of the log's key; a key of this process alone when absent.</summary>
    public string? Key { get; init; }

    /// <summary>The file whose first line is the key's password.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Where the log's public key is written at start, for backups and auditors; nowhere when absent, or when <see cref="Key"/> is.</summary>
    public string? PublicKeyFile { get; init; }

    /// <summary>What relative paths are relative to; the working directory when absent.</summary>
    public string? Folder { get; init; }

    /// <summary>How often a checkpoint is published when there is something new. Default: one minute.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(1);
}
