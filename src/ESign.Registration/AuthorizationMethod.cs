namespace ESign.Registration;

/// <summary>How an organisation authorises its super administrator.</summary>
public enum AuthorizationMethod
{
    /// <summary>The legal representative confirmed in person (face check).</summary>
    LegalRepresentative,

    /// <summary>A sealed authority letter (超管授权书), accepted by a reviewer.</summary>
    AuthorityLetter,
}
