namespace ESign.Registration;

/// <summary>Which applications to list; every condition given must hold. They come by identifier, so that the next page begins after the last one read.</summary>
public sealed record ApplicationQuery
{
    /// <summary>Only those that stand so.</summary>
    public ApplicationState? State { get; init; }

    /// <summary>Only those this client handed in (<see cref="PersonApplication.SubmittedBy"/>).</summary>
    public string? SubmittedBy { get; init; }

    /// <summary>Only those a reviewer should have decided on by then; they come in the order they were due, not by identifier.</summary>
    public DateTimeOffset? ReviewDueBy { get; init; }

    /// <summary>Only those whose identifier comes after this one.</summary>
    public string? After { get; init; }

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = int.MaxValue;
}
