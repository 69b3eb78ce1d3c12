using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Names;

namespace ESign.Pki.Revocation;

/// <summary>One revoked certificate of a CRL.</summary>
/// <remarks>RFC 5280 §5.1.2.6 and §5.3.</remarks>
/// <param name="RevokedAt">When the issuer revoked it.</param>
/// <param name="Reason">Why, or <see langword="null"/>.</param>
/// <param name="InvalidityDate">Since when the key is suspected, or <see langword="null"/>.</param>
/// <param name="Issuer">Whose certificate it is, where that is not the CRL's issuer (indirect CRLs).</param>
internal sealed record CrlEntry(DateTimeOffset RevokedAt, RevocationReason? Reason, DateTimeOffset? InvalidityDate, DistinguishedName? Issuer)
{
    /// <summary>Reads the entry extensions; <paramref name="issuer"/> is the one the previous entries named (§5.3.3).</summary>
    public static CrlEntry Create(DateTimeOffset revokedAt, IReadOnlyList<CertificateExtension> extensions, DistinguishedName? issuer, ref bool unknownCritical)
    {
        RevocationReason? reason = null;
        DateTimeOffset? invalidity = null;
        foreach (CertificateExtension extension in extensions)
        {
            switch (extension.Oid)
            {
                case ExtensionOid.ReasonCode:
                    reason = (RevocationReason)ReadOnly(extension, reader => reader.ReadEnumerated());
                    break;
                case ExtensionOid.InvalidityDate:
                    invalidity = ReadOnly(extension, reader => reader.ReadGeneralizedTime());
                    break;
                case ExtensionOid.CertificateIssuer:
                    issuer = GeneralName.DecodeAll(extension.Value).FirstOrDefault(name => name.Kind == GeneralNameKind.Directory)?.Directory
                        ?? throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "a certificate issuer without directory name (RFC 5280 §5.3.3)");
                    break;
                default:
                    unknownCritical |= extension.IsCritical;
                    break;
            }
        }

        return new CrlEntry(revokedAt, reason, invalidity, issuer);
    }

    private static T ReadOnly<T>(CertificateExtension extension, Func<DerReader, T> read)
    {
        var reader = new DerReader(extension.Value);
        T value = read(reader);
        reader.ThrowIfNotEmpty();
        return value;
    }
}
