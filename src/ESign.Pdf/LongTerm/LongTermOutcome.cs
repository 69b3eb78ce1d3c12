using ESign.Pki.Certificates;

namespace ESign.Pdf.LongTerm;

/// <summary>What was appended to make signatures last, and what was not.</summary>
/// <param name="Level">The level reached.</param>
/// <param name="TimestampTime">The time of the document timestamp, where there is one.</param>
/// <param name="Period">How long it protects.</param>
/// <param name="Notes">What the caller should know.</param>
/// <param name="Revoked">A revoked certificate of the signature that was just made.</param>
internal sealed record LongTermOutcome(string Level, DateTimeOffset? TimestampTime, ArchivePeriod Period, IReadOnlyList<string> Notes, Certificate? Revoked);
