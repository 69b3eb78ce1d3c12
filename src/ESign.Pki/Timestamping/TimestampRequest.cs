using System.Formats.Asn1;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;

namespace ESign.Pki.Timestamping;

/// <summary>A request for a timestamp: what is to be stamped and how.</summary>
/// <remarks>
/// RFC 3161 §2.4.1: <c>TimeStampReq ::= SEQUENCE { version INTEGER { v1(1) }, messageImprint MessageImprint,
/// reqPolicy TSAPolicyId OPTIONAL, nonce INTEGER OPTIONAL, certReq BOOLEAN DEFAULT FALSE, extensions [0] IMPLICIT Extensions OPTIONAL }</c>.
/// </remarks>
internal sealed class TimestampRequest
{
    /// <summary>The longest request read: a request is some 60 bytes; 64 KiB leaves room for any extension in use.</summary>
    internal const int MaximumSize = 64 * 1024;

    /// <summary>The longest nonce read or written, in octets (RFC 9654 §2.1 sets the same limit for OCSP).</summary>
    public const int MaximumNonceSize = 128;

    private static readonly Asn1Tag s_extensions = new(TagClass.ContextSpecific, 0);

    /// <summary>Makes a request for an imprint.</summary>
    /// <param name="algorithm">How the imprint was computed.</param>
    /// <param name="imprint">The digest of what is to be stamped.</param>
    /// <param name="nonce">The content octets of a DER INTEGER, 1 to 128 long; empty for none. <see cref="CreateNonce"/> makes one.</param>
    /// <param name="policyOid">The policy asked for, or <see langword="null"/> for the authority's default.</param>
    /// <param name="requestCertificate">Whether the token should carry the authority's certificates.</param>
    /// <exception cref="ArgumentException">The imprint's length is not the algorithm's, or the nonce is too long.</exception>
    public TimestampRequest(DigestAlgorithm algorithm, ReadOnlyMemory<byte> imprint, ReadOnlyMemory<byte> nonce = default, string? policyOid = null, bool requestCertificate = true)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        if (imprint.Length != algorithm.SizeInBytes)
        {
            throw new ArgumentException($"A {algorithm.Name} imprint has {algorithm.SizeInBytes} bytes, not {imprint.Length}.", nameof(imprint));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(nonce.Length, MaximumNonceSize, nameof(nonce));
        Imprint = new MessageImprint(algorithm.Oid, imprint);
        Nonce = nonce;
        PolicyOid = policyOid;
        RequestsCertificate = requestCertificate;
        Extensions = [];
    }

    private TimestampRequest(MessageImprint imprint, string? policy, ReadOnlyMemory<byte> nonce, bool certReq, IReadOnlyList<TimestampExtension> extensions)
    {
        Imprint = imprint;
        PolicyOid = policy;
        Nonce = nonce;
        RequestsCertificate = certReq;
        Extensions = extensions;
    }

    /// <summary>The object identifier of the digest algorithm, known to ESign or not.</summary>
    public string DigestOid => Imprint.AlgorithmOid;

    /// <summary>The digest of what is to be stamped.</summary>
    public ReadOnlyMemory<byte> HashedMessage => Imprint.HashedMessage;

    /// <summary>The policy asked for, or <see langword="null"/>.</summary>
    public string? PolicyOid { get; }

    /// <summary>The content octets of the nonce INTEGER; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Nonce { get; }

    /// <summary>Whether the token should carry the authority's certificates.</summary>
    public bool RequestsCertificate { get; }

    internal MessageImprint Imprint { get; }

    internal IReadOnlyList<TimestampExtension> Extensions { get; }

    /// <summary>Makes a random nonce: 16 octets, positive, minimal.</summary>
    public static byte[] CreateNonce()
    {
        byte[] nonce = RandomNumberGenerator.GetBytes(16);
        nonce[0] = (byte)((nonce[0] & 0x7F) | 0x40);
        return nonce;
    }

    /// <summary>Reads a request.</summary>
    /// <param name="encoded">The whole <c>TimeStampReq</c>, BER or DER.</param>
    /// <returns>The request.</returns>
    /// <exception cref="Asn1FormatException">The bytes are not a request of version 1.</exception>
    public static TimestampRequest Decode(ReadOnlyMemory<byte> encoded)
    {
        if (encoded.Length > MaximumSize)
        {
            throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"a request of {encoded.Length} bytes; the limit is {MaximumSize}");
        }

        var outer = new DerReader(encoded, AsnEncodingRules.BER);
        DerReader reader = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        int version = reader.ReadInt32();
        if (version != 1)
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, $"a request of version {version}; RFC 3161 §2.4.1 has version 1 only");
        }

        MessageImprint imprint = MessageImprint.Decode(reader);
        string? policy = reader.NextIs(Asn1Tag.ObjectIdentifier) ? reader.ReadObjectIdentifier() : null;
        ReadOnlyMemory<byte> nonce = reader.NextIs(Asn1Tag.Integer) ? ReadNonce(reader) : default;
        bool certReq = reader.NextIs(Asn1Tag.Boolean) && reader.ReadBoolean();
        IReadOnlyList<TimestampExtension> extensions = reader.HasData ? TimestampExtension.DecodeAll(reader, s_extensions) : [];
        reader.ThrowIfNotEmpty();
        return new TimestampRequest(imprint, policy, nonce, certReq, extensions);
    }

    /// <summary>Writes the request.</summary>
    /// <returns>The DER of the <c>TimeStampReq</c>.</returns>
    public byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 256 + Nonce.Length);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            Imprint.Encode(writer);
            if (PolicyOid is not null)
            {
                writer.WriteObjectIdentifier(PolicyOid);
            }

            if (!Nonce.IsEmpty)
            {
                writer.WriteInteger(Nonce.Span);
            }

            if (RequestsCertificate)
            {
                writer.WriteBoolean(true);
            }

            if (Extensions.Count > 0)
            {
                TimestampExtension.EncodeAll(writer, Extensions, s_extensions);
            }
        }

        return writer.Encode();
    }

    internal static ReadOnlyMemory<byte> ReadNonce(DerReader reader)
    {
        ReadOnlyMemory<byte> nonce = reader.ReadIntegerBytes();
        return nonce.Length <= MaximumNonceSize
            ? nonce
            : throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"a nonce of {nonce.Length} octets; the limit is {MaximumNonceSize}", reader.Offset);
    }
}
