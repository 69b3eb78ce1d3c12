namespace ESign.Pki.Issuance;

/// <summary>What a new certificate must agree with: its issuer's name, key identifier and end of validity.</summary>
/// <param name="Name">The issuer's subject name as encoded.</param>
/// <param name="KeyIdentifier">The issuer's subject key identifier.</param>
/// <param name="NotBefore">The beginning of the issuer's validity.</param>
/// <param name="NotAfter">The end of the issuer's validity.</param>
internal sealed record IssuerFacts(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> KeyIdentifier, DateTimeOffset NotBefore, DateTimeOffset NotAfter);
