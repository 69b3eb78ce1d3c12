namespace ESign.Registration;

/// <summary>What of a verified organisation changes. A new credit code is another organisation: close the account and register anew.</summary>
public enum EnterpriseChangeKind
{
    /// <summary>变更企业名称: the credit code stays.</summary>
    Name,

    /// <summary>变更法定代表人.</summary>
    LegalRepresentative,

    /// <summary>变更超级管理员.</summary>
    SuperAdministrator,
}
