namespace ESign.Registration;

/// <summary>A document the applicant agreed to: user agreement, certificate agreement, privacy policy.</summary>
/// <param name="DocumentId">Which document.</param>
/// <param name="Version">Which version of it.</param>
/// <param name="At">When the applicant agreed.</param>
public sealed record Consent(string DocumentId, string Version, DateTimeOffset At);
