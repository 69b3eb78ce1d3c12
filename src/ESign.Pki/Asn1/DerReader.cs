using System.Formats.Asn1;
using System.Numerics;

namespace ESign.Pki.Asn1;

/// <summary>Reads one level of a DER structure, value by value, without copying.</summary>
/// <remarks>
/// ITU-T X.690 §8, §10, §11. Every error is an <see cref="Asn1FormatException"/> with the offset in the outermost
/// structure. With <see cref="AsnEncodingRules.BER"/> it also reads what CMS producers write (indefinite lengths).
/// </remarks>
internal sealed class DerReader
{
    /// <summary>Nested structures a reader opens; X.509, CMS and OCSP need fewer than 20.</summary>
    public const int MaximumDepth = 64;

    /// <summary>Content octets of one object identifier; the longest in use have about 40.</summary>
    public const int MaximumObjectIdentifierLength = 128;

    private readonly AsnEncodingRules _rules;
    private readonly int _depth;
    private ReadOnlyMemory<byte> _rest;
    private int _offset;

    public DerReader(ReadOnlyMemory<byte> encoded, AsnEncodingRules rules = AsnEncodingRules.DER)
        : this(encoded, rules, offset: 0, depth: 0)
    {
    }

    private DerReader(ReadOnlyMemory<byte> content, AsnEncodingRules rules, int offset, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"nested deeper than {MaximumDepth} levels", offset);
        }

        _rest = content;
        _rules = rules;
        _offset = offset;
        _depth = depth;
    }

    /// <summary>Whether another value follows.</summary>
    public bool HasData => !_rest.IsEmpty;

    /// <summary>The offset of the next value in the outermost structure.</summary>
    public int Offset => _offset;

    /// <summary>Opens bytes that must be exactly one SEQUENCE.</summary>
    public static DerReader OpenSequence(ReadOnlyMemory<byte> encoded, AsnEncodingRules rules = AsnEncodingRules.DER)
    {
        var outer = new DerReader(encoded, rules);
        DerReader inner = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        return inner;
    }

    public Asn1Tag PeekTag()
    {
        try
        {
            return Asn1Tag.Decode(_rest.Span, out _);
        }
        catch (AsnContentException exception)
        {
            throw Malformed(exception);
        }
    }

    /// <summary>Whether the next value has this tag (class and number).</summary>
    public bool NextIs(Asn1Tag tag) => HasData && PeekTag().HasSameClassAndValue(tag);

    /// <summary>Whether the next value is context-specific with this number.</summary>
    public bool NextIsContext(int number) => NextIs(new Asn1Tag(TagClass.ContextSpecific, number));

    public void ThrowIfNotEmpty()
    {
        if (HasData)
        {
            throw new Asn1FormatException(Asn1ErrorCode.TrailingData, $"{_rest.Length} bytes follow the structure", _offset);
        }
    }

    /// <summary>The next value with tag and length, whatever it is.</summary>
    public ReadOnlyMemory<byte> ReadEncodedValue()
    {
        Locate(out _, out _, out _, out int consumed);
        ReadOnlyMemory<byte> value = _rest[..consumed];
        Advance(consumed);
        return value;
    }

    /// <summary>The next value with tag and length, without moving past it.</summary>
    public ReadOnlyMemory<byte> PeekEncodedValue()
    {
        Locate(out _, out _, out _, out int consumed);
        return _rest[..consumed];
    }

    /// <summary>The content octets of the next value, without moving past it.</summary>
    public ReadOnlyMemory<byte> PeekContent()
    {
        Locate(out _, out int contentOffset, out int contentLength, out _);
        return _rest.Slice(contentOffset, contentLength);
    }

    /// <summary>Opens a SEQUENCE, or a constructed value of another tag that holds one.</summary>
    public DerReader ReadSequence(Asn1Tag? tag = null)
    {
        Locate(out Asn1Tag found, out int contentOffset, out int contentLength, out int consumed);
        Expect(found, (tag ?? Asn1Tag.Sequence).AsConstructed());
        var inner = new DerReader(_rest.Slice(contentOffset, contentLength), _rules, _offset + contentOffset, _depth + 1);
        Advance(consumed);
        return inner;
    }

    /// <summary>Opens an EXPLICIT context tag; the caller ends with <see cref="ThrowIfNotEmpty"/>.</summary>
    public DerReader ReadExplicit(int number) => ReadSequence(new Asn1Tag(TagClass.ContextSpecific, number));

    /// <summary>Opens a SET OF; DER requires its elements in ascending order (X.690 §11.6).</summary>
    public DerReader ReadSetOf(Asn1Tag? tag = null, bool checkOrder = true)
    {
        try
        {
            AsnDecoder.ReadSetOf(_rest.Span, _rules, out int contentOffset, out int contentLength, out int consumed, !checkOrder, tag);
            var inner = new DerReader(_rest.Slice(contentOffset, contentLength), _rules, _offset + contentOffset, _depth + 1);
            Advance(consumed);
            return inner;
        }
        catch (AsnContentException exception)
        {
            throw Malformed(exception);
        }
    }

    public string ReadObjectIdentifier(Asn1Tag? tag = null)
    {
        Locate(out _, out _, out int contentLength, out _);
        if (contentLength > MaximumObjectIdentifierLength)
        {
            throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"an object identifier of {contentLength} octets", _offset);
        }

        return Read(AsnDecoder.ReadObjectIdentifier, tag);
    }

    /// <summary>The two's-complement content octets of an INTEGER.</summary>
    public ReadOnlyMemory<byte> ReadIntegerBytes(Asn1Tag? tag = null)
    {
        ReadOnlyMemory<byte> from = _rest;
        return from[Read(
            static (source, rules, out consumed, expected) =>
            {
                int length = AsnDecoder.ReadIntegerBytes(source, rules, out consumed, expected).Length;
                return (consumed - length)..consumed;
            },
            tag)];
    }

    public BigInteger ReadInteger(Asn1Tag? tag = null) => new(ReadIntegerBytes(tag).Span, isBigEndian: true);

    /// <summary>An INTEGER that must fit 32 bits.</summary>
    public int ReadInt32(Asn1Tag? tag = null)
    {
        int at = _offset;
        BigInteger value = ReadInteger(tag);
        return value >= int.MinValue && value <= int.MaxValue
            ? (int)value
            : throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "an INTEGER too large for its purpose", at);
    }

    public int ReadEnumerated(Asn1Tag? tag = null)
    {
        int at = _offset;
        return Read(
            static (source, rules, out consumed, expected) =>
            {
                ReadOnlySpan<byte> content = AsnDecoder.ReadEnumeratedBytes(source, rules, out consumed, expected);
                return content.Length <= 4 ? (int)new BigInteger(content, isBigEndian: true) : (int?)null;
            },
            tag) ?? throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "an ENUMERATED too large for its purpose", at);
    }

    public bool ReadBoolean(Asn1Tag? tag = null) => Read(AsnDecoder.ReadBoolean, tag);

    public void ReadNull(Asn1Tag? tag = null) => Read(
        static (source, rules, out consumed, expected) =>
        {
            AsnDecoder.ReadNull(source, rules, out consumed, expected);
            return true;
        },
        tag);

    /// <summary>An OCTET STRING; copied only when BER wrote it in pieces.</summary>
    public ReadOnlyMemory<byte> ReadOctetString(Asn1Tag? tag = null)
    {
        try
        {
            ReadOnlyMemory<byte> value;
            if (AsnDecoder.TryReadPrimitiveOctetString(_rest.Span, _rules, out ReadOnlySpan<byte> primitive, out int consumed, tag))
            {
                value = _rest[(consumed - primitive.Length)..consumed];
            }
            else
            {
                value = AsnDecoder.ReadOctetString(_rest.Span, _rules, out consumed, tag);
            }

            Advance(consumed);
            return value;
        }
        catch (AsnContentException exception)
        {
            throw Malformed(exception);
        }
    }

    /// <summary>A BIT STRING; copied only when BER wrote it in pieces.</summary>
    public ReadOnlyMemory<byte> ReadBitString(out int unusedBits, Asn1Tag? tag = null)
    {
        try
        {
            ReadOnlyMemory<byte> value;
            if (AsnDecoder.TryReadPrimitiveBitString(_rest.Span, _rules, out unusedBits, out ReadOnlySpan<byte> primitive, out int consumed, tag))
            {
                value = _rest[(consumed - primitive.Length)..consumed];
            }
            else
            {
                value = AsnDecoder.ReadBitString(_rest.Span, _rules, out unusedBits, out consumed, tag);
            }

            Advance(consumed);
            return value;
        }
        catch (AsnContentException exception)
        {
            throw Malformed(exception);
        }
    }

    /// <summary>A BIT STRING that holds whole octets: a key or a signature value.</summary>
    public ReadOnlyMemory<byte> ReadBitStringOctets(Asn1Tag? tag = null)
    {
        int at = _offset;
        ReadOnlyMemory<byte> value = ReadBitString(out int unusedBits, tag);
        return unusedBits == 0
            ? value
            : throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, $"a BIT STRING with {unusedBits} unused bits where octets are expected", at);
    }

    public string ReadCharacterString(UniversalTagNumber type, Asn1Tag? tag = null)
    {
        try
        {
            string value = AsnDecoder.ReadCharacterString(_rest.Span, _rules, type, out int consumed, tag);
            Advance(consumed);
            return value;
        }
        catch (AsnContentException exception)
        {
            throw Malformed(exception);
        }
    }

    /// <summary>A GeneralizedTime that says where it counts from: BER's local time (X.680 §46.3) would be this machine's.</summary>
    public DateTimeOffset ReadGeneralizedTime(Asn1Tag? tag = null)
    {
        ReadOnlySpan<byte> content = PeekContent().Span;
        int at = _offset;
        DateTimeOffset time = Read(AsnDecoder.ReadGeneralizedTime, tag);
        return content.IndexOfAny("Z+-"u8) >= 0 ? time : throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "a time of no zone", at);
    }

    /// <summary>A UTCTime; two-digit years from 50 are 19xx (RFC 5280 §4.1.2.5.1).</summary>
    public DateTimeOffset ReadUtcTime(Asn1Tag? tag = null) => Read(
        static (source, rules, out consumed, expected) => AsnDecoder.ReadUtcTime(source, rules, out consumed, twoDigitYearMax: 2049, expected),
        tag);

    /// <summary>A CHOICE of UTCTime and GeneralizedTime (RFC 5280 <c>Time</c>).</summary>
    public DateTimeOffset ReadTime() => NextIs(Asn1Tag.UtcTime) ? ReadUtcTime() : ReadGeneralizedTime();

    private T Read<T>(Decoder<T> decode, Asn1Tag? tag)
    {
        try
        {
            T value = decode(_rest.Span, _rules, out int consumed, tag);
            Advance(consumed);
            return value;
        }
        catch (AsnContentException exception)
        {
            throw Malformed(exception);
        }
    }

    private void Locate(out Asn1Tag tag, out int contentOffset, out int contentLength, out int consumed)
    {
        try
        {
            tag = AsnDecoder.ReadEncodedValue(_rest.Span, _rules, out contentOffset, out contentLength, out consumed);
        }
        catch (AsnContentException exception)
        {
            throw Malformed(exception);
        }
    }

    private void Expect(Asn1Tag found, Asn1Tag expected)
    {
        if (found != expected)
        {
            throw new Asn1FormatException(Asn1ErrorCode.Malformed, $"found {found} where {expected} is expected", _offset);
        }
    }

    private void Advance(int consumed)
    {
        _rest = _rest[consumed..];
        _offset += consumed;
    }

    private Asn1FormatException Malformed(AsnContentException cause) =>
        new(Asn1ErrorCode.Malformed, cause.Message, _offset, cause);

    /// <summary>A reading method of <see cref="AsnDecoder"/>.</summary>
    private delegate T Decoder<out T>(ReadOnlySpan<byte> source, AsnEncodingRules rules, out int consumed, Asn1Tag? expected);
}
