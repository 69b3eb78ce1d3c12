using System.Formats.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Names;

namespace ESign.Pki.Issuance;

/// <summary>Writes the extensions of a certificate.</summary>
/// <remarks>RFC 5280 §4.2; identity extensions: GB/T 20518 (1.2.156.10260.4.1.1 and .4).</remarks>
internal static class CertificateExtensions
{
    /// <summary>identifyCode: a person's full number; opt-in.</summary>
    public const string IdentifyCode = "1.2.156.10260.4.1.1";

    /// <summary>organizationCode: in practice the unified social credit code.</summary>
    public const string OrganizationCode = "1.2.156.10260.4.1.4";

    private const string CpsQualifier = "1.3.6.1.5.5.7.2.1";

    public static void Write(AsnWriter writer, CertificateContent content)
    {
        CertificateProfile profile = content.Profile;
        WriteKeyIdentifiers(writer, content);
        if (profile.IsAuthority)
        {
            WriteBasicConstraints(writer, content.PathLength);
        }

        using (Begin(writer, ExtensionOid.KeyUsage, critical: true))
        {
            writer.WriteNamedBitList(profile.KeyUsage);
        }

        if (profile.ExtendedKeyUsages.Count > 0)
        {
            WritePurposes(writer, profile);
        }

        if (profile.NamesPolicies)
        {
            WritePolicies(writer, profile, content.Publication.CpsUri);
        }

        if (content.EmailAddress is not null)
        {
            WriteEmailAddress(writer, content.EmailAddress);
        }

        if (profile.IsOcspNoCheck)
        {
            using (Begin(writer, ExtensionOid.OcspNoCheck))
            {
                writer.WriteNull();
            }
        }
        else
        {
            WriteCrlDistributionPoints(writer, content.Publication.CrlUrisFor(content.Partition));
        }

        WriteAuthorityInformationAccess(writer, content.Publication, profile);
        WriteIdentity(writer, content.Subject);
        foreach (CertificateExtension extension in content.CopiedExtensions)
        {
            using (Begin(writer, extension.Oid, extension.IsCritical))
            {
                writer.WriteEncodedValue(extension.Value.Span);
            }
        }
    }

    /// <summary>Opens <c>Extension ::= SEQUENCE { extnID, critical, extnValue OCTET STRING }</c>; disposing closes both.</summary>
    public static ExtensionScope Begin(AsnWriter writer, string oid, bool critical = false)
    {
        AsnWriter.Scope sequence = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
        if (critical)
        {
            writer.WriteBoolean(true);
        }

        return new ExtensionScope(sequence, writer.PushOctetString());
    }

    /// <summary><c>AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0] … }</c>.</summary>
    public static void WriteAuthorityKeyIdentifier(AsnWriter writer, ReadOnlySpan<byte> keyIdentifier)
    {
        using (Begin(writer, ExtensionOid.AuthorityKeyIdentifier))
        using (writer.PushSequence())
        {
            writer.WriteOctetString(keyIdentifier, Context(0));
        }
    }

    /// <summary><c>DistributionPointName</c> with the URIs as fullName, under the given tag.</summary>
    public static void WriteDistributionPointName(AsnWriter writer, IReadOnlyList<string> uris)
    {
        using (writer.PushSequence(Context(0))) // distributionPoint [0]
        using (writer.PushSequence(Context(0))) // fullName [0]
        {
            foreach (string uri in uris)
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, uri, Context(6));
            }
        }
    }

    public static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number);

    private static void WriteKeyIdentifiers(AsnWriter writer, CertificateContent content)
    {
        if (content.AuthorityKeyIdentifier is { } authority)
        {
            WriteAuthorityKeyIdentifier(writer, authority.Span);
        }

        using (Begin(writer, ExtensionOid.SubjectKeyIdentifier))
        {
            writer.WriteOctetString(content.SubjectKeyIdentifier.Span);
        }
    }

    private static void WriteBasicConstraints(AsnWriter writer, int? pathLength)
    {
        using (Begin(writer, ExtensionOid.BasicConstraints, critical: true))
        using (writer.PushSequence())
        {
            writer.WriteBoolean(true); // cA
            if (pathLength is { } limit)
            {
                writer.WriteInteger(limit); // pathLenConstraint
            }
        }
    }

    private static void WritePurposes(AsnWriter writer, CertificateProfile profile)
    {
        using (Begin(writer, ExtensionOid.ExtendedKeyUsage, profile.ExtendedKeyUsageIsCritical))
        using (writer.PushSequence())
        {
            foreach (string purpose in profile.ExtendedKeyUsages)
            {
                writer.WriteObjectIdentifier(purpose);
            }
        }
    }

    // An authority below the root may assert any policy: the profiles of its subscribers say which (RFC 5280 §4.2.1.4).
    private static void WritePolicies(AsnWriter writer, CertificateProfile profile, string? cpsUri)
    {
        using (Begin(writer, ExtensionOid.CertificatePolicies))
        using (writer.PushSequence())
        using (writer.PushSequence()) // PolicyInformation
        {
            writer.WriteObjectIdentifier(profile.IsAuthority ? PolicyInformation.AnyPolicy : profile.PolicyOid);
            if (cpsUri is not null)
            {
                using (writer.PushSequence()) // policyQualifiers
                using (writer.PushSequence()) // PolicyQualifierInfo
                {
                    writer.WriteObjectIdentifier(CpsQualifier);
                    writer.WriteCharacterString(UniversalTagNumber.IA5String, cpsUri);
                }
            }
        }
    }

    private static void WriteEmailAddress(AsnWriter writer, string address)
    {
        using (Begin(writer, ExtensionOid.SubjectAlternativeName))
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, address, Context(1)); // rfc822Name
        }
    }

    private static void WriteCrlDistributionPoints(AsnWriter writer, IReadOnlyList<string> uris)
    {
        if (uris.Count == 0)
        {
            return;
        }

        using (Begin(writer, ExtensionOid.CrlDistributionPoints))
        using (writer.PushSequence())
        using (writer.PushSequence()) // DistributionPoint
        {
            WriteDistributionPointName(writer, uris);
        }
    }

    private static void WriteAuthorityInformationAccess(AsnWriter writer, PublicationPoints publication, CertificateProfile profile)
    {
        IReadOnlyList<string> responders = profile.IsOcspNoCheck ? [] : publication.OcspUris;
        if (responders.Count + publication.IssuerCertificateUris.Count == 0)
        {
            return;
        }

        using (Begin(writer, ExtensionOid.AuthorityInformationAccess))
        using (writer.PushSequence())
        {
            WriteAccess(writer, AccessDescription.Ocsp, responders);
            WriteAccess(writer, AccessDescription.CertificateIssuers, publication.IssuerCertificateUris);
        }
    }

    private static void WriteAccess(AsnWriter writer, string method, IReadOnlyList<string> uris)
    {
        foreach (string uri in uris)
        {
            using (writer.PushSequence()) // AccessDescription
            {
                writer.WriteObjectIdentifier(method);
                writer.WriteCharacterString(UniversalTagNumber.IA5String, uri, Context(6));
            }
        }
    }

    private static void WriteIdentity(AsnWriter writer, CertificateSubject? subject)
    {
        if (subject?.CreditCode is { } code)
        {
            using (Begin(writer, OrganizationCode))
            {
                writer.WriteCharacterString(UniversalTagNumber.UTF8String, code.Value);
            }
        }

        if (subject is { DisclosesIdentityNumber: true, Document: { } document })
        {
            // IdentifyCode ::= CHOICE { residenterCardNumber [0] PrintableString, …, passportNumber [2] PrintableString },
            // tags EXPLICIT as readers in the field expect; permits to travel go where passports go.
            bool isCitizenNumber = document.Kind is IdentityDocumentKind.ResidentIdentityCard or IdentityDocumentKind.ResidencePermit;
            using (Begin(writer, IdentifyCode))
            using (writer.PushSequence(Context(isCitizenNumber ? 0 : 2)))
            {
                writer.WriteCharacterString(UniversalTagNumber.PrintableString, document.Value);
            }
        }
    }

    /// <summary>Closes the octet string, then the extension.</summary>
    public readonly struct ExtensionScope(AsnWriter.Scope sequence, AsnWriter.Scope value) : IDisposable
    {
        public void Dispose()
        {
            value.Dispose();
            sequence.Dispose();
        }
    }
}
