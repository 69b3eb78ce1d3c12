namespace ESign.AspNetCore.Approvals;

/// <summary>What takes two administrators.</summary>
internal enum ActKind
{
    /// <summary>Revoking the certificate of a certificate authority.</summary>
    RevokeAuthority,

    /// <summary>Changing what an issuer offers.</summary>
    ChangeProfile,

    /// <summary>Inviting a further administrator.</summary>
    InviteAdministrator,

    /// <summary>Giving an administrator's account a new setup code.</summary>
    ResetAdministrator,
}
