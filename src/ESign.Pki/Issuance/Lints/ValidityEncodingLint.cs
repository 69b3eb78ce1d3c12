using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Issuance.Lints;

/// <summary>UTCTime through 2049, GeneralizedTime from 2050, to the second, in Zulu.</summary>
internal sealed class ValidityEncodingLint : ICertificateLint
{
    public string Rule => "validity-encoding";

    public string Citation => "RFC 5280 §4.1.2.5";

    public string? Evaluate(LintSubject subject)
    {
        DerReader tbs = DerReader.OpenSequence(subject.Certificate.TbsCertificate);
        for (int field = 0; field < 4; field++)
        {
            tbs.ReadEncodedValue(); // version, serialNumber, signature, issuer
        }

        DerReader validity = tbs.ReadSequence();
        return IsAsRequired(validity) && IsAsRequired(validity)
            ? null
            : "有效期的时间类型或精度不符合规定 / a validity date has the wrong type or precision";
    }

    private static bool IsAsRequired(DerReader validity)
    {
        bool isUtcTime = validity.NextIs(Asn1Tag.UtcTime);
        ReadOnlyMemory<byte> encoded = validity.ReadEncodedValue();
        DateTimeOffset time = new DerReader(encoded).ReadTime();
        int contentLength = encoded.Length - 2;
        return isUtcTime == (time.Year < 2050) && contentLength == (isUtcTime ? 13 : 15) && encoded.Span[^1] == (byte)'Z';
    }
}
