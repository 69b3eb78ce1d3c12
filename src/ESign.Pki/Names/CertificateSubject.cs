using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;

namespace ESign.Pki.Names;

/// <summary>Who a certificate is for, as verified by whoever asks for it – never as claimed in a certificate request.</summary>
/// <remarks>
/// Layout of the distinguished name (X.520; RFC 5280 appendix A.1 bounds):
/// <list type="bullet">
/// <item>organisation: <c>C=CN, [ST], [L], O=name, organizationIdentifier=NTRCN-code, [OU], CN=name</c>
/// (identifier semantics: ETSI EN 319 412-1 §5.1.4);</item>
/// <item>person: <c>C=CN, CN=name, serialNumber=pseudonym, description=masked number</c>;</item>
/// <item>operator: the organisation's attributes without its CN, then those of the person.</item>
/// </list>
/// A person's number appears masked and as a pseudonym (<see cref="PseudonymKey"/>); in full only in the identity
/// extension 1.2.156.10260.4.1.1, and only when <see cref="DisclosesIdentityNumber"/> is set.
/// </remarks>
public sealed record CertificateSubject
{
    /// <summary>RFC 5280 ub-common-name and ub-organization-name.</summary>
    private const int MaxNameLength = 64;

    /// <summary>RFC 5280 ub-locality-name and ub-state-name.</summary>
    private const int MaxPlaceLength = 128;

    private CertificateSubject(CertificateSubjectKind kind, string commonName)
    {
        Kind = kind;
        CommonName = commonName;
    }

    /// <summary>What the subject is.</summary>
    internal CertificateSubjectKind Kind { get; }

    /// <summary>The name people know the subject by.</summary>
    public string CommonName { get; }

    /// <summary>The organisation's name, or <see langword="null"/> for a person.</summary>
    public string? OrganizationName { get; private init; }

    /// <summary>The organisation's unified social credit code, where there is one.</summary>
    public UnifiedSocialCreditCode? CreditCode { get; private init; }

    /// <summary>The person's document, or <see langword="null"/> for organisations and services.</summary>
    public IdentityDocument? Document { get; private init; }

    /// <summary>ISO 3166-1 two-letter country. <c>CN</c> unless a service says otherwise.</summary>
    public string Country { get; private init; } = "CN";

    /// <summary>The province, where it should appear.</summary>
    public string? Province { get; init => field = CheckOptional(value, MaxPlaceLength, nameof(Province)); }

    /// <summary>The city, where it should appear.</summary>
    public string? Locality { get; init => field = CheckOptional(value, MaxPlaceLength, nameof(Locality)); }

    /// <summary>The department, where it should appear.</summary>
    public string? OrganizationalUnit { get; init => field = CheckOptional(value, MaxNameLength, nameof(OrganizationalUnit)); }

    /// <summary>
    /// Whether the certificate carries the person's full identity number in extension 1.2.156.10260.4.1.1. Everybody who
    /// gets a signed document can then read it: leave it off unless the person agreed. Off by default.
    /// </summary>
    public bool DisclosesIdentityNumber { get; init; }

    /// <summary>A verified organisation.</summary>
    /// <param name="name">Its registered name, at most 64 characters.</param>
    /// <param name="code">Its unified social credit code.</param>
    /// <returns>The subject.</returns>
    /// <exception cref="ArgumentException">The name is empty, too long or contains control characters.</exception>
    public static CertificateSubject Enterprise(string name, UnifiedSocialCreditCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return new(CertificateSubjectKind.Enterprise, Check(name, MaxNameLength, nameof(name))) { OrganizationName = name, CreditCode = code };
    }

    /// <summary>A verified person.</summary>
    /// <param name="name">The name in the document, at most 64 characters.</param>
    /// <param name="document">The document the person was verified with.</param>
    /// <returns>The subject.</returns>
    /// <exception cref="ArgumentException">The name is empty, too long or contains control characters.</exception>
    public static CertificateSubject Person(string name, IdentityDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new(CertificateSubjectKind.Person, Check(name, MaxNameLength, nameof(name))) { Document = document };
    }

    /// <summary>A verified person acting for a verified organisation.</summary>
    /// <param name="name">The person's name.</param>
    /// <param name="document">The person's document.</param>
    /// <param name="organizationName">The organisation's registered name.</param>
    /// <param name="code">The organisation's unified social credit code.</param>
    /// <returns>The subject.</returns>
    /// <exception cref="ArgumentException">A name is empty, too long or contains control characters.</exception>
    public static CertificateSubject EnterpriseOperator(string name, IdentityDocument document, string organizationName, UnifiedSocialCreditCode code)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(code);
        return new(CertificateSubjectKind.EnterpriseOperator, Check(name, MaxNameLength, nameof(name)))
        {
            Document = document,
            OrganizationName = Check(organizationName, MaxNameLength, nameof(organizationName)),
            CreditCode = code,
        };
    }

    /// <summary>An authority or service of the public-key infrastructure itself.</summary>
    /// <param name="commonName">Its name, at most 64 characters.</param>
    /// <param name="organizationName">Who runs it.</param>
    /// <param name="country">ISO 3166-1 two-letter country, upper case.</param>
    /// <returns>The subject.</returns>
    /// <exception cref="ArgumentException">A name is empty or too long, or the country is not two capital letters.</exception>
    public static CertificateSubject Service(string commonName, string? organizationName = null, string country = "CN")
    {
        if (country is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
        {
            throw new ArgumentException("国家代码应为两个大写字母 / The country is two capital letters (ISO 3166-1)", nameof(country));
        }

        return new(CertificateSubjectKind.Service, Check(commonName, MaxNameLength, nameof(commonName)))
        {
            OrganizationName = organizationName is null ? null : Check(organizationName, MaxNameLength, nameof(organizationName)),
            Country = country,
        };
    }

    /// <summary>The name as people may see it in a log: organisations in full, persons as 张*.</summary>
    /// <returns>A masked description.</returns>
    public override string ToString() => Document is null
        ? $"{CommonName} ({CreditCode?.Value ?? Kind.ToString()})"
        : $"{Masking.PersonName(CommonName)} ({Document.Masked})";

    /// <summary>The distinguished name (RFC 5280 §4.1.2.6) as DER.</summary>
    internal byte[] EncodeName(PseudonymKey pseudonyms)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, initialCapacity: 1024);
        WriteName(writer, pseudonyms);
        return writer.Encode();
    }

    /// <summary>Writes the distinguished name as the remarks above lay it out.</summary>
    internal void WriteName(AsnWriter writer, PseudonymKey pseudonyms)
    {
        using (writer.PushSequence()) // RDNSequence
        {
            NameWriter.WritePrintable(writer, AttributeType.Country, Country);
            NameWriter.WriteOptional(writer, AttributeType.StateOrProvince, Province);
            NameWriter.WriteOptional(writer, AttributeType.Locality, Locality);
            NameWriter.WriteOptional(writer, AttributeType.Organization, OrganizationName);
            NameWriter.WriteOptional(writer, AttributeType.OrganizationIdentifier, CreditCode is null ? null : "NTRCN-" + CreditCode.Value);
            NameWriter.WriteOptional(writer, AttributeType.OrganizationalUnit, OrganizationalUnit);
            NameWriter.WriteUtf8(writer, AttributeType.CommonName, CommonName);
            if (Document is not null)
            {
                NameWriter.WritePrintable(writer, AttributeType.SerialNumber, pseudonyms.Compute(Document));
                NameWriter.WriteUtf8(writer, AttributeType.Description, Document.Masked);
            }
        }
    }

    private static string Check([NotNull] string? value, int maxLength, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, parameter);
        if (value.Length > maxLength)
        {
            throw new ArgumentException($"名称不能超过{maxLength}个字符，实际为{value.Length}个 / At most {maxLength} characters fit (RFC 5280 appendix A.1), not {value.Length}", parameter);
        }

        if (value.Any(char.IsControl) || char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]))
        {
            throw new ArgumentException("名称不能含有控制字符或首尾空格 / A name has no control characters and no space around it", parameter);
        }

        return value;
    }

    private static string? CheckOptional(string? value, int maxLength, string parameter) =>
        value is null ? null : Check(value, maxLength, parameter);
}
