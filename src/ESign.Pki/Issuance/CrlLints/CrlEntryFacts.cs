using System.Buffers.Binary;
using System.Formats.Asn1;
using ESign.Pki.Revocation;

namespace ESign.Pki.Issuance.CrlLints;

/// <summary>What the entries of a list have in common, found in one pass over their bytes.</summary>
/// <remarks>RFC 5280 §5.1.2.6, §5.3. One number of eight octets is kept for each entry, to find serial numbers that repeat.</remarks>
internal sealed class CrlEntryFacts
{
    /// <summary>id-ce 21.</summary>
    private static ReadOnlySpan<byte> ReasonCode => [0x55, 0x1D, 0x15];

    /// <summary>id-ce 24.</summary>
    private static ReadOnlySpan<byte> InvalidityDate => [0x55, 0x1D, 0x18];

    private CrlEntryFacts()
    {
    }

    public int Count { get; private set; }

    /// <summary>Whether a serial number is not positive, or longer than 20 octets.</summary>
    public bool HasBadSerialNumber { get; private set; }

    public bool HasRepeatedSerialNumber { get; private set; }

    public DateTimeOffset LatestRevocation { get; private set; } = DateTimeOffset.MinValue;

    public DateTimeOffset LatestInvalidity { get; private set; } = DateTimeOffset.MinValue;

    public bool HasUnspecifiedReason { get; private set; }

    public bool HasRemoveFromCrl { get; private set; }

    /// <summary>An extension that is critical, or that we never write.</summary>
    public string? StrangeExtension { get; private set; }

    /// <param name="encoded">The SEQUENCE OF entries.</param>
    public static CrlEntryFacts Read(ReadOnlySpan<byte> encoded)
    {
        var facts = new CrlEntryFacts();
        var tails = new List<ulong>(encoded.Length / 40);
        ReadOnlySpan<byte> entries = Content(ref encoded);
        while (!entries.IsEmpty)
        {
            ReadOnlySpan<byte> entry = Content(ref entries);
            tails.Add(facts.ReadSerialNumber(ref entry));
            facts.LatestRevocation = Later(facts.LatestRevocation, ReadTime(ref entry));
            if (!entry.IsEmpty)
            {
                ReadOnlySpan<byte> extensions = Content(ref entry);
                while (!extensions.IsEmpty)
                {
                    facts.ReadExtension(Content(ref extensions));
                }
            }

            facts.Count++;
        }

        // Our serial numbers end in 128 random bits: two alike in their last 64 are one twice.
        tails.Sort();
        for (int i = 1; i < tails.Count; i++)
        {
            facts.HasRepeatedSerialNumber |= tails[i] == tails[i - 1];
        }

        return facts;
    }

    private ulong ReadSerialNumber(ref ReadOnlySpan<byte> entry)
    {
        ReadOnlySpan<byte> serial = AsnDecoder.ReadIntegerBytes(entry, AsnEncodingRules.DER, out int consumed);
        entry = entry[consumed..];
        HasBadSerialNumber |= serial.Length > 20 || (serial[0] & 0x80) != 0 || !serial.ContainsAnyExcept((byte)0);
        Span<byte> tail = stackalloc byte[8];
        ReadOnlySpan<byte> last = serial.Length > 8 ? serial[^8..] : serial;
        last.CopyTo(tail[(8 - last.Length)..]);
        return BinaryPrimitives.ReadUInt64BigEndian(tail);
    }

    // No text and no copies: there may be a million of these.
    private void ReadExtension(ReadOnlySpan<byte> extension)
    {
        AsnDecoder.ReadEncodedValue(extension, AsnEncodingRules.DER, out int offset, out int length, out int consumed);
        ReadOnlySpan<byte> oid = extension.Slice(offset, length);
        ReadOnlySpan<byte> rest = extension[consumed..];
        bool isCritical = Asn1Tag.Decode(rest, out _) == Asn1Tag.Boolean;
        if (isCritical || !AsnDecoder.TryReadPrimitiveOctetString(rest, AsnEncodingRules.DER, out ReadOnlySpan<byte> value, out _))
        {
            StrangeExtension ??= AsnDecoder.ReadObjectIdentifier(extension, AsnEncodingRules.DER, out _);
            return;
        }

        if (oid.SequenceEqual(ReasonCode))
        {
            byte reason = AsnDecoder.ReadEnumeratedBytes(value, AsnEncodingRules.DER, out _)[0];
            HasUnspecifiedReason |= reason == (byte)RevocationReason.Unspecified;
            HasRemoveFromCrl |= reason == (byte)RevocationReason.RemoveFromCrl;
        }
        else if (oid.SequenceEqual(InvalidityDate))
        {
            LatestInvalidity = Later(LatestInvalidity, AsnDecoder.ReadGeneralizedTime(value, AsnEncodingRules.DER, out _));
        }
        else
        {
            StrangeExtension ??= AsnDecoder.ReadObjectIdentifier(extension, AsnEncodingRules.DER, out _);
        }
    }

    private static DateTimeOffset ReadTime(ref ReadOnlySpan<byte> from)
    {
        bool isUtc = from[0] == 0x17;
        DateTimeOffset time = isUtc
            ? AsnDecoder.ReadUtcTime(from, AsnEncodingRules.DER, out int consumed, 2049)
            : AsnDecoder.ReadGeneralizedTime(from, AsnEncodingRules.DER, out consumed);
        from = from[consumed..];
        return time;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    // The content of the SEQUENCE at the front, which is taken off.
    private static ReadOnlySpan<byte> Content(ref ReadOnlySpan<byte> from)
    {
        AsnDecoder.ReadSequence(from, AsnEncodingRules.DER, out int offset, out int length, out int consumed);
        ReadOnlySpan<byte> content = from.Slice(offset, length);
        from = from[consumed..];
        return content;
    }
}
