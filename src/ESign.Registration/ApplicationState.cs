namespace ESign.Registration;

/// <summary>Where an application stands.</summary>
public enum ApplicationState
{
    /// <summary>Submitted; checks are outstanding.</summary>
    Submitted,

    /// <summary>A reviewer has to decide.</summary>
    UnderReview,

    /// <summary>Approved: certificates may be issued.</summary>
    Approved,

    /// <summary>Refused, with a reason.</summary>
    Rejected,

    /// <summary>Was approved; the identity ended since and its certificates must be revoked.</summary>
    Ended,

    /// <summary>The applicant took it back before it was decided.</summary>
    Withdrawn,
}
