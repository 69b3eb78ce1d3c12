using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Tests.Asn1;

public class DerReaderTests
{
    [Fact]
    public void A_structure_is_read_value_by_value()
    {
        // SEQUENCE { INTEGER 128, OID 1.2.156.10197.1.501, [0] { OCTET STRING AB }, BOOLEAN TRUE, NULL }
        byte[] encoded = Convert.FromHexString("3018" + "02020080" + "06082A811CCF55018375" + "A0030401AB" + "0101FF" + "0500");
        DerReader reader = DerReader.OpenSequence(encoded);
        Assert.Equal(128, reader.ReadInt32());
        Assert.Equal(Oids.Sm2WithSm3, reader.ReadObjectIdentifier());
        Assert.True(reader.NextIsContext(0));
        DerReader inner = reader.ReadExplicit(0);
        Assert.Equal([0xAB], inner.ReadOctetString().ToArray());
        inner.ThrowIfNotEmpty();
        Assert.True(reader.ReadBoolean());
        reader.ReadNull();
        Assert.False(reader.HasData);
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("30", "no length")]
    [InlineData("3003020101FF", "one octet after the structure")]
    [InlineData("30810100", "X.690 §10.1: the length in more octets than needed")]
    [InlineData("30800000", "X.690 §10.1: an indefinite length")]
    [InlineData("3084FFFFFFFF", "a length beyond the end")]
    [InlineData("3100", "a SET")]
    [InlineData("1000", "a primitive SEQUENCE")]
    public void What_is_no_DER_sequence_is_refused(string hex, string because) =>
        Assert.Throws<Asn1FormatException>(() => { DerReader.OpenSequence(Convert.FromHexString(hex)); return because; });

    [Fact]
    public void The_error_names_the_offset_in_the_outermost_structure()
    {
        // The second INTEGER, at offset 7, has a redundant leading zero (X.690 §8.3.2).
        DerReader inner = DerReader.OpenSequence(Convert.FromHexString("3009" + "020101" + "3004" + "02020001")).ReadAfterInteger();
        var exception = Assert.Throws<Asn1FormatException>(() => inner.ReadInteger());
        Assert.Equal(7, exception.Offset);
        Assert.Equal(Asn1ErrorCode.Malformed, exception.Code);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_refused()
    {
        byte[] encoded = [];
        for (int i = 0; i <= DerReader.MaximumDepth + 1; i++)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER, 1024);
            using (writer.PushSequence())
            {
                if (encoded.Length > 0)
                {
                    writer.WriteEncodedValue(encoded);
                }
            }

            encoded = writer.Encode();
        }

        var reader = new DerReader(encoded);
        var exception = Assert.Throws<Asn1FormatException>(() =>
        {
            while (reader.HasData)
            {
                reader = reader.ReadSequence();
            }
        });
        Assert.Equal(Asn1ErrorCode.LimitExceeded, exception.Code);
    }

    [Fact]
    public void An_object_identifier_beyond_the_limit_is_refused()
    {
        byte[] encoded = [0x06, 0x81, 0x81, .. Enumerable.Repeat((byte)0x81, 128), 0x01];
        Assert.Equal(Asn1ErrorCode.LimitExceeded, Assert.Throws<Asn1FormatException>(() => new DerReader(encoded).ReadObjectIdentifier()).Code);
    }

    [Fact]
    public void BER_in_pieces_is_read_where_it_is_allowed()
    {
        // OCTET STRING, constructed, indefinite length: 01, then 02 03.
        byte[] encoded = Convert.FromHexString("2480" + "040101" + "04020203" + "0000");
        Assert.Equal([1, 2, 3], new DerReader(encoded, AsnEncodingRules.BER).ReadOctetString().ToArray());
        Assert.Throws<Asn1FormatException>(() => new DerReader(encoded).ReadOctetString());
    }

    [Theory] // X.680 §46.3: without a zone a time is local, which no reader elsewhere can know
    [InlineData("20250601000000", false)]
    [InlineData("2025060100", false)]
    [InlineData("20250601000000.5", false)]
    [InlineData("20250601000000Z", true)]
    [InlineData("20250601000000.50Z", true)]
    [InlineData("20250601080000+0800", true)]
    public void A_local_time_is_refused(string text, bool isRead)
    {
        var reader = new DerReader((byte[])[0x18, (byte)text.Length, .. System.Text.Encoding.ASCII.GetBytes(text)], AsnEncodingRules.BER);
        if (isRead)
        {
            Assert.Equal(new DateTime(2025, 6, 1), reader.ReadGeneralizedTime().UtcDateTime, TimeSpan.FromSeconds(1));
        }
        else
        {
            Assert.Equal(Asn1ErrorCode.UnexpectedValue, Assert.Throws<Asn1FormatException>(() => reader.ReadGeneralizedTime()).Code);
        }
    }

    [Fact]
    public void Every_truncation_and_every_flipped_bit_is_an_answer_or_a_format_error()
    {
        byte[] encoded = Convert.FromHexString("3018" + "02020080" + "06082A811CCF55018375" + "A0030401AB" + "0101FF" + "0500");
        for (int i = 0; i < encoded.Length * 8; i++)
        {
            byte[] flipped = (byte[])encoded.Clone();
            flipped[i / 8] ^= (byte)(1 << (i % 8));
            ReadAll(flipped);
            ReadAll(encoded[..(i / 8)]);
        }

        static void ReadAll(byte[] bytes)
        {
            try
            {
                DerReader reader = DerReader.OpenSequence(bytes);
                reader.ReadInt32();
                reader.ReadObjectIdentifier();
                reader.ReadExplicit(0).ReadOctetString();
                reader.ReadBoolean();
                reader.ReadNull();
                reader.ThrowIfNotEmpty();
            }
            catch (Asn1FormatException)
            {
                // The only error that may come out.
            }
        }
    }
}

file static class Reading
{
    public static DerReader ReadAfterInteger(this DerReader reader)
    {
        reader.ReadInteger();
        return reader.ReadSequence();
    }
}
