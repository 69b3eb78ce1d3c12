namespace ESign.AspNetCore.Callbacks;

/// <summary>Who is told what happens: section <c>Callbacks</c>.</summary>
internal sealed record CallbackSettings
{
    /// <summary>The receivers.</summary>
    public IReadOnlyList<CallbackEndpoint> Endpoints { get; init => field = value ?? []; } = [];

    /// <summary>The only hosts that are called, whatever an endpoint says.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init => field = value ?? []; } = [];

    /// <summary>Whether addresses of this machine and of private networks may be called, and plain HTTP. Default: no.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Messages that may wait; what comes after is dropped, and the audit log says so. Default: 10,000.</summary>
    public int MaximumPending { get; init; } = 10_000;

    /// <summary>How long a receiver may take. Default: 10 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait after each failure; after the last the message is given up. Default: 1, 5, 30 minutes, 2, 6, 24 hours.</summary>
    public IReadOnlyList<TimeSpan> Schedule { get; init => field = value is { Count: > 0 } ? value : Default; } = Default;

    /// <summary>What relative paths are relative to; the working directory when absent.</summary>
    public string? Folder { get; init; }

    private static TimeSpan[] Default => [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];
}

/// <summary>One receiver.</summary>
internal sealed record CallbackEndpoint
{
    /// <summary>Its name: lower-case letters, digits, hyphens.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where it listens.</summary>
    public string Url { get; init; } = "";

    /// <summary>The file whose first line is the secret bodies are signed with; at least 16 characters.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>The file whose first line is the key bodies are encrypted with: 32 ASCII characters.</summary>
    public string? KeyFile { get; init; }

    /// <summary>What it gets.</summary>
    public CallbackFormat Format { get; init; }

    /// <summary>Which messages it gets; all when empty.</summary>
    public IReadOnlyList<string> Types { get; init => field = value ?? []; } = [];
}
