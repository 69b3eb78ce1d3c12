namespace ESign.Pki.Certificates;

/// <content>The typed extensions: decoded when first asked for, <see langword="null"/> when absent, <c>Asn1FormatException</c> when malformed.</content>
public sealed partial class Certificate
{
    private BasicConstraints? _basicConstraints;
    private AuthorityKeyIdentifier? _authorityKeyIdentifier;
    private NameConstraintsValue? _nameConstraints;
    private PolicyConstraints? _policyConstraints;
    private IReadOnlyList<GeneralName>? _subjectAlternativeName;
    private IReadOnlyList<string>? _extendedKeyUsage;
    private IReadOnlyList<PolicyInformation>? _certificatePolicies;
    private IReadOnlyList<PolicyMapping>? _policyMappings;
    private IReadOnlyList<DistributionPoint>? _crlDistributionPoints;
    private IReadOnlyList<DistributionPoint>? _freshestCrl;
    private IReadOnlyList<AccessDescription>? _authorityInformationAccess;

    /// <summary>The permitted uses of the key, or <see langword="null"/> when the certificate does not say (RFC 5280 §4.2.1.3).</summary>
    /// <exception cref="Asn1.Asn1FormatException">The extension is malformed.</exception>
    internal KeyUsages? KeyUsage =>
        FindExtension(ExtensionOid.KeyUsage) is { } extension ? (KeyUsages)ExtensionDecoding.DecodeBits(extension.Value) : null;

    /// <summary>The permitted purposes as dotted identifiers, or <see langword="null"/> when the certificate does not say (RFC 5280 §4.2.1.12).</summary>
    /// <exception cref="Asn1.Asn1FormatException">The extension is malformed or empty.</exception>
    public IReadOnlyList<string>? ExtendedKeyUsage =>
        Typed(ref _extendedKeyUsage, ExtensionOid.ExtendedKeyUsage, ExtensionDecoding.DecodePurposes);

    /// <summary>Whether basic constraints make the subject a certificate authority.</summary>
    /// <exception cref="Asn1.Asn1FormatException">The extension is malformed.</exception>
    public bool IsAuthority => BasicConstraints is { IsAuthority: true };

    /// <summary>The key identifier, or <see langword="null"/> (RFC 5280 §4.2.1.2).</summary>
    /// <exception cref="Asn1.Asn1FormatException">The extension is malformed.</exception>
    public ReadOnlyMemory<byte>? SubjectKeyIdentifier =>
        FindExtension(ExtensionOid.SubjectKeyIdentifier) is { } extension ? ExtensionDecoding.DecodeOctets(extension.Value) : (ReadOnlyMemory<byte>?)null;

    /// <summary>What an extension says, for showing: nothing where it is malformed. Who judges reads the extension itself and hears of it.</summary>
    internal T? Shown<T>(Func<Certificate, T?> read)
    {
        try
        {
            return read(this);
        }
        catch (Asn1.Asn1FormatException)
        {
            return default;
        }
    }

    internal BasicConstraints? BasicConstraints =>
        Typed(ref _basicConstraints, ExtensionOid.BasicConstraints, Certificates.BasicConstraints.Decode);

    internal AuthorityKeyIdentifier? AuthorityKeyIdentifier =>
        Typed(ref _authorityKeyIdentifier, ExtensionOid.AuthorityKeyIdentifier, Certificates.AuthorityKeyIdentifier.Decode);

    internal IReadOnlyList<GeneralName>? SubjectAlternativeName =>
        Typed(ref _subjectAlternativeName, ExtensionOid.SubjectAlternativeName, GeneralName.DecodeAll);

    internal NameConstraintsValue? NameConstraints =>
        Typed(ref _nameConstraints, ExtensionOid.NameConstraints, NameConstraintsValue.Decode);

    internal IReadOnlyList<PolicyInformation>? CertificatePolicies =>
        Typed(ref _certificatePolicies, ExtensionOid.CertificatePolicies, PolicyInformation.DecodeAll);

    internal IReadOnlyList<PolicyMapping>? PolicyMappings =>
        Typed(ref _policyMappings, ExtensionOid.PolicyMappings, PolicyMapping.DecodeAll);

    internal PolicyConstraints? PolicyConstraints =>
        Typed(ref _policyConstraints, ExtensionOid.PolicyConstraints, Certificates.PolicyConstraints.Decode);

    internal int? InhibitAnyPolicy =>
        FindExtension(ExtensionOid.InhibitAnyPolicy) is { } extension ? ExtensionDecoding.DecodeCount(extension.Value) : null;

    internal IReadOnlyList<DistributionPoint>? CrlDistributionPoints =>
        Typed(ref _crlDistributionPoints, ExtensionOid.CrlDistributionPoints, DistributionPoint.DecodeAll);

    internal IReadOnlyList<DistributionPoint>? FreshestCrl =>
        Typed(ref _freshestCrl, ExtensionOid.FreshestCrl, DistributionPoint.DecodeAll);

    internal IReadOnlyList<AccessDescription>? AuthorityInformationAccess =>
        Typed(ref _authorityInformationAccess, ExtensionOid.AuthorityInformationAccess, AccessDescription.DecodeAll);

    /// <summary>RFC 6960 §4.2.2.2.1: the responder's certificate need not be checked for revocation.</summary>
    internal bool HasOcspNoCheck => FindExtension(ExtensionOid.OcspNoCheck) is not null;

    /// <summary>The first extension of a kind.</summary>
    /// <param name="oid">The extension's identifier in dotted form.</param>
    /// <returns>The extension, or <see langword="null"/>.</returns>
    internal CertificateExtension? FindExtension(string oid) => CertificateExtension.Find(Extensions, oid);

    private T? Typed<T>(ref T? decoded, string oid, Func<ReadOnlyMemory<byte>, T> decode)
        where T : class
    {
        if (decoded is null && FindExtension(oid) is { } extension)
        {
            decoded = decode(extension.Value);
        }

        return decoded;
    }
}
