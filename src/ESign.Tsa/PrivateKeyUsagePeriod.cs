using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;

namespace ESign.Tsa;

/// <summary>Until when a key may sign: the private-key-usage-period extension, or the certificate's own end.</summary>
/// <remarks>
/// X.509 §9.2.2.5: <c>PrivateKeyUsagePeriod ::= SEQUENCE { notBefore [0] GeneralizedTime OPTIONAL, notAfter [1] GeneralizedTime
/// OPTIONAL }</c>. EN 319 421 §7.7.1 wants a timestamp key to end well before its certificate, so that tokens stay verifiable.
/// </remarks>
internal static class PrivateKeyUsagePeriod
{
    private static readonly Asn1Tag s_notBefore = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag s_notAfter = new(TagClass.ContextSpecific, 1);

    public static DateTimeOffset EndOf(Certificate certificate)
    {
        if (certificate.FindExtension(ExtensionOid.PrivateKeyUsagePeriod) is not { } extension)
        {
            return certificate.NotAfter;
        }

        DerReader fields = DerReader.OpenSequence(extension.Value);
        if (fields.NextIs(s_notBefore))
        {
            fields.ReadGeneralizedTime(s_notBefore);
        }

        if (!fields.NextIs(s_notAfter))
        {
            return certificate.NotAfter;
        }

        DateTimeOffset end = fields.ReadGeneralizedTime(s_notAfter);
        return end < certificate.NotAfter ? end : certificate.NotAfter;
    }
}
