using System.Formats.Asn1;
using System.Text;
using ESign.Pki.Certificates;
using ESign.Pki.ElectronicSeals;
using ESign.Pki.Keys;
using ESign.Pki.Tests.Issuance;
using ESign.Testing;

namespace ESign.Pki.Tests.ElectronicSeals;

/// <summary>A seal maker, a signer, their seal, and encodings of the other editions written by hand.</summary>
internal sealed class SealFixture
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 30, 15, TimeSpan.Zero);
    public static readonly byte[] Document = "protected bytes"u8.ToArray();
    public static readonly SealPicture Picture = new("PNG", new byte[] { 0x89, 0x50, 0x4E, 0x47 }, 42, 42);

    private static readonly Asn1Tag s_zero = new(TagClass.ContextSpecific, 0);

    private SealFixture(TestSigner maker, TestSigner signer)
    {
        Maker = maker;
        Signer = signer;
    }

    public TestSigner Maker { get; }

    public TestSigner Signer { get; }

    public FixedClock Clock { get; } = new(Now);

    public static SealFixture Create(SignatureAlgorithm? algorithm = null) =>
        new(TestSigner.Create(algorithm ?? SignatureAlgorithm.Sm2Sm3), TestSigner.Create(algorithm ?? SignatureAlgorithm.Sm2Sm3));

    public ElectronicSealRequest Request => new()
    {
        SealId = "44030000000001",
        Name = "深圳示例科技有限公司",
        Picture = Picture,
        Signers = SealSignerList.OfCertificates(Signer.Certificate),
        ValidFrom = Now.AddDays(-1),
        ValidTo = Now.AddYears(1),
    };

    public ValueTask<ElectronicSeal> MakeAsync(ElectronicSealRequest? request = null) =>
        new ElectronicSealMaker(Maker.Credential, Clock).MakeAsync(request ?? Request);

    public async Task<SealSignature> SignAsync(ElectronicSeal? seal = null, Pki.Timestamping.ITimestampSource? timestamps = null)
    {
        var builder = new SealSignatureBuilder(Signer.Certificate, Signer.Credential.Key.Algorithm, seal ?? await MakeAsync());
        DigestAlgorithm digest = builder.Algorithm.Digest;
        byte[] toSign = builder.EncodeToSign(Now, digest.Compute(Document), "[0 10 20 30]");
        byte[] value = await Signer.Credential.Key.SignAsync(toSign);
        byte[] token = timestamps is null ? [] : (await timestamps.GetTimestampAsync(digest, digest.Compute(value))).ToDer().ToArray();
        return SealSignature.Decode(builder.Assemble(toSign, value, token));
    }

    /// <summary>SES_SealInfo of GM/T 0031-2014: no certListType, UTCTime.</summary>
    public byte[] FirstEditionInfo() => Encode(writer =>
    {
        Header(writer, 1);
        writer.WriteCharacterString(UniversalTagNumber.IA5String, "44030000000001");
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, "测试公章");
            using (writer.PushSequence())
            {
                writer.WriteOctetString(Signer.Certificate.RawData.Span);
            }

            writer.WriteUtcTime(Now);
            writer.WriteUtcTime(Now.AddDays(-1));
            writer.WriteUtcTime(Now.AddYears(1));
        }

        WritePicture(writer);
    });

    /// <summary>SESeal of GM/T 0031-2014: the maker signs SEQUENCE { eSealInfo, cert, algorithm }.</summary>
    public byte[] FirstEditionSeal()
    {
        byte[] info = FirstEditionInfo();
        byte[] signed = Encode(writer =>
        {
            writer.WriteEncodedValue(info);
            writer.WriteOctetString(Maker.Certificate.RawData.Span);
            writer.WriteObjectIdentifier("1.2.156.10197.1.501");
        });
        return Encode(writer =>
        {
            writer.WriteEncodedValue(info);
            using (writer.PushSequence())
            {
                writer.WriteOctetString(Maker.Certificate.RawData.Span);
                writer.WriteObjectIdentifier("1.2.156.10197.1.501");
                writer.WriteBitString(Maker.Key.Sign(signed));
            }
        });
    }

    /// <summary>SES_Signature of GM/T 0031-2014.</summary>
    public byte[] FirstEditionSignature(byte[] time)
    {
        byte[] toSign = Encode(writer =>
        {
            writer.WriteInteger(1);
            writer.WriteEncodedValue(FirstEditionSeal());
            writer.WriteBitString(time);
            writer.WriteBitString(DigestAlgorithm.Sm3.Compute(Document));
            writer.WriteCharacterString(UniversalTagNumber.IA5String, "[0 10 20 30]");
            writer.WriteOctetString(Signer.Certificate.RawData.Span);
            writer.WriteObjectIdentifier("1.2.156.10197.1.501");
        });
        return Encode(writer =>
        {
            writer.WriteEncodedValue(toSign);
            writer.WriteBitString(Signer.Key.Sign(toSign));
        });
    }

    /// <summary>SESeal as of 2020, with any version and with the extensions tagged or not.</summary>
    public byte[] LaterSeal(int version, bool taggedExtensions, bool criticalExtension, Func<byte[], byte[]>? timestamp = null)
    {
        byte[] info = Encode(writer =>
        {
            Header(writer, version);
            writer.WriteCharacterString(UniversalTagNumber.IA5String, "44030000000001");
            using (writer.PushSequence())
            {
                writer.WriteInteger(3);
                writer.WriteCharacterString(UniversalTagNumber.UTF8String, "测试公章");
                writer.WriteInteger(1);
                using (writer.PushSequence())
                {
                    writer.WriteOctetString(Signer.Certificate.RawData.Span);
                }

                writer.WriteGeneralizedTime(Now, omitFractionalSeconds: true);
                writer.WriteGeneralizedTime(Now.AddDays(-1), omitFractionalSeconds: true);
                writer.WriteGeneralizedTime(Now.AddYears(1), omitFractionalSeconds: true);
            }

            WritePicture(writer);
            using AsnWriter.Scope tag = taggedExtensions ? writer.PushSequence(s_zero) : default;
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.3.4");
                if (criticalExtension)
                {
                    writer.WriteBoolean(true);
                }

                writer.WriteOctetString("ext"u8);
            }
        });
        byte[] value = Maker.Key.Sign(info);
        return Encode(writer =>
        {
            writer.WriteEncodedValue(info);
            writer.WriteOctetString(Maker.Certificate.RawData.Span);
            writer.WriteObjectIdentifier("1.2.156.10197.1.501");
            writer.WriteBitString(value);
            if (timestamp is not null)
            {
                using (writer.PushSequence(s_zero))
                {
                    writer.WriteBitString(timestamp(value));
                }
            }
        });
    }

    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    public static byte[] Encode(Action<AsnWriter> content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 4096);
        using (writer.PushSequence())
        {
            content(writer);
        }

        return writer.Encode();
    }

    private static void Header(AsnWriter writer, int version)
    {
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, "ES");
            writer.WriteInteger(version);
            writer.WriteCharacterString(UniversalTagNumber.IA5String, "Vendor");
        }
    }

    private static void WritePicture(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, "PNG");
            writer.WriteOctetString(Picture.Data.Span);
            writer.WriteInteger(42);
            writer.WriteInteger(42);
        }
    }
}
