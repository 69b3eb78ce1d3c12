namespace ESign.Registration.Operators;

/// <summary>Where an operator's account stands.</summary>
internal enum OperatorState
{
    /// <summary>Made, or reset; the person has to set a password and a second factor.</summary>
    Invited,

    /// <summary>May log in.</summary>
    Active,

    /// <summary>Disabled; never deleted, may be enabled again.</summary>
    Frozen,
}
