using System.Text;

namespace ESign.Pdf.Content.Decoding;

/// <summary>The encoding of a composite font: how a string splits into codes, and what a code means.</summary>
/// <remarks>ISO 32000-2 §9.7.5. The kinds are the sealed classes below it; <see cref="PredefinedEncodings"/> makes them by name.</remarks>
internal abstract class CharacterEncoding(bool isVertical)
{
    public bool IsVertical { get; } = isVertical;

    /// <summary>The character collection that a predefined encoding belongs to, "GB1" for example.</summary>
    public virtual string? Ordering => null;

    /// <summary>Reads one code from bytes that are not empty; returns its length.</summary>
    public abstract int Read(ReadOnlySpan<byte> text, out uint code);

    /// <summary>The character identifier of a code; 0 when there is none.</summary>
    public abstract int ToCid(uint code, int length);

    /// <summary>The text of a code as far as the encoding itself says; a CID-keyed encoding says nothing.</summary>
    public virtual string? ToText(uint code, int length) => null;

    protected static int ReadFixed(ReadOnlySpan<byte> text, int length, out uint code)
    {
        int taken = Math.Min(length, text.Length);
        code = 0;
        for (int i = 0; i < taken; i++)
        {
            code = (code << 8) | text[i];
        }

        return taken;
    }

    /// <summary>Identity-H and Identity-V: two bytes are the CID.</summary>
    public sealed class Identity(bool isVertical) : CharacterEncoding(isVertical)
    {
        public override int Read(ReadOnlySpan<byte> text, out uint code) => ReadFixed(text, 2, out code);

        public override int ToCid(uint code, int length) => (int)code;
    }

    /// <summary>UCS-2, UTF-16, UTF-32 and UTF-8 encodings of the Adobe collections: the code is Unicode.</summary>
    public sealed class Unicode(Encoding encoding, string ordering, bool isVertical, int? firstAsciiCid) : CharacterEncoding(isVertical)
    {
        public override string Ordering => ordering;

        public override int Read(ReadOnlySpan<byte> text, out uint code)
        {
            int length = encoding switch
            {
                UTF32Encoding => 4,
                UTF8Encoding => text[0] switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 },
                _ => text[0] is >= 0xD8 and <= 0xDB ? 4 : 2,
            };
            return ReadFixed(text, length, out code);
        }

        public override int ToCid(uint code, int length)
        {
            string? text = ToText(code, length);
            return text is [>= ' ' and <= '~'] && firstAsciiCid is { } first
                ? first + text[0] - ' '
                : CidCollection.Of(ordering)?.ToCid(text) ?? 0;
        }

        public override string? ToText(uint code, int length) => Decode(encoding, code, length);
    }

    /// <summary>The encodings by legacy code page: GBK, Shift-JIS, Big Five, UHC and their kin.</summary>
    public sealed class Legacy(LegacyCodePage page, bool isVertical) : CharacterEncoding(isVertical)
    {
        private readonly Encoding? _encoding = CodePagesEncodingProvider.Instance.GetEncoding(page.CodePage);

        public override string Ordering => page.Ordering;

        public override int Read(ReadOnlySpan<byte> text, out uint code) => ReadFixed(text, page.LengthOf(text), out code);

        public override int ToCid(uint code, int length) => length switch
        {
            1 when code is >= 0x20 and <= 0x7E => page.FirstAsciiCid + (int)code - 0x20,
            1 when code is >= 0xA0 and <= 0xDF && page.Ordering == "Japan1" => LegacyCodePage.FirstHalfWidthKatakanaCid + (int)code - 0xA0,
            _ => CidCollection.Of(page.Ordering)?.ToCid(ToText(code, length)) ?? 0,
        };

        public override string? ToText(uint code, int length) =>
            _encoding is null ? null : Decode(_encoding, page.IsSevenBit ? code | 0x8080 : code, length);
    }

    /// <summary>An encoding given as a CMap stream in the file.</summary>
    public sealed class Embedded(CMap map, CharacterEncoding? basis) : CharacterEncoding(map.IsVertical)
    {
        public override string? Ordering => basis?.Ordering;

        public override int Read(ReadOnlySpan<byte> text, out uint code)
        {
            if (map.CodeSpace.IsEmpty)
            {
                return basis?.Read(text, out code) ?? ReadFixed(text, 2, out code);
            }

            return map.CodeSpace.Read(text, out code);
        }

        public override int ToCid(uint code, int length) => map.ToCid(code) ?? basis?.ToCid(code, length) ?? 0;

        public override string? ToText(uint code, int length) => map.ToCid(code) is null ? basis?.ToText(code, length) : null;
    }

    private static string? Decode(Encoding encoding, uint code, int length)
    {
        Span<byte> bytes = stackalloc byte[length];
        for (int i = length - 1; i >= 0; i--)
        {
            bytes[i] = (byte)code;
            code >>= 8;
        }

        string text = encoding.GetString(bytes);
        return text.Length == 0 || text.Contains('\uFFFD', StringComparison.Ordinal) ? null : text;
    }
}
