using System.Formats.Asn1;
using System.Text;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pki.ElectronicSeals;

/// <summary>Makes electronic seals: the office that engraves them (制章者).</summary>
/// <remarks>GB/T 38540-2020, version 4; the signature covers the DER of <c>eSealInfo</c>. Thread-safe. The credential stays the caller's.</remarks>
public sealed class ElectronicSealMaker
{
    private readonly SigningCredential _credential;
    private readonly TimeProvider _clock;

    /// <summary>Makes a maker.</summary>
    /// <param name="credential">The maker's certificate and key; SM2 by the standard, RSA PKCS#1 and ECDSA for systems that agree on them.</param>
    /// <param name="clock">The clock for the date of making; the system's by default.</param>
    /// <exception cref="ArgumentException">The key is for RSA PSS: a seal names its algorithm without the parameters PSS needs.</exception>
    public ElectronicSealMaker(SigningCredential credential, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ThrowIfUnfit(credential.Key.Algorithm);
        _credential = credential;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Makes a seal.</summary>
    /// <param name="request">What it shall say.</param>
    /// <param name="cancellationToken">Cancels a remote key.</param>
    /// <returns>The seal.</returns>
    /// <exception cref="ArgumentException">The validity is reversed, or an identifier is empty or not ASCII.</exception>
    public async ValueTask<ElectronicSeal> MakeAsync(ElectronicSealRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ValidTo < request.ValidFrom)
        {
            throw new ArgumentException("有效期的终止早于起始 / The validity ends before it begins.", nameof(request));
        }

        ThrowIfNotAscii(request.SealId);
        ThrowIfNotAscii(request.VendorId);
        byte[] info = EncodeInfo(request, _clock.GetUtcNow());
        byte[] signature = await _credential.Key.SignAsync(info, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte> certificate = _credential.Certificate.RawData;
        var writer = new AsnWriter(AsnEncodingRules.DER, info.Length + certificate.Length + signature.Length + 64);
        using (writer.PushSequence()) // SESeal
        {
            writer.WriteEncodedValue(info); // eSealInfo
            writer.WriteOctetString(certificate.Span); // cert
            writer.WriteObjectIdentifier(_credential.Key.Algorithm.Oid); // signAlgID
            writer.WriteBitString(signature); // signedValue
        }

        return ElectronicSeal.Decode(writer.Encode());
    }

    /// <summary>The structures carry an algorithm's identifier and no parameters, and SM2 has the user id of GM/T 0009.</summary>
    internal static void ThrowIfUnfit(SignatureAlgorithm algorithm)
    {
        if (algorithm.Scheme == SignatureScheme.RsaPss)
        {
            throw new ArgumentException("电子印章不能表示RSA-PSS的参数 / An electronic seal has no place for the parameters of RSA PSS.", nameof(algorithm));
        }

        if (algorithm.Sm2UserId is not null)
        {
            throw new ArgumentException("电子印章须以 1234567812345678 为 SM2 用户标识 / An electronic seal is signed under the SM2 user id 1234567812345678 (GM/T 0009).", nameof(algorithm));
        }
    }

    internal static void ThrowIfNotAscii(string text)
    {
        if (text.Length == 0 || !Ascii.IsValid(text))
        {
            throw new ArgumentException($"“{text}”须为非空的ASCII文本 / \"{text}\" must be ASCII text and not empty.");
        }
    }

    private static byte[] EncodeInfo(ElectronicSealRequest request, DateTimeOffset now)
    {
        int lists = request.Signers.Certificates.Sum(static certificate => certificate.Length + 8) + (request.Signers.Digests.Count * 96);
        var writer = new AsnWriter(AsnEncodingRules.DER, request.Picture.Data.Length + lists + request.Extensions.Sum(static e => e.Value.Length + 64) + 1024);
        using (writer.PushSequence()) // SES_SealInfo
        {
            using (writer.PushSequence()) // header
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, "ES"); // ID
                writer.WriteInteger(ElectronicSeal.Version2020); // version
                writer.WriteCharacterString(UniversalTagNumber.IA5String, request.VendorId); // Vid
            }

            writer.WriteCharacterString(UniversalTagNumber.IA5String, request.SealId); // esID
            using (writer.PushSequence()) // property
            {
                writer.WriteInteger(request.Type); // type
                writer.WriteCharacterString(UniversalTagNumber.UTF8String, request.Name); // name
                request.Signers.Write(writer); // certListType, certList
                writer.WriteGeneralizedTime(now, omitFractionalSeconds: true); // createDate
                writer.WriteGeneralizedTime(request.ValidFrom, omitFractionalSeconds: true); // validStart
                writer.WriteGeneralizedTime(request.ValidTo, omitFractionalSeconds: true); // validEnd
            }

            request.Picture.Write(writer); // picture
            SealExtension.WriteOptional(writer, request.Extensions); // extDatas
        }

        return writer.Encode();
    }
}
