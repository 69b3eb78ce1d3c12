using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Testing;

namespace ESign.Pki.Tests.Timestamping;

/// <summary>Tokens with something wrong that no honest authority writes.</summary>
public class TimestampVerificationTests
{
    private static readonly byte[] s_data = "stamped"u8.ToArray();

    /// <summary>RFC 3161 §2.4.2 gives extensions the meaning of RFC 5280 §4.2: what is critical and not understood is not accepted.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_critical_extension_that_is_not_understood_refuses_the_token(bool isCritical)
    {
        TimestampToken token = Token(new TimestampExtension("1.3.6.1.5.5.7.1.3", isCritical, new byte[] { 0x30, 0x00 }));
        Assert.Equal(isCritical ? [TimestampFailure.ExtensionUnknown] : [], token.Verify(s_data).Failures);
    }

    private static TimestampToken Token(TimestampExtension extension)
    {
        using TestSigner signer = TestSigner.Create(SignatureAlgorithm.EcdsaP256Sha256, [KeyPurpose.TimeStamping]);
        byte[] info = new TimestampTokenInfo("1.2.3.4", new TimestampRequest(DigestAlgorithm.Sha256, DigestAlgorithm.Sha256.Compute(s_data)).Imprint, new byte[] { 1 }, new DateTimeOffset(2026, 5, 6, 12, 0, 0, TimeSpan.Zero))
        {
            Extensions = [extension],
        }.Encode();
        PreparedSignedData prepared = new SignedDataBuilder(signer.Certificate, [], SignatureAlgorithm.EcdsaP256Sha256, contentTypeOid: Oids.TimestampInfo).Prepare(DigestAlgorithm.Sha256.Compute(info));
        return TimestampToken.Decode(prepared.Complete(signer.Key.Sign(prepared.BytesToSign.Span), content: info));
    }
}
