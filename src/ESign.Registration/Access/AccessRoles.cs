namespace ESign.Registration.Access;

/// <summary>What a caller of the service may be; a token can carry several.</summary>
[Flags]
public enum AccessRoles
{
    /// <summary>Nothing beyond what everybody may: status, timestamps, verification.</summary>
    None = 0,

    /// <summary>Asks for and renews certificates it was enrolled for.</summary>
    Client = 1,

    /// <summary>Reads everything, changes nothing.</summary>
    Auditor = 2,

    /// <summary>Registration officer: verifies subjects, issues and revokes.</summary>
    Officer = 4,

    /// <summary>Makes tokens and changes how the service works; issues nothing.</summary>
    Administrator = 8,
}
