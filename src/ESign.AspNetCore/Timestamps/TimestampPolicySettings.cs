namespace ESign.AspNetCore.Timestamps;

/// <summary>One policy under which the service makes timestamps.</summary>
public sealed record TimestampPolicySettings
{
    /// <summary>The policy's object identifier.</summary>
    public required string Oid { get; init; }

    /// <summary>How exact its times are, in milliseconds: 1 to 1000 (EN 319 422 §5.2).</summary>
    public int AccuracyMilliseconds { get; init; } = 1000;

    /// <summary>The digests it stamps by name, for example <c>SHA256</c>, <c>SM3</c>; every strong one when empty.</summary>
    public IReadOnlyList<string> Digests { get; init; } = [];
}
