using System.Security.Cryptography;
using System.Text;
using ESign.Pki.Names;

namespace ESign.Pki.Tests.Names;

/// <summary>The commitment that stands for an identity number in a certificate.</summary>
public sealed class PseudonymKeyTests
{
    private static readonly ResidentIdNumber Document = ResidentIdNumber.Parse("11010519491231002X");

    [Fact]
    public void The_construction_is_the_documented_one()
    {
        byte[] secret = new byte[32];
        secret[31] = 1;
        using PseudonymKey key = PseudonymKey.FromBytes(secret);
        byte[] message = Encoding.UTF8.GetBytes("esign-identity-v1\0ResidentIdentityCard\011010519491231002X");
        byte[] opening = HMACSHA256.HashData(secret, message);
        Assert.Equal(Convert.ToHexString(HMACSHA256.HashData(opening, message).AsSpan(0, 20)), key.Compute(Document));
        Assert.Equal(opening, key.Open(Document));
    }

    [Fact]
    public void An_opening_proves_one_document_and_no_other()
    {
        using PseudonymKey key = PseudonymKey.Create();
        string pseudonym = key.Compute(Document);
        byte[] opening = key.Open(Document);
        Assert.True(PseudonymKey.Verify(pseudonym, Document, opening));
        Assert.False(PseudonymKey.Verify(pseudonym, ResidentIdNumber.Parse("440524188001010014"), opening));
        opening[0] ^= 1;
        Assert.False(PseudonymKey.Verify(pseudonym, Document, opening));
    }

    [Fact]
    public void Different_secrets_give_unlinkable_pseudonyms()
    {
        using PseudonymKey one = PseudonymKey.Create();
        using PseudonymKey two = PseudonymKey.Create();
        Assert.NotEqual(one.Compute(Document), two.Compute(Document));
        using PseudonymKey again = PseudonymKey.FromBytes(one.ExportSecret());
        Assert.Equal(one.Compute(Document), again.Compute(Document));
    }

    [Fact]
    public void A_wiped_key_computes_nothing()
    {
        PseudonymKey key = PseudonymKey.Create();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Compute(Document));
        Assert.Throws<ObjectDisposedException>(() => key.Open(Document));
        Assert.Throws<ObjectDisposedException>(() => key.ExportSecret());
    }
}
