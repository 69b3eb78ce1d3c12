namespace ESign.Registration;

/// <summary>What a provider answered, kept as evidence.</summary>
/// <param name="Check">What was checked, for example <c>identity</c>, <c>face</c>, <c>carrier</c>, <c>registry</c>.</param>
/// <param name="Provider">Who answered. Offline implementations call themselves <c>offline …</c>.</param>
/// <param name="IsOffline">Whether nobody outside was asked: the record says so wherever it is shown.</param>
/// <param name="Succeeded">Whether the claim was confirmed.</param>
/// <param name="At">When.</param>
/// <param name="Detail">The provider's reference, or its reason for refusing.</param>
public sealed record VerificationRecord(string Check, string Provider, bool IsOffline, bool Succeeded, DateTimeOffset At, string Detail);
