namespace ESign.Registration;

/// <summary>A change that was made, kept for good.</summary>
/// <param name="Kind">What changed.</param>
/// <param name="From">From what.</param>
/// <param name="To">To what.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Decision">Who decided, and why.</param>
public sealed record EnterpriseChangeRecord(EnterpriseChangeKind Kind, string From, string To, DateTimeOffset At, string Decision);
