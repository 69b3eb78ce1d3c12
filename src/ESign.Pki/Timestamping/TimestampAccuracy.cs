using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Timestamping;

/// <summary>How far the time in a token may be from UTC.</summary>
/// <remarks>
/// RFC 3161 §2.4.2: <c>Accuracy ::= SEQUENCE { seconds INTEGER OPTIONAL, millis [0] INTEGER (1..999) OPTIONAL,
/// micros [1] INTEGER (1..999) OPTIONAL }</c>; a missing field counts as zero.
/// </remarks>
/// <param name="Seconds">Whole seconds.</param>
/// <param name="Milliseconds">0 to 999.</param>
/// <param name="Microseconds">0 to 999.</param>
internal readonly record struct TimestampAccuracy(int Seconds, int Milliseconds = 0, int Microseconds = 0)
{
    private static readonly Asn1Tag s_millis = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag s_micros = new(TagClass.ContextSpecific, 1);

    /// <summary>The accuracy as a span of time.</summary>
    public TimeSpan ToTimeSpan() => TimeSpan.FromSeconds(Seconds) + TimeSpan.FromMilliseconds(Milliseconds) + TimeSpan.FromMicroseconds(Microseconds);

    /// <summary>Splits a span of time into the fields of an accuracy; what is finer than a microsecond is rounded up.</summary>
    /// <param name="value">Not negative, below 2³¹ seconds.</param>
    /// <returns>An accuracy that is not better than <paramref name="value"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is negative or too long.</exception>
    public static TimestampAccuracy FromTimeSpan(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        long micros = (value.Ticks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond;
        long seconds = micros / 1_000_000;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seconds, int.MaxValue, nameof(value));
        return new((int)seconds, (int)(micros / 1000 % 1000), (int)(micros % 1000));
    }

    internal static TimestampAccuracy Decode(DerReader reader)
    {
        DerReader fields = reader.ReadSequence();
        int seconds = 0, millis = 0, micros = 0;
        if (fields.NextIs(Asn1Tag.Integer))
        {
            seconds = ReadField(fields, Asn1Tag.Integer, int.MaxValue);
        }

        if (fields.NextIs(s_millis))
        {
            millis = ReadField(fields, s_millis, 999);
        }

        if (fields.NextIs(s_micros))
        {
            micros = ReadField(fields, s_micros, 999);
        }

        fields.ThrowIfNotEmpty();
        return new(seconds, millis, micros);
    }

    internal void Encode(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            if (Seconds != 0)
            {
                writer.WriteInteger(Seconds);
            }

            if (Milliseconds != 0)
            {
                writer.WriteInteger(Milliseconds, s_millis);
            }

            if (Microseconds != 0)
            {
                writer.WriteInteger(Microseconds, s_micros);
            }
        }
    }

    private static int ReadField(DerReader fields, Asn1Tag tag, int maximum)
    {
        int at = fields.Offset;
        int value = fields.ReadInt32(tag);
        return value >= 0 && value <= maximum
            ? value
            : throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, $"an accuracy field of {value} (RFC 3161 §2.4.2)", at);
    }
}
