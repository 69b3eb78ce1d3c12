using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Timestamping;

/// <summary>What a timestamp authority signs: the imprint, the time and how exact it is.</summary>
/// <remarks>
/// RFC 3161 §2.4.2: <c>TSTInfo ::= SEQUENCE { version INTEGER { v1(1) }, policy TSAPolicyId, messageImprint MessageImprint,
/// serialNumber INTEGER, genTime GeneralizedTime, accuracy Accuracy OPTIONAL, ordering BOOLEAN DEFAULT FALSE,
/// nonce INTEGER OPTIONAL, tsa [0] GeneralName OPTIONAL, extensions [1] IMPLICIT Extensions OPTIONAL }</c>.
/// </remarks>
internal sealed class TimestampTokenInfo
{
    /// <summary>RFC 3161 §2.4.2 asks users to be ready for 160 bits; longer ones exist, none beyond this.</summary>
    private const int MaximumSerialSize = 64;

    private static readonly Asn1Tag s_tsa = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_extensions = new(TagClass.ContextSpecific, 1);

    internal TimestampTokenInfo(string policyOid, MessageImprint imprint, ReadOnlyMemory<byte> serialNumber, DateTimeOffset time)
    {
        PolicyOid = policyOid;
        Imprint = imprint;
        SerialNumber = serialNumber;
        Time = time;
    }

    /// <summary>The version; 1 in every token that conforms.</summary>
    public int Version { get; private init; } = 1;

    /// <summary>The policy the token was made under.</summary>
    public string PolicyOid { get; }

    /// <summary>The object identifier of the imprint's digest algorithm.</summary>
    public string DigestOid => Imprint.AlgorithmOid;

    /// <summary>The stamped digest.</summary>
    public ReadOnlyMemory<byte> HashedMessage => Imprint.HashedMessage;

    /// <summary>The content octets of the serial number INTEGER.</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; }

    /// <summary>The time at which the token was made (genTime), UTC.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>How exact <see cref="Time"/> is, or <see langword="null"/> when the token does not say.</summary>
    public TimestampAccuracy? Accuracy { get; internal init; }

    /// <summary>Whether tokens of this authority are ordered by their time alone.</summary>
    public bool IsOrdered { get; internal init; }

    /// <summary>The content octets of the nonce INTEGER; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Nonce { get; internal init; }

    /// <summary>The DER of the authority's <c>GeneralName</c>, empty when there is none: a hint, never used to find the signer.</summary>
    public ReadOnlyMemory<byte> AuthorityName { get; internal init; }

    internal MessageImprint Imprint { get; }

    internal IReadOnlyList<TimestampExtension> Extensions { get; init; } = [];

    internal static TimestampTokenInfo Decode(ReadOnlyMemory<byte> encoded)
    {
        var outer = new DerReader(encoded, AsnEncodingRules.BER);
        DerReader reader = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        int version = reader.ReadInt32();
        string policy = reader.ReadObjectIdentifier();
        MessageImprint imprint = MessageImprint.Decode(reader);
        ReadOnlyMemory<byte> serial = reader.ReadIntegerBytes();
        if (serial.Length > MaximumSerialSize)
        {
            throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"a serial number of {serial.Length} octets; the limit is {MaximumSerialSize}", reader.Offset);
        }

        DateTimeOffset time = reader.ReadGeneralizedTime();
        TimestampAccuracy? accuracy = reader.NextIs(Asn1Tag.Sequence) ? TimestampAccuracy.Decode(reader) : (TimestampAccuracy?)null;
        bool ordering = reader.NextIs(Asn1Tag.Boolean) && reader.ReadBoolean();
        ReadOnlyMemory<byte> nonce = reader.NextIs(Asn1Tag.Integer) ? TimestampRequest.ReadNonce(reader) : default;
        ReadOnlyMemory<byte> name = reader.NextIs(s_tsa) ? ReadName(reader) : default;
        IReadOnlyList<TimestampExtension> extensions = reader.NextIs(s_extensions) ? TimestampExtension.DecodeAll(reader, s_extensions) : [];
        reader.ThrowIfNotEmpty();
        return new TimestampTokenInfo(policy, imprint, serial, time)
        {
            Version = version,
            Accuracy = accuracy,
            IsOrdered = ordering,
            Nonce = nonce,
            AuthorityName = name,
            Extensions = extensions,
        };
    }

    /// <summary>The DER.</summary>
    /// <param name="encodedPolicy">The policy's object identifier as it is encoded, where that is known: an arc of 128 bits takes as long as all else.</param>
    internal byte[] Encode(ReadOnlySpan<byte> encodedPolicy = default)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 512 + AuthorityName.Length);
        using (writer.PushSequence())
        {
            writer.WriteInteger(Version);
            if (encodedPolicy.IsEmpty)
            {
                writer.WriteObjectIdentifier(PolicyOid);
            }
            else
            {
                writer.WriteEncodedValue(encodedPolicy);
            }

            Imprint.Encode(writer);
            writer.WriteInteger(SerialNumber.Span);
            writer.WriteGeneralizedTime(Time, omitFractionalSeconds: Time.Ticks % TimeSpan.TicksPerSecond == 0);
            Accuracy?.Encode(writer);
            if (IsOrdered)
            {
                writer.WriteBoolean(true);
            }

            if (!Nonce.IsEmpty)
            {
                writer.WriteInteger(Nonce.Span);
            }

            if (!AuthorityName.IsEmpty)
            {
                using (writer.PushSequence(s_tsa)) // [0] EXPLICIT: GeneralName is a CHOICE
                {
                    writer.WriteEncodedValue(AuthorityName.Span);
                }
            }

            if (Extensions.Count > 0)
            {
                TimestampExtension.EncodeAll(writer, Extensions, s_extensions);
            }
        }

        return writer.Encode();
    }

    private static ReadOnlyMemory<byte> ReadName(DerReader reader)
    {
        DerReader explicitTag = reader.ReadSequence(s_tsa);
        ReadOnlyMemory<byte> name = explicitTag.ReadEncodedValue();
        explicitTag.ThrowIfNotEmpty();
        return name;
    }
}
