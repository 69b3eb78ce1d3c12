using System.Text.Json.Serialization;

namespace ESign.AspNetCore.Callbacks;

/// <summary>Where a message stands.</summary>
internal enum CallbackState
{
    /// <summary>To be delivered, again perhaps.</summary>
    Pending,

    /// <summary>The receiver answered 200.</summary>
    Delivered,

    /// <summary>Given up after the last attempt.</summary>
    Failed,
}

/// <summary>A message for one receiver, kept until it is delivered and a while longer.</summary>
internal sealed record CallbackMessage
{
    public required string Id { get; init; }

    public required string Receiver { get; init; }

    public required string Type { get; init; }

    /// <summary>The envelope as JSON: the same bytes at every attempt.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public CallbackState State { get; init; }

    public int Attempts { get; init; }

    /// <summary>When to try (again), or when to forget a delivered message; <see langword="null"/> for those kept for good.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether the event happens once in the life of its subject: then the message is the proof that it was told.</summary>
    public bool IsOnce { get; init; }

    public string? LastError { get; init; }
}

/// <summary>The JSON of messages in a store.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallbackMessage))]
internal sealed partial class CallbackJsonContext : JsonSerializerContext;
