namespace ESign.Registration.Seals;

/// <summary>That a seal was used (用印记录).</summary>
internal sealed record SealUse(string Id, string SealId, string PersonId, string DocumentSha256, string Purpose, DateTimeOffset At);
