namespace ESign.Pki.Names;

/// <summary>Attribute types of distinguished names: identifiers and short names.</summary>
/// <remarks>RFC 4514 §3 (the nine every reader knows), RFC 4519, RFC 5280 Appendix A, RFC 2985 (emailAddress), ETSI EN 319 412-1 (organizationIdentifier).</remarks>
internal static class AttributeType
{
    public const string CommonName = "2.5.4.3";
    public const string Surname = "2.5.4.4";
    public const string SerialNumber = "2.5.4.5";
    public const string Country = "2.5.4.6";
    public const string Locality = "2.5.4.7";
    public const string StateOrProvince = "2.5.4.8";
    public const string Street = "2.5.4.9";
    public const string Organization = "2.5.4.10";
    public const string OrganizationalUnit = "2.5.4.11";
    public const string Title = "2.5.4.12";
    public const string Description = "2.5.4.13";
    public const string GivenName = "2.5.4.42";
    public const string DnQualifier = "2.5.4.46";
    public const string Pseudonym = "2.5.4.65";
    public const string OrganizationIdentifier = "2.5.4.97";
    public const string UserId = "0.9.2342.19200300.100.1.1";
    public const string DomainComponent = "0.9.2342.19200300.100.1.25";
    public const string EmailAddress = "1.2.840.113549.1.9.1";

    private static readonly (string Oid, string Name)[] Names =
    [
        (CommonName, "CN"), (Locality, "L"), (StateOrProvince, "ST"), (Organization, "O"), (OrganizationalUnit, "OU"),
        (Country, "C"), (Street, "STREET"), (DomainComponent, "DC"), (UserId, "UID"),
        (Surname, "SN"), (SerialNumber, "serialNumber"), (Title, "title"), (Description, "description"), (GivenName, "givenName"), (DnQualifier, "dnQualifier"),
        (Pseudonym, "pseudonym"), (OrganizationIdentifier, "organizationIdentifier"), (EmailAddress, "emailAddress"),
    ];

    /// <summary>The short name, or the dotted identifier of a type without one.</summary>
    public static string DisplayName(string oid)
    {
        foreach ((string known, string name) in Names)
        {
            if (string.Equals(known, oid, StringComparison.Ordinal))
            {
                return name;
            }
        }

        return oid;
    }
}
