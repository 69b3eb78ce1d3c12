using System.Diagnostics.CodeAnalysis;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;

namespace ESign.Pki.Timestamping;

/// <summary>A timestamp: a signed statement that a digest existed at a time.</summary>
/// <remarks>RFC 3161 §2.4.2: a CMS SignedData over a TSTInfo, signed by the authority alone; RFC 5816 for ESSCertIDv2.</remarks>
public sealed class TimestampToken
{
    private TimestampToken(SignedData signedData, TimestampTokenInfo info)
    {
        SignedData = signedData;
        Info = info;
    }

    /// <summary>The whole token as it was read.</summary>
    public ReadOnlyMemory<byte> RawData => SignedData.RawData;

    /// <summary>The signature around the statement.</summary>
    internal SignedData SignedData { get; }

    /// <summary>The statement.</summary>
    internal TimestampTokenInfo Info { get; }

    /// <summary>The stated time, UTC.</summary>
    public DateTimeOffset Time => Info.Time;

    /// <summary>The token's serial number, big-endian as it is encoded; unique to the authority (RFC 3161 §2.4.2).</summary>
    public ReadOnlyMemory<byte> SerialNumber => Info.SerialNumber;

    /// <summary>The policy under which the authority made it (RFC 3161 §2.4.2).</summary>
    public string PolicyOid => Info.PolicyOid;

    /// <summary>Reads a token that must fill its bytes exactly. Nothing is verified.</summary>
    /// <param name="encoded">The token, BER or DER; kept, not copied.</param>
    /// <exception cref="Asn1FormatException">The bytes are not a timestamp token.</exception>
    public static TimestampToken Decode(ReadOnlyMemory<byte> encoded) => FromSignedData(SignedData.Decode(encoded));

    /// <summary>Reads a token that may be followed by other bytes, for example padding. Nothing is verified.</summary>
    /// <param name="encoded">The token and what follows; kept, not copied.</param>
    /// <param name="consumed">How many bytes the token takes.</param>
    /// <exception cref="Asn1FormatException">The bytes do not begin with a timestamp token.</exception>
    public static TimestampToken Decode(ReadOnlyMemory<byte> encoded, out int consumed) => FromSignedData(SignedData.Decode(encoded, out consumed));

    /// <summary>Takes a signature as the token it must be.</summary>
    /// <param name="signedData">A signature over a TSTInfo.</param>
    /// <exception cref="Asn1FormatException">The signature's content is not a TSTInfo.</exception>
    internal static TimestampToken FromSignedData(SignedData signedData)
    {
        ArgumentNullException.ThrowIfNull(signedData);
        if (!string.Equals(signedData.ContentType, Oids.TimestampInfo, StringComparison.Ordinal))
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, $"content type {signedData.ContentType} where TSTInfo is expected (RFC 3161 §2.4.2)");
        }

        return signedData.Content is { } content
            ? new TimestampToken(signedData, TimestampTokenInfo.Decode(content))
            : throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "a timestamp token without its TSTInfo (RFC 3161 §2.4.2)");
    }

    /// <summary>Reads a token from hostile bytes.</summary>
    /// <param name="encoded">The token and what may follow it.</param>
    /// <param name="token">The token, or <see langword="null"/>.</param>
    /// <returns>Whether the bytes begin with a timestamp token.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out TimestampToken? token)
    {
        try
        {
            token = Decode(encoded, out _);
            return true;
        }
        catch (Asn1FormatException)
        {
            token = null;
            return false;
        }
    }

    /// <summary>Checks the token against the data it should stamp. Trust in the authority is not judged.</summary>
    /// <param name="stamped">The data, digested as the token says.</param>
    /// <returns>The verdict, with every reason.</returns>
    public TimestampVerdict Verify(ReadOnlyMemory<byte> stamped) => Verify(SignedContent.FromBytes(stamped));

    /// <summary>Checks the token against the data it should stamp. Trust in the authority is not judged.</summary>
    /// <param name="stamped">What should be stamped, digested as the token says.</param>
    /// <param name="moreCertificates">Certificates from elsewhere in which the authority's may be.</param>
    /// <returns>The verdict, with every reason.</returns>
    internal TimestampVerdict Verify(SignedContent stamped, IReadOnlyList<Certificate>? moreCertificates = null)
    {
        ArgumentNullException.ThrowIfNull(stamped);
        TimestampVerification verification = new(this);
        verification.CheckImprint(stamped);
        return verification.CheckSignature(moreCertificates);
    }

    /// <summary>Checks the token against the request it should answer (RFC 3161 §2.4.2: imprint, nonce, policy).</summary>
    /// <param name="request">The request that was sent.</param>
    /// <param name="moreCertificates">Certificates from elsewhere in which the authority's may be.</param>
    /// <param name="withSignatureValue">False leaves the signature value itself out; all other checks are made.</param>
    /// <returns>The verdict, with every reason.</returns>
    internal TimestampVerdict Verify(TimestampRequest request, IReadOnlyList<Certificate>? moreCertificates = null, bool withSignatureValue = true)
    {
        ArgumentNullException.ThrowIfNull(request);
        TimestampVerification verification = new(this);
        verification.CheckRequest(request);
        return verification.CheckSignature(moreCertificates, withSignatureValue);
    }

    /// <summary>The token as DER, for places that take nothing else; authorities that write BER exist.</summary>
    /// <returns>The token itself when it is DER already.</returns>
    public ReadOnlyMemory<byte> ToDer()
    {
        byte[] der = BerConverter.ToDer(RawData, sortSets: false);
        return der.AsSpan().SequenceEqual(RawData.Span) ? RawData : der;
    }
}
