using System.Text.Json.Serialization;

namespace ESign.Conformance.Timestamps;

/// <summary>A row of <c>conformance/tsp/tsp.json</c>.</summary>
public sealed record TspCase
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string File { get; init; }

    public required string Expect { get; init; }

    public string? Failure { get; init; }

    [JsonPropertyName("message_ascii")]
    public string? Message { get; init; }

    public string? Payload { get; init; }

    public string? Request { get; init; }

    public string? Chain { get; init; }

    public IReadOnlyList<string> Roots { get; init; } = [];

    [JsonPropertyName("gen_time")]
    public DateTimeOffset? GenTime { get; init; }

    public string? Accuracy { get; init; }

    public string? Policy { get; init; }

    public string? Digest { get; init; }

    public string? Imprint { get; init; }

    [JsonPropertyName("expect_signer_cn")]
    public string? SignerCommonName { get; init; }
}
