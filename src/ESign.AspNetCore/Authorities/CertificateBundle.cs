using System.Formats.Asn1;
using ESign.Pki.Certificates;

namespace ESign.AspNetCore.Authorities;

/// <summary>Certificates in a PKCS#7 bundle without a signature.</summary>
/// <remarks>RFC 5652 §5.1, degenerate as RFC 7030 §4.1.3 and RFC 2797 §3.2.2 use it: no content, no signers.</remarks>
internal static class CertificateBundle
{
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string Data = "1.2.840.113549.1.7.1";

    public static byte[] Encode(IEnumerable<Certificate> certificates)
    {
        Certificate[] all = [.. certificates];
        var writer = new AsnWriter(AsnEncodingRules.DER, all.Sum(static certificate => certificate.RawData.Length) + 128);
        using (writer.PushSequence()) // ContentInfo
        {
            writer.WriteObjectIdentifier(SignedData);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1); // version
                using (writer.PushSetOf())
                {
                    // digestAlgorithms: none
                }

                using (writer.PushSequence()) // encapContentInfo
                {
                    writer.WriteObjectIdentifier(Data);
                }

                using (writer.PushSetOf(new Asn1Tag(TagClass.ContextSpecific, 0))) // certificates
                {
                    foreach (Certificate certificate in all)
                    {
                        writer.WriteEncodedValue(certificate.RawData.Span);
                    }
                }

                using (writer.PushSetOf())
                {
                    // signerInfos: none
                }
            }
        }

        return writer.Encode();
    }
}
