using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Keys;
using ESign.Testing;

namespace ESign.Pki.Tests.Cms;

/// <summary>CMS signatures of the Edwards curves (RFC 8419), the values made by openssl; its own <c>cms</c> command makes none.</summary>
public sealed class EdwardsSignatureTests
{
    private static readonly byte[] s_content = "content to sign\n"u8.ToArray();

    [Theory]
    [InlineData("ed25519", Oids.Sha512, null, nameof(CmsCheck.Passed))]
    [InlineData("ed448", Oids.Shake256Len, 512, nameof(CmsCheck.Passed))]
    [InlineData("ed448", Oids.Shake256, null, nameof(CmsCheck.Passed))] // RFC 8702 §3.1: 512 bits, as nothing else is said
    [InlineData("ed448", Oids.Shake256Len, 256, nameof(CmsCheck.Unsupported))]
    [InlineData("ed448", Oids.Sha512, null, nameof(CmsCheck.Failed))]
    [InlineData("ed25519", Oids.Sha256, null, nameof(CmsCheck.Failed))]
    public void RFC_8419_3_1_the_curve_says_which_digest_it_is(string curve, string digestOid, int? bits, string expected)
    {
        using var folder = new TemporaryFolder();
        string key = folder.PathTo("key.pem");
        string certificatePem = folder.PathTo("certificate.pem");
        Run("genpkey", "-algorithm", curve, "-out", key);
        Run("req", "-x509", "-key", key, "-subj", "/CN=Edwards", "-out", certificatePem);
        Certificate certificate = Certificate.FromPem(File.ReadAllText(certificatePem));
        byte[] attributes = Attributes((DigestAlgorithm.FromOid(digestOid) ?? DigestAlgorithm.Shake256).Compute(s_content));
        Run("pkeyutl", "-sign", "-rawin", "-inkey", key, "-in", folder.Write("attributes.der", attributes), "-out", folder.PathTo("value"));
        byte[] encoded = Encode(certificate, digestOid, bits, attributes, File.ReadAllBytes(folder.PathTo("value")));

        SignedData read = SignedData.Decode(encoded);
        SignerVerdict verdict = read.Verify(read.SignerInfos[0], SignedContent.FromBytes(s_content));

        Assert.Equal(expected, verdict.Algorithms.ToString());
        Assert.Equal(expected != nameof(CmsCheck.Unsupported), verdict.IsIntact);
        Assert.Equal(CmsCheck.Passed, verdict.SignatureValue);
        Assert.False(read.Verify(read.SignerInfos[0], SignedContent.FromBytes("other"u8.ToArray())).IsIntact);
    }

    private static void Run(params string[] arguments)
    {
        Tool tool = Tool.Run("openssl", arguments);
        Assert.True(tool.ExitCode == 0, tool.Error);
    }

    // RFC 5652 §5.4: the attributes are signed as a SET OF.
    private static byte[] Attributes(byte[] digest)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.ContentType);
                using (writer.PushSetOf())
                {
                    writer.WriteObjectIdentifier(Oids.CmsData);
                }
            }

            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.MessageDigest);
                using (writer.PushSetOf())
                {
                    writer.WriteOctetString(digest);
                }
            }
        }

        return writer.Encode();
    }

    private static byte[] Encode(Certificate certificate, string digestOid, int? bits, byte[] attributes, byte[] value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.CmsSignedData);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf())
                {
                    WriteDigestAlgorithm(writer, digestOid, bits);
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.CmsData);
                }

                using (writer.PushSetOf(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    writer.WriteEncodedValue(certificate.RawData.Span);
                }

                using (writer.PushSetOf())
                {
                    WriteSigner(writer, certificate, digestOid, bits, attributes, value);
                }
            }
        }

        return writer.Encode();
    }

    private static void WriteSigner(AsnWriter writer, Certificate certificate, string digestOid, int? bits, byte[] attributes, byte[] value)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(certificate.Issuer.RawData.Span);
                writer.WriteInteger(certificate.SerialNumber.Span);
            }

            WriteDigestAlgorithm(writer, digestOid, bits);
            writer.WriteEncodedValue((byte[])[0xA0, .. attributes.AsSpan(1)]);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(certificate.SignatureAlgorithm.Oid);
            }

            writer.WriteOctetString(value);
        }
    }

    private static void WriteDigestAlgorithm(AsnWriter writer, string oid, int? bits)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (bits is { } length)
            {
                writer.WriteInteger(length);
            }
        }
    }
}
