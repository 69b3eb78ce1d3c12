using System.Buffers.Text;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Document;

/// <summary>An appended revision with room for one signature value: hashed around the gap, then filled.</summary>
/// <remarks>ISO 32000-2 §12.8.1. The gap runs from the <c>&lt;</c> to after the <c>&gt;</c> of <c>/Contents</c>.</remarks>
internal sealed class SignatureRevision : IDisposable
{
    private readonly AppendedSection _section;
    private readonly PdfPlaceholder _contents;
    private readonly int _gapStart;

    private SignatureRevision(AppendedSection section, PdfPlaceholder contents, int gapStart, ByteRange byteRange)
    {
        _section = section;
        _contents = contents;
        _gapStart = gapStart;
        ByteRange = byteRange;
    }

    /// <summary>What the signature covers, in the finished file.</summary>
    public ByteRange ByteRange { get; }

    /// <summary>How many bytes the signature value may have.</summary>
    public int Capacity => (_contents.Width - 2) / 2;

    /// <summary>The appended bytes.</summary>
    public AppendedSection Section => _section;

    public ReadOnlySpan<byte> BeforeGap => _section.Bytes.Span[.._gapStart];

    public ReadOnlySpan<byte> AfterGap => _section.Bytes.Span[(_gapStart + _contents.Width)..];

    /// <summary>Writes the update and patches its byte range.</summary>
    public static SignatureRevision Create(IncrementalUpdate update, PdfPlaceholder byteRange, PdfPlaceholder contents)
    {
        AppendedSection section = update.Build();
        long gapStart = section.OffsetOf(contents);
        long gapEnd = gapStart + contents.Width;
        var range = new ByteRange(gapStart, gapEnd, section.EndOffset - gapEnd);
        WriteByteRange(section.Patch(byteRange), range);
        return new SignatureRevision(section, contents, (int)(gapStart - section.StartOffset), range);
    }

    /// <summary>Puts the signature value into the gap; what is left stays zero.</summary>
    /// <exception cref="ArgumentException">The value is larger than <see cref="Capacity"/>.</exception>
    public void Embed(ReadOnlySpan<byte> value)
    {
        if (value.Length > Capacity)
        {
            throw new ArgumentException($"A signature value of {value.Length} bytes does not fit the {Capacity} reserved.", nameof(value));
        }

        Span<byte> gap = _section.Patch(_contents)[1..];
        for (int i = 0; i < value.Length; i++)
        {
            gap[2 * i] = CharacterClass.HexDigit(value[i] >> 4);
            gap[(2 * i) + 1] = CharacterClass.HexDigit(value[i]);
        }
    }

    public void Dispose() => _section.Dispose();

    private static void WriteByteRange(Span<byte> room, ByteRange range)
    {
        room.Fill((byte)' ');
        "[0 "u8.CopyTo(room);
        int at = 3;
        foreach (long number in (ReadOnlySpan<long>)[range.FirstLength, range.SecondStart, range.SecondLength])
        {
            Utf8Formatter.TryFormat(number, room[at..], out int written);
            at += written + 1;
        }

        room[at - 1] = (byte)']';
    }
}
