namespace ESign.Pki.Certificates;

/// <summary>Identifiers of extended key usages.</summary>
/// <remarks>RFC 5280 §4.2.1.12, RFC 9336 (documentSigning), RFC 3161 §2.3 (timeStamping).</remarks>
internal static class KeyPurpose
{
    public const string Any = "2.5.29.37.0";
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    public const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    public const string EmailProtection = "1.3.6.1.5.5.7.3.4";
    public const string TimeStamping = "1.3.6.1.5.5.7.3.8";
    public const string OcspSigning = "1.3.6.1.5.5.7.3.9";
    public const string DocumentSigning = "1.3.6.1.5.5.7.3.36";
}
