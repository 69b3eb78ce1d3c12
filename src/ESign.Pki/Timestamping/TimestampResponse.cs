using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Timestamping;

/// <summary>An authority's answer: a status and, when it is granted, a token.</summary>
/// <remarks>
/// RFC 3161 §2.4.2: <c>TimeStampResp ::= SEQUENCE { status PKIStatusInfo, timeStampToken ContentInfo OPTIONAL }</c>;
/// <c>PKIStatusInfo ::= SEQUENCE { status INTEGER, statusString SEQUENCE OF UTF8String OPTIONAL, failInfo BIT STRING OPTIONAL }</c>.
/// </remarks>
internal sealed class TimestampResponse
{
    /// <summary>The longest response read: tokens with chains and revocation data stay below 100 KB.</summary>
    internal const int MaximumSize = 1024 * 1024;

    /// <summary>Texts read from one response.</summary>
    private const int MaximumTexts = 16;

    private TimestampResponse(TimestampStatus status, IReadOnlyList<string> texts, TimestampFailureInfo? failure, TimestampToken? token)
    {
        Status = status;
        StatusTexts = texts;
        FailureInfo = failure;
        Token = token;
    }

    /// <summary>The outcome.</summary>
    public TimestampStatus Status { get; }

    /// <summary>What the authority says in words; often empty.</summary>
    public IReadOnlyList<string> StatusTexts { get; }

    /// <summary>Why it refused, when it says so.</summary>
    public TimestampFailureInfo? FailureInfo { get; }

    /// <summary>The token; <see langword="null"/> unless granted.</summary>
    public TimestampToken? Token { get; }

    /// <summary>Whether a token was granted.</summary>
    public bool IsGranted => Status is TimestampStatus.Granted or TimestampStatus.GrantedWithModifications;

    /// <summary>Makes the answer that grants a token.</summary>
    /// <param name="token">The token.</param>
    public static TimestampResponse Grant(TimestampToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new(TimestampStatus.Granted, [], failure: null, token);
    }

    /// <summary>Makes the answer that refuses.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="text">The same in words.</param>
    public static TimestampResponse Refuse(TimestampFailureInfo failure, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(TimestampStatus.Rejection, [text], failure, token: null);
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="encoded">The whole <c>TimeStampResp</c>, BER or DER.</param>
    /// <returns>The answer; its token has been read but not verified.</returns>
    /// <exception cref="Asn1FormatException">The bytes are not an answer, or a granted one has no token.</exception>
    public static TimestampResponse Decode(ReadOnlyMemory<byte> encoded)
    {
        if (encoded.Length > MaximumSize)
        {
            throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"a response of {encoded.Length} bytes; the limit is {MaximumSize}");
        }

        DerReader reader = DerReader.OpenSequence(encoded, AsnEncodingRules.BER);
        DerReader info = reader.ReadSequence();
        int status = info.ReadInt32();
        if (status is < 0 or > (int)TimestampStatus.RevocationNotification)
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, $"a status of {status} (RFC 3161 §2.4.2)");
        }

        IReadOnlyList<string> texts = info.NextIs(Asn1Tag.Sequence) ? ReadTexts(info.ReadSequence()) : [];
        TimestampFailureInfo? failure = info.HasData ? FirstBit(info.ReadBitString(out _)) : null;
        info.ThrowIfNotEmpty();
        TimestampToken? token = reader.HasData ? TimestampToken.Decode(reader.ReadEncodedValue()) : null;
        reader.ThrowIfNotEmpty();
        var response = new TimestampResponse((TimestampStatus)status, texts, failure, token);
        return response.IsGranted == token is not null
            ? response
            : throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, $"status {response.Status} {(token is null ? "without" : "with")} a token (RFC 3161 §2.4.2)");
    }

    /// <summary>Writes the answer.</summary>
    /// <returns>The DER of the <c>TimeStampResp</c>.</returns>
    public byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 512 + (Token?.RawData.Length ?? 0));
        using (writer.PushSequence())
        {
            using (writer.PushSequence()) // status
            {
                writer.WriteInteger((int)Status);
                if (StatusTexts.Count > 0)
                {
                    using (writer.PushSequence())
                    {
                        foreach (string text in StatusTexts)
                        {
                            writer.WriteCharacterString(UniversalTagNumber.UTF8String, text);
                        }
                    }
                }

                if (FailureInfo is { } failure)
                {
                    WriteBit(writer, (int)failure);
                }
            }

            if (Token is not null)
            {
                writer.WriteEncodedValue(Token.RawData.Span);
            }
        }

        return writer.Encode();
    }

    private static List<string> ReadTexts(DerReader list)
    {
        var texts = new List<string>();
        while (list.HasData && texts.Count < MaximumTexts)
        {
            texts.Add(list.ReadCharacterString(UniversalTagNumber.UTF8String));
        }

        return texts;
    }

    private static TimestampFailureInfo? FirstBit(ReadOnlyMemory<byte> bits)
    {
        for (int bit = 0; bit < bits.Length * 8; bit++)
        {
            if ((bits.Span[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                return (TimestampFailureInfo)bit;
            }
        }

        return null;
    }

    // A named bit list in DER ends with its last one bit (X.690 §11.2.2).
    private static void WriteBit(AsnWriter writer, int bit)
    {
        Span<byte> bits = stackalloc byte[4];
        bits.Clear();
        bits[bit / 8] = (byte)(0x80 >> (bit % 8));
        writer.WriteBitString(bits[..((bit / 8) + 1)], 7 - (bit % 8));
    }
}
