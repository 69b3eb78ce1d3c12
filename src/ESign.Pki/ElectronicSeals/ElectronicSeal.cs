using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;

namespace ESign.Pki.ElectronicSeals;

/// <summary>An electronic seal: a picture, a name, and who may use it, signed by the seal's maker.</summary>
/// <remarks>
/// <para>GB/T 38540-2020 (version 4): <c>SESeal ::= SEQUENCE { eSealInfo SES_SealInfo, cert OCTET STRING, signAlgID OBJECT
/// IDENTIFIER, signedValue BIT STRING }</c>; the signature covers the DER of <c>eSealInfo</c>. GM/T 0031-2025 (version 5) adds
/// <c>timeStamp [0] EXPLICIT BIT STRING OPTIONAL</c>.</para>
/// <para>GM/T 0031-2014 (version 1): <c>SESeal ::= SEQUENCE { eSealInfo, signInfo SEQUENCE { cert OCTET STRING,
/// signatureAlgorithm OBJECT IDENTIFIER, signData BIT STRING } }</c>; the signature covers <c>SEQUENCE { eSealInfo, cert,
/// signatureAlgorithm }</c>.</para>
/// <para><c>SES_SealInfo ::= SEQUENCE { header SEQUENCE { ID IA5String ("ES"), version INTEGER, Vid IA5String }, esID IA5String,
/// property SES_ESPropertyInfo, picture SES_ESPictrueInfo, extDatas [0] EXPLICIT OPTIONAL }</c>.</para>
/// </remarks>
public sealed class ElectronicSeal
{
    /// <summary>The version ESign makes: GB/T 38540-2020.</summary>
    internal const int Version2020 = 4;

    /// <summary>Pictures of seals have tens of kilobytes; this is a photograph of the best camera.</summary>
    internal const int MaximumSize = 16 * 1024 * 1024;

    private const int Version2025 = 5;

    private ElectronicSeal(ReadOnlyMemory<byte> rawData)
    {
        if (rawData.Length > MaximumSize)
        {
            throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, "an electronic seal larger than 16 MiB");
        }

        RawData = rawData;
        DerReader seal = DerReader.OpenSequence(rawData);
        InfoBytes = seal.PeekEncodedValue();
        DerReader info = seal.ReadSequence();

        DerReader header = info.ReadSequence();
        Version = ReadHeader(header, out string vendor);
        VendorId = vendor;
        SealId = info.ReadCharacterString(UniversalTagNumber.IA5String);

        DerReader property = info.ReadSequence();
        Type = property.ReadInt32();
        Name = property.ReadCharacterString(UniversalTagNumber.UTF8String);
        Signers = SealSignerList.Read(property, hasType: !IsFirstEdition);
        CreatedAt = ReadTime(property);
        ValidFrom = ReadTime(property);
        ValidTo = ReadTime(property);
        property.ThrowIfNotEmpty();

        Picture = SealPicture.Read(info);
        Extensions = SealExtension.ReadOptional(info);
        info.ThrowIfNotEmpty();

        DerReader signature = IsFirstEdition ? seal.ReadSequence() : seal;
        MakerCertificate = Certificate.Decode(signature.ReadOctetString());
        SignatureAlgorithmOid = signature.ReadObjectIdentifier();
        SignatureValue = signature.ReadBitStringOctets();
        TimestampBytes = Version == Version2025 ? ReadTimestamp(signature) : null;
        signature.ThrowIfNotEmpty();
        seal.ThrowIfNotEmpty();
    }

    /// <summary>The whole seal as DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The edition: 4 for GB/T 38540-2020, below 4 for GM/T 0031-2014, 5 for GM/T 0031-2025.</summary>
    public int Version { get; }

    /// <summary>Who made the software that made the seal (Vid).</summary>
    public string VendorId { get; }

    /// <summary>The seal's identifier (esID).</summary>
    public string SealId { get; }

    /// <summary>The kind of seal; 1 is an organisation's and 2 a person's in GM/T 0031-2014, later editions leave it free.</summary>
    public int Type { get; }

    /// <summary>The name of the seal.</summary>
    public string Name { get; }

    /// <summary>Whose keys may use the seal.</summary>
    public SealSignerList Signers { get; }

    /// <summary>When the seal was made.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>From when the seal may be used.</summary>
    public DateTimeOffset ValidFrom { get; }

    /// <summary>Until when the seal may be used.</summary>
    public DateTimeOffset ValidTo { get; }

    /// <summary>The picture.</summary>
    public SealPicture Picture { get; }

    /// <summary>What the manufacturer added.</summary>
    internal IReadOnlyList<SealExtension> Extensions { get; }

    /// <summary>The certificate of the seal's maker.</summary>
    public Certificate MakerCertificate { get; }

    /// <summary>The maker's signature algorithm in dotted form.</summary>
    public string SignatureAlgorithmOid { get; }

    /// <summary>The maker's signature value.</summary>
    public ReadOnlyMemory<byte> SignatureValue { get; }

    /// <summary>The timestamp over <see cref="SignatureValue"/> as encoded; <see langword="null"/> when there is none. Version 5 only.</summary>
    public ReadOnlyMemory<byte>? TimestampBytes { get; }

    /// <summary>The DER of eSealInfo.</summary>
    internal ReadOnlyMemory<byte> InfoBytes { get; }

    private bool IsFirstEdition => Version < Version2020;

    /// <summary>Reads a seal. Nothing is verified.</summary>
    /// <param name="encoded">The DER of exactly one SESeal; kept, not copied.</param>
    /// <exception cref="Asn1FormatException">The bytes are not an electronic seal of a known edition.</exception>
    public static ElectronicSeal Decode(ReadOnlyMemory<byte> encoded) => new(encoded);

    /// <summary>Reads a seal from hostile bytes.</summary>
    /// <param name="encoded">The DER of exactly one SESeal; kept, not copied.</param>
    /// <param name="seal">The seal, or <see langword="null"/>.</param>
    /// <returns>Whether the bytes are an electronic seal of a known edition.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out ElectronicSeal? seal)
    {
        try
        {
            seal = new ElectronicSeal(encoded);
            return true;
        }
        catch (Asn1FormatException)
        {
            seal = null;
            return false;
        }
    }

    /// <summary>Checks the seal: its maker's signature and its validity. Trust in the maker is not judged.</summary>
    /// <param name="at">The time at which the seal is to be used.</param>
    public SealVerdict Verify(DateTimeOffset at)
    {
        var verification = new SealVerification(at);
        verification.CheckSeal(this);
        return verification.Verdict(MakerCertificate, signerCertificate: null);
    }

    /// <summary>What the maker's signature covers.</summary>
    internal ReadOnlyMemory<byte> SignedBytes()
    {
        if (!IsFirstEdition)
        {
            return InfoBytes;
        }

        var writer = new AsnWriter(AsnEncodingRules.DER, InfoBytes.Length + MakerCertificate.RawData.Length + 64);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(InfoBytes.Span);
            writer.WriteOctetString(MakerCertificate.RawData.Span);
            writer.WriteObjectIdentifier(SignatureAlgorithmOid);
        }

        return writer.Encode();
    }

    /// <summary>Reads <c>timeStamp [0] EXPLICIT BIT STRING OPTIONAL</c>.</summary>
    internal static ReadOnlyMemory<byte>? ReadTimestamp(DerReader structure)
    {
        if (!structure.NextIsContext(0))
        {
            return null;
        }

        DerReader tagged = structure.ReadExplicit(0);
        ReadOnlyMemory<byte> token = tagged.ReadBitStringOctets();
        tagged.ThrowIfNotEmpty();
        return token;
    }

    private static int ReadHeader(DerReader header, out string vendor)
    {
        int at = header.Offset;
        string id = header.ReadCharacterString(UniversalTagNumber.IA5String);
        int version = header.ReadInt32();
        vendor = header.ReadCharacterString(UniversalTagNumber.IA5String);
        header.ThrowIfNotEmpty();
        return string.Equals(id, "ES", StringComparison.Ordinal) && version is >= 1 and <= Version2025
            ? version
            : throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "a seal header other than \"ES\" with version 1 to 5", at);
    }

    // GM/T 0031-2014 has UTCTime, the later editions GeneralizedTime.
    private DateTimeOffset ReadTime(DerReader property) => IsFirstEdition ? property.ReadTime() : property.ReadGeneralizedTime();
}
