using System.Formats.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Keys;

namespace ESign.Pki.ElectronicSeals;

/// <summary>Writes seal signatures in two steps, so that the key may be anywhere.</summary>
/// <remarks>GB/T 38540-2020, version 4. What is prepared once per seal is everything but time, hash and range.</remarks>
internal sealed class SealSignatureBuilder
{
    private readonly Certificate _signer;
    private readonly int _maximumSignatureSize;

    /// <param name="signer">The signer's certificate.</param>
    /// <param name="algorithm">What the signer's key signs with.</param>
    /// <param name="seal">The seal; it must list the certificate.</param>
    /// <exception cref="ArgumentException">The seal does not list the certificate, or the key is for RSA PSS.</exception>
    public SealSignatureBuilder(Certificate signer, SignatureAlgorithm algorithm, ElectronicSeal seal)
    {
        ElectronicSealMaker.ThrowIfUnfit(algorithm);
        if (!seal.Signers.Contains(signer))
        {
            throw new ArgumentException($"{signer.Subject}的证书不在印章“{seal.Name}”的证书列表中 / The seal \"{seal.Name}\" does not list the certificate of {signer.Subject}.", nameof(seal));
        }

        _signer = signer;
        Algorithm = algorithm;
        Seal = seal;
        _maximumSignatureSize = new SignedDataBuilder(signer, [], algorithm).MaximumSignatureSize;
    }

    public SignatureAlgorithm Algorithm { get; }

    public ElectronicSeal Seal { get; }

    /// <summary>What the key signs: the DER of TBS_Sign.</summary>
    public byte[] EncodeToSign(DateTimeOffset time, ReadOnlySpan<byte> dataHash, string propertyInfo)
    {
        ElectronicSealMaker.ThrowIfNotAscii(propertyInfo);
        if (dataHash.Length != Algorithm.Digest.SizeInBytes)
        {
            throw new ArgumentException($"A hash of {dataHash.Length} bytes is none of {Algorithm.Digest.Name}.", nameof(dataHash));
        }

        var writer = new AsnWriter(AsnEncodingRules.DER, Seal.RawData.Length + propertyInfo.Length + 256);
        using (writer.PushSequence()) // TBS_Sign
        {
            writer.WriteInteger(ElectronicSeal.Version2020); // version
            writer.WriteEncodedValue(Seal.RawData.Span); // eseal
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true); // timeInfo
            writer.WriteBitString(dataHash); // dataHash
            writer.WriteCharacterString(UniversalTagNumber.IA5String, propertyInfo); // propertyInfo
        }

        return writer.Encode();
    }

    /// <summary>Puts the signature together.</summary>
    /// <param name="toSign">What <see cref="EncodeToSign"/> made.</param>
    /// <param name="signature">The signature value over it (ECDSA and SM2: DER).</param>
    /// <param name="timestamp">The token over the signature value as DER; empty for none.</param>
    public byte[] Assemble(ReadOnlySpan<byte> toSign, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> timestamp)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, toSign.Length + _signer.RawData.Length + signature.Length + timestamp.Length + 128);
        using (writer.PushSequence()) // SES_Signature
        {
            writer.WriteEncodedValue(toSign); // toSign
            writer.WriteOctetString(_signer.RawData.Span); // cert
            writer.WriteObjectIdentifier(Algorithm.Oid); // signatureAlgID
            writer.WriteBitString(signature); // signature
            if (!timestamp.IsEmpty)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0))) // timeStamp [0] EXPLICIT
                {
                    writer.WriteBitString(timestamp);
                }
            }
        }

        return writer.Encode();
    }

    /// <summary>An upper bound for the size of a signature.</summary>
    public int MaximumSize(int timestampSize, int propertyInfoLength) =>
        Seal.RawData.Length + _signer.RawData.Length + _maximumSignatureSize + timestampSize + propertyInfoLength + Algorithm.Digest.SizeInBytes + 128;
}
