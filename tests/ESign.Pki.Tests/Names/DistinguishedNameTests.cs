using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Names;

namespace ESign.Pki.Tests.Names;

/// <summary>RFC 5280 §7.1 comparison and RFC 4514 display.</summary>
public sealed class DistinguishedNameTests
{
    [Theory]
    [InlineData("Example CA", "example ca", true)]
    [InlineData("Example CA", "  Example   CA ", true)]
    [InlineData("Example CA", "ExampleCA", false)]
    [InlineData("Straße", "straße", true)]
    [InlineData("Straße", "STRASSE", true)] // RFC 3454 B.2
    [InlineData("ẞ", "ss", true)]
    [InlineData("\u0130stanbul", "i\u0307stanbul", true)]
    [InlineData("\u0130stanbul", "istanbul", false)]
    [InlineData("ΟΔΟΣ", "οδος", true)]
    [InlineData("Strase", "Straße", false)]
    [InlineData("ＡＢＣ", "abc", true)] // NFKC: full-width letters
    [InlineData("Example\u00ADCA", "ExampleCA", true)] // RFC 4518 §2.2: soft hyphen maps to nothing
    [InlineData("Example CA", "Example CB", false)]
    public void Values_compare_as_RFC4518_prepares_them(string left, string right, bool equal)
    {
        DistinguishedName a = Name([[("2.5.4.3", left, UniversalTagNumber.UTF8String)]]);
        DistinguishedName b = Name([[("2.5.4.3", right, UniversalTagNumber.UTF8String)]]);

        Assert.Equal(equal, a.Equals(b));
        if (equal)
        {
            Assert.Equal(a.GetHashCode(), b.GetHashCode());
        }
    }

    [Fact]
    public void The_string_type_does_not_matter()
    {
        DistinguishedName[] names = [.. new[] { UniversalTagNumber.UTF8String, UniversalTagNumber.PrintableString, UniversalTagNumber.IA5String, UniversalTagNumber.BMPString, UniversalTagNumber.T61String }
            .Select(type => Name([[("2.5.4.10", "Example Org", type)]]))];

        Assert.All(names, name => Assert.Equal(names[0], name));
    }

    [Fact]
    public void Type_order_and_structure_matter()
    {
        var cn = ("2.5.4.3", "a", UniversalTagNumber.UTF8String);
        var o = ("2.5.4.10", "a", UniversalTagNumber.UTF8String);

        Assert.NotEqual(Name([[cn]]), Name([[o]]));
        Assert.NotEqual(Name([[cn], [o]]), Name([[o], [cn]]));
        Assert.Equal(Name([[cn, o]]), Name([[o, cn]]));
        Assert.NotEqual(Name([[cn, o]]), Name([[cn], [o]]));
        Assert.NotEqual(Name([[cn]]), Name([[cn], [o]]));
    }

    [Fact]
    public void A_value_cannot_imitate_a_multi_valued_name()
    {
        DistinguishedName two = Name([[("2.5.4.3", "x", UniversalTagNumber.UTF8String), ("2.5.4.10", "y", UniversalTagNumber.UTF8String)]]);
        foreach (string separator in new[] { "+", "\0", "\0\0" })
        {
            Assert.NotEqual(two, Name([[("2.5.4.3", "x" + separator + "2.5.4.10=y", UniversalTagNumber.UTF8String)]]));
        }
    }

    [Fact]
    public void A_name_lies_below_its_prefix()
    {
        DistinguishedName org = Name([[("2.5.4.6", "CN", UniversalTagNumber.PrintableString)], [("2.5.4.10", "Org", UniversalTagNumber.UTF8String)]]);
        DistinguishedName person = Name([[("2.5.4.6", "cn", UniversalTagNumber.PrintableString)], [("2.5.4.10", "ORG", UniversalTagNumber.PrintableString)], [("2.5.4.3", "P", UniversalTagNumber.UTF8String)]]);

        Assert.True(person.StartsWith(org));
        Assert.True(org.StartsWith(org));
        Assert.False(org.StartsWith(person));
    }

    // RFC 4514 §4.
    [Fact]
    public void RFC4514_examples()
    {
        Assert.Equal(
            "UID=jsmith,DC=example,DC=net",
            Name([[("0.9.2342.19200300.100.1.25", "net", UniversalTagNumber.IA5String)], [("0.9.2342.19200300.100.1.25", "example", UniversalTagNumber.IA5String)], [("0.9.2342.19200300.100.1.1", "jsmith", UniversalTagNumber.UTF8String)]]).ToString());
        Assert.Equal(@"CN=James \""Jim\"" Smith\, III", Name([[("2.5.4.3", "James \"Jim\" Smith, III", UniversalTagNumber.UTF8String)]]).ToString());
        Assert.Equal(@"CN=Before\0DAfter", Name([[("2.5.4.3", "Before\rAfter", UniversalTagNumber.UTF8String)]]).ToString());
        Assert.Equal(@"CN=\ a\ ", Name([[("2.5.4.3", " a ", UniversalTagNumber.UTF8String)]]).ToString());
        Assert.Equal(@"CN=Lučić", Name([[("2.5.4.3", "Lučić", UniversalTagNumber.UTF8String)]]).ToString());
        Assert.Equal("CN=J.+OU=Sales", Name([[("2.5.4.11", "Sales", UniversalTagNumber.UTF8String), ("2.5.4.3", "J.", UniversalTagNumber.UTF8String)]]).ToString());
        Assert.Equal("1.3.6.1.4.1.1466.0=#04024869", DistinguishedName.Decode(Convert.FromHexString("30123110300E06082B060104018B3A0004024869")).ToString());
    }

    [Fact]
    public void The_empty_name_is_empty()
    {
        DistinguishedName empty = DistinguishedName.Decode(new byte[] { 0x30, 0x00 });

        Assert.True(empty.IsEmpty);
        Assert.Equal("", empty.ToString());
        Assert.Throws<Asn1FormatException>(() => DistinguishedName.Decode(new byte[] { 0x30, 0x02, 0x31, 0x00 }));
    }

    private static DistinguishedName Name((string Oid, string Value, UniversalTagNumber Type)[][] sets)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach ((string Oid, string Value, UniversalTagNumber Type)[] set in sets)
            {
                using (writer.PushSetOf())
                {
                    foreach ((string oid, string value, UniversalTagNumber type) in set)
                    {
                        using (writer.PushSequence())
                        {
                            writer.WriteObjectIdentifier(oid);
                            writer.WriteCharacterString(type, value);
                        }
                    }
                }
            }
        }

        return DistinguishedName.Decode(writer.Encode());
    }
}
