using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Names;

namespace ESign.Pki.Issuance.Lints;

/// <summary>
/// Attributes are UTF8String or PrintableString and no longer than their bounds; countries and serial numbers are PrintableString.
/// A cross-certificate repeats the name its subject has, whatever its strings.
/// </summary>
internal sealed class NameEncodingLint : ICertificateLint
{
    public string Rule => "name-encoding";

    public string Citation => "RFC 5280 §4.1.2.4, appendix A.1";

    public string? Evaluate(LintSubject subject)
    {
        bool isCross = string.Equals(subject.Profile.Name, CertificateProfile.CrossCertificate.Name, StringComparison.Ordinal);
        foreach (RelativeName attribute in subject.Certificate.Subject.RelativeNames.SelectMany(static set => set))
        {
            (int least, int most) = Bounds(attribute.Oid);
            if (attribute.Text.Length < least || attribute.Text.Length > most)
            {
                return $"名称属性{attribute.Oid}的长度不在{least}至{most}个字符之间 / attribute {attribute.Oid} has not between {least} and {most} characters";
            }
        }

        return isCross ? null : FindWrongString(DerReader.OpenSequence(subject.Certificate.Subject.RawData));
    }

    private static (int Least, int Most) Bounds(string oid) => oid switch
    {
        AttributeType.Country => (2, 2),
        AttributeType.Locality or AttributeType.StateOrProvince => (1, 128),
        AttributeType.Description => (1, 1024),
        _ => (1, 64),
    };

    private static string? FindWrongString(DerReader name)
    {
        while (name.HasData)
        {
            DerReader set = name.ReadSetOf();
            while (set.HasData)
            {
                DerReader attribute = set.ReadSequence();
                string oid = attribute.ReadObjectIdentifier();
                bool printableOnly = oid is AttributeType.Country or AttributeType.SerialNumber or AttributeType.DnQualifier;
                if (!attribute.NextIs(new Asn1Tag(UniversalTagNumber.PrintableString)) && (printableOnly || !attribute.NextIs(new Asn1Tag(UniversalTagNumber.UTF8String))))
                {
                    return $"名称属性{oid}的字符串类型不符 / attribute {oid} is of another string type";
                }
            }
        }

        return null;
    }
}
