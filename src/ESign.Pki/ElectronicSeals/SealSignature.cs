using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;

namespace ESign.Pki.ElectronicSeals;

/// <summary>A document signed with an electronic seal (电子签章).</summary>
/// <remarks>
/// <para>GB/T 38540-2020 (version 4; GM/T 0031-2025 writes 5): <c>SES_Signature ::= SEQUENCE { toSign TBS_Sign, cert OCTET STRING,
/// signatureAlgID OBJECT IDENTIFIER, signature BIT STRING, timeStamp [0] EXPLICIT BIT STRING OPTIONAL }</c>, <c>TBS_Sign ::=
/// SEQUENCE { version INTEGER, eseal SESeal, timeInfo GeneralizedTime, dataHash BIT STRING, propertyInfo IA5String, extDatas [0]
/// EXPLICIT OPTIONAL }</c>.</para>
/// <para>GM/T 0031-2014 (version 1): <c>SES_Signature ::= SEQUENCE { toSign, signature BIT STRING }</c>, <c>TBS_Sign ::= SEQUENCE {
/// version, eseal, timeInfo BIT STRING, dataHash BIT STRING, propertyInfo IA5String, cert OCTET STRING, signatureAlgorithm OBJECT
/// IDENTIFIER }</c>.</para>
/// <para>The signature covers the DER of <c>toSign</c>, and so the whole seal; the timestamp covers the signature value.</para>
/// </remarks>
public sealed class SealSignature
{
    /// <summary>A seal and as much again for certificates and timestamp.</summary>
    internal const int MaximumSize = 2 * ElectronicSeal.MaximumSize;

    private SealSignature(ReadOnlyMemory<byte> rawData)
    {
        RawData = rawData;
        DerReader outer = DerReader.OpenSequence(rawData);
        SignedBytes = outer.PeekEncodedValue();
        DerReader tbs = outer.ReadSequence();
        bool isFirstEdition = outer.NextIs(Asn1Tag.PrimitiveBitString);

        Version = ReadVersion(tbs, isFirstEdition);
        Seal = ElectronicSeal.Decode(tbs.ReadEncodedValue());
        Time = isFirstEdition ? SealTime.Read(tbs.ReadBitStringOctets()) : tbs.ReadGeneralizedTime();
        DataHash = tbs.ReadBitStringOctets();
        PropertyInfo = tbs.ReadCharacterString(UniversalTagNumber.IA5String);
        Extensions = isFirstEdition ? [] : SealExtension.ReadOptional(tbs);

        DerReader signer = isFirstEdition ? tbs : outer;
        Certificate = Certificate.Decode(signer.ReadOctetString());
        SignatureAlgorithmOid = signer.ReadObjectIdentifier();
        tbs.ThrowIfNotEmpty();
        SignatureValue = outer.ReadBitStringOctets();
        TimestampBytes = isFirstEdition ? null : ElectronicSeal.ReadTimestamp(outer);
        outer.ThrowIfNotEmpty();
    }

    /// <summary>The whole signature as DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>What the signature value covers: the DER of <c>toSign</c>.</summary>
    public ReadOnlyMemory<byte> SignedBytes { get; }

    /// <summary>The edition: 4 for GB/T 38540-2020, below 4 for GM/T 0031-2014, 5 for GM/T 0031-2025.</summary>
    public int Version { get; }

    /// <summary>The seal that was used.</summary>
    public ElectronicSeal Seal { get; }

    /// <summary>The claimed time of signing; <see langword="null"/> when a signature of the first edition states none that can be read.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>The hash of the protected bytes, by the digest of the signature algorithm.</summary>
    public ReadOnlyMemory<byte> DataHash { get; }

    /// <summary>What is protected, in words of the document format; the byte range in a PDF.</summary>
    public string PropertyInfo { get; }

    /// <summary>What the manufacturer added.</summary>
    internal IReadOnlyList<SealExtension> Extensions { get; }

    /// <summary>The certificate of who used the seal.</summary>
    public Certificate Certificate { get; }

    /// <summary>The signature algorithm in dotted form.</summary>
    public string SignatureAlgorithmOid { get; }

    /// <summary>The signature value.</summary>
    public ReadOnlyMemory<byte> SignatureValue { get; }

    /// <summary>The timestamp over <see cref="SignatureValue"/> as encoded; <see langword="null"/> when there is none.</summary>
    public ReadOnlyMemory<byte>? TimestampBytes { get; }

    /// <summary>The timestamp, or <see langword="null"/> when there is none that can be read.</summary>
    public TimestampToken? Timestamp => TimestampBytes is { } encoded && TimestampToken.TryDecode(encoded, out TimestampToken? token) ? token : null;

    /// <summary>The digest of the protected bytes; <see langword="null"/> when the signature algorithm is unknown.</summary>
    public DigestAlgorithm? DigestAlgorithm => SealVerification.DigestOf(SignatureAlgorithmOid);

    /// <summary>Reads a seal signature that must fill its bytes exactly. Nothing is verified.</summary>
    /// <param name="encoded">The DER; kept, not copied.</param>
    /// <exception cref="Asn1FormatException">The bytes are not a seal signature of a known edition.</exception>
    public static SealSignature Decode(ReadOnlyMemory<byte> encoded)
    {
        SealSignature signature = Decode(encoded, out int consumed);
        return consumed == encoded.Length
            ? signature
            : throw new Asn1FormatException(Asn1ErrorCode.TrailingData, $"{encoded.Length - consumed} bytes follow the seal signature", consumed);
    }

    /// <summary>Reads a seal signature that may be followed by other bytes, for example padding. Nothing is verified.</summary>
    /// <param name="encoded">The DER and what follows; kept, not copied.</param>
    /// <param name="consumed">How many bytes the signature takes.</param>
    /// <exception cref="Asn1FormatException">The bytes do not begin with a seal signature of a known edition.</exception>
    public static SealSignature Decode(ReadOnlyMemory<byte> encoded, out int consumed)
    {
        ReadOnlyMemory<byte> value = new DerReader(encoded).ReadEncodedValue();
        consumed = value.Length;
        return value.Length <= MaximumSize
            ? new SealSignature(value)
            : throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, "a seal signature larger than 32 MiB");
    }

    /// <summary>Reads a seal signature from hostile bytes.</summary>
    /// <param name="encoded">The DER and what may follow it; kept, not copied.</param>
    /// <param name="signature">The signature, or <see langword="null"/>.</param>
    /// <param name="consumed">How many bytes the signature takes; 0 without one.</param>
    /// <returns>Whether the bytes begin with a seal signature of a known edition.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out SealSignature? signature, out int consumed)
    {
        try
        {
            signature = Decode(encoded, out consumed);
            return true;
        }
        catch (Asn1FormatException)
        {
            signature = null;
            consumed = 0;
            return false;
        }
    }

    /// <summary>Checks the signature in the order of the standard: seal, signer, data, value, timestamp. Trust is not judged.</summary>
    /// <param name="content">The protected bytes.</param>
    /// <param name="at">The time for which validity is judged; by default <see cref="Time"/>, which the signer claims.</param>
    /// <returns>Every check with its result and reason.</returns>
    public SealVerdict Verify(ReadOnlyMemory<byte> content, DateTimeOffset? at = null) => Verify(SignedContent.FromBytes(content), at);

    /// <summary>Checks the signature in the order of the standard: seal, signer, data, value, timestamp. Trust is not judged.</summary>
    /// <param name="content">The protected bytes.</param>
    /// <param name="at">The time for which validity is judged; by default <see cref="Time"/>, which the signer claims.</param>
    /// <returns>Every check with its result and reason.</returns>
    internal SealVerdict Verify(SignedContent content, DateTimeOffset? at = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        DateTimeOffset? time = at ?? Time;
        var verification = new SealVerification(time);
        verification.CheckSeal(Seal);
        if (Extensions.Count > 0)
        {
            verification.CheckExtensions(Extensions);
        }

        verification.CheckListed(Seal.Signers, Certificate);
        verification.CheckPeriod(SealRule.SignerCertificatePeriod, "签章者证书", "the signer's certificate", time, Certificate.NotBefore, Certificate.NotAfter);
        verification.CheckDataHash(SignatureAlgorithmOid, DataHash.Span, content);
        verification.CheckSignature(SealRule.SignatureValue, "签章者签名", "the signer's signature", Certificate, SignatureAlgorithmOid, SignedBytes.Span, SignatureValue.Span);
        verification.CheckTimestamp(SealRule.SignatureTimestamp, TimestampBytes, SignatureValue);
        return verification.Verdict(Seal.MakerCertificate, Certificate);
    }

    private static int ReadVersion(DerReader tbs, bool isFirstEdition)
    {
        int at = tbs.Offset;
        int version = tbs.ReadInt32();
        bool fits = isFirstEdition ? version is >= 1 and < 4 : version is 4 or 5;
        return fits ? version : throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "a seal signature whose version does not fit its shape", at);
    }
}
