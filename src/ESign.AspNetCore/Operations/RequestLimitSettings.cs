namespace ESign.AspNetCore.Operations;

/// <summary>How much one client and all clients together may ask.</summary>
public sealed record RequestLimitSettings
{
    /// <summary>Requests a client address may make at once before the rate counts. Default: 1000.</summary>
    public int Burst { get; init; } = 1000;

    /// <summary>Requests per second a client may go on making. Default: 500.</summary>
    public int RequestsPerSecond { get; init; } = 500;

    /// <summary>Requests worked on at the same time. Default: 64 per processor.</summary>
    public int Concurrent { get; init; } = Environment.ProcessorCount * 64;

    /// <summary>Requests that may wait for their turn; more are answered 503. Default: 1024.</summary>
    public int Queued { get; init; } = 1024;
}
