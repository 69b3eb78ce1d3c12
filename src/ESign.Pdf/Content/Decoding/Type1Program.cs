using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ESign.Pdf.Content.Decoding;

/// <summary>The built-in encoding of an embedded Type 1 font, read from its clear-text part.</summary>
/// <remarks>Adobe Type 1 Font Format §2.2: <c>dup 65 /A put</c>, or StandardEncoding by name.</remarks>
internal sealed partial class Type1Program : FontProgram
{
    /// <summary>The clear-text part ends at <c>eexec</c>, a few kilobytes in; no more than this is looked at.</summary>
    private const int MaxClearText = 65_536;

    private readonly Dictionary<byte, string> _nameOfCode = [];
    private readonly bool _isStandard;

    private Type1Program(string clear)
    {
        _isStandard = clear.Contains("StandardEncoding def", StringComparison.Ordinal);
        foreach (Match match in EncodingEntry().Matches(clear))
        {
            if (byte.TryParse(match.Groups["code"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out byte code))
            {
                _nameOfCode[code] = match.Groups["name"].Value;
            }
        }
    }

    public static Type1Program Read(ReadOnlyMemory<byte> program)
    {
        string clear = Encoding.Latin1.GetString(program.Span[..Math.Min(program.Length, MaxClearText)]);
        int end = clear.IndexOf("eexec", StringComparison.Ordinal);
        return new Type1Program(end < 0 ? clear : clear[..end]);
    }

    public override string? TextOfGlyph(int glyph) => null;

    public override string? TextOfCode(byte code) =>
        _nameOfCode.TryGetValue(code, out string? name) ? GlyphNames.ToText(name)
        : _isStandard ? SimpleEncoding.TextOf(SimpleEncoding.Standard, code)
        : null;

    [GeneratedRegex(@"\bdup\s{1,8}(?<code>\d{1,3})\s{0,8}/(?<name>[^\s/\[\]{}()<>%]{1,64})\s{1,8}put\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex EncodingEntry();
}
