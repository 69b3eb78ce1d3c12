namespace ESign.AspNetCore.Api;

/// <summary>How the service verifies documents: section <c>Verification</c>.</summary>
public sealed record VerificationSettings
{
    /// <summary>PEM files of roots to trust besides the service's own.</summary>
    public IReadOnlyList<string> TrustAnchors { get; init; } = [];

    /// <summary>What relative paths are relative to; the working directory when absent.</summary>
    public string? Folder { get; init; }

    /// <summary>The largest document taken, in bytes. Default: 64 MiB.</summary>
    public int MaximumSize { get; init; } = 64 << 20;

    /// <summary>How many documents are verified at the same time; two more wait for each, others are answered 503. Default: one per processor.</summary>
    public int Concurrent { get; init; } = Environment.ProcessorCount;
}
