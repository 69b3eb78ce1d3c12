namespace ESign.Pki.Validation;

/// <summary>Where in a path a certificate stands.</summary>
internal enum ProfileRole
{
    /// <summary>The certificate in question.</summary>
    Target,

    /// <summary>The certificate in question, which is an anchor itself.</summary>
    TrustedTarget,

    /// <summary>Between target and anchor.</summary>
    Intermediate,

    /// <summary>The trust anchor.</summary>
    Anchor,

    /// <summary>The trust anchor, its signature made with its own key whatever its issuer name says.</summary>
    SelfSignedAnchor,
}
