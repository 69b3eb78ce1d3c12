namespace ESign.Registration.Access;

/// <summary>Something a service needs to remember for minutes: a one-time code that was sent, an authorisation that was given.</summary>
/// <param name="Name">What finds it.</param>
/// <param name="Version">How often it was written; 0 for one that is not stored yet.</param>
/// <param name="Content">What the service made of it.</param>
/// <param name="ExpiresAt">When it means nothing any more.</param>
public sealed record ExpiringRecord(string Name, long Version, ReadOnlyMemory<byte> Content, DateTimeOffset ExpiresAt);
