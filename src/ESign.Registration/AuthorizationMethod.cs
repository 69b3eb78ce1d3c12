namespace ESign.Registration;

/// <summary>How an organisation authorises its super administrator.</summary>
public enum AuthorizationMethod
{
    /// <summary>The legal representative confirmed in person (face check).</summary>
    LegalRepresentative,

    /// <summary>A sealed authority letter (超管授权书), accepted by a reviewer.</summary>
    AuthorityLetter,

    /// <summary>The organisation named the amount of a transfer to or from its account.</summary>
    BankTransfer,
}
