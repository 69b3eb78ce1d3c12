using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Cms;

namespace ESign.Pki.Tests.Cms;

/// <summary>RFC 2315 §7: enclosed content may be of any type; what is digested is its value without tag and length.</summary>
public class EnclosedContentTests
{
    [Theory]
    [InlineData("020105", "05")] // INTEGER
    [InlineData("30020500", "0500")] // SEQUENCE
    [InlineData("0C0161", "61")] // UTF8String
    [InlineData("040161", "61")] // OCTET STRING
    public void Content_of_any_type_is_read(string encoded, string value)
    {
        SignedData signedData = SignedData.Decode(Enclose(Convert.FromHexString(encoded)));
        Assert.Equal(value, Convert.ToHexString(signedData.Content!.Value.Span));
    }

    [Fact]
    public void Content_cut_short_is_malformed() =>
        Assert.Throws<Asn1FormatException>(() => SignedData.Decode(Enclose([0x02, 0x05, 0x01])));

    private static byte[] Enclose(byte[] content)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER, 256);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.CmsSignedData);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true)))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf())
                {
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.CmsData);
                    writer.WriteOctetString(content, new Asn1Tag(TagClass.ContextSpecific, 0));
                }

                using (writer.PushSetOf())
                {
                }
            }
        }

        // The explicit tag was written as a primitive, to allow any bytes in it: make it constructed.
        byte[] encoded = writer.Encode();
        int at = encoded.AsSpan().LastIndexOf(content) - 2;
        encoded[at] = 0xA0;
        return encoded;
    }
}
